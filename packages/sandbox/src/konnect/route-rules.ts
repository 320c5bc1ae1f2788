import type { Body } from '../entity';
import { compilePattern } from '../gateway/pattern';
import { KonnectError } from './errors';

/** Criteria that match by address. */
const STREAM = ['sources', 'destinations'];
/** Kong's rules for routes by protocol: required and forbidden criteria. */
const FAMILIES = [
  { protocols: ['http', 'https'], needs: ['hosts', 'methods', 'paths', 'headers', 'snis'], forbids: STREAM },
  {
    protocols: ['grpc', 'grpcs'],
    needs: ['hosts', 'paths', 'headers', 'snis'],
    forbids: [...STREAM, 'methods'],
  },
  { protocols: ['ws', 'wss'], needs: ['hosts', 'paths', 'headers', 'snis'], forbids: [...STREAM, 'methods'] },
  {
    protocols: ['tcp', 'tls', 'udp'],
    needs: ['sources', 'destinations', 'snis'],
    forbids: ['hosts', 'methods', 'paths', 'headers'],
  },
  {
    protocols: ['tls_passthrough'],
    needs: ['snis'],
    forbids: ['hosts', 'methods', 'paths', 'headers'],
  },
];
const HOST = /^(\*\.)?[^\s/:*?#@]+(\.\*)?(:\d{1,5})?$/;

/** @throws KonnectError for a route that Kong refuses */
export function checkRoute(route: Body): void {
  const protocols = route.protocols as readonly string[];
  const [first] = protocols;
  const family = FAMILIES.find((each) => each.protocols.includes(String(first)));
  if (!family) {
    throw KonnectError.invalid('protocols', 'must not be empty');
  }
  if (!protocols.every((protocol) => family.protocols.includes(protocol))) {
    throw KonnectError.invalid('protocols', `must not mix ${protocols.join(' and ')}`);
  }
  const forbidden = family.forbids.find((field) => isSet(route[field]));
  if (forbidden) {
    throw KonnectError.invalid(forbidden, `must not be set for ${protocols.join(' and ')}`);
  }
  if (first?.startsWith('grpc') && route.strip_path === true) {
    throw KonnectError.invalid('strip_path', 'must be false for grpc and grpcs');
  }
  if (!family.needs.some((field) => isSet(route[field]))) {
    throw KonnectError.invalid('protocols', `must have one of ${family.needs.join(', ')}`);
  }
  checkHosts(textsOf(route.hosts));
  checkPaths(textsOf(route.paths));
  const method = textsOf(route.methods).find((each) => !/^[A-Z]+$/.test(each));
  if (method !== undefined) {
    throw KonnectError.invalid('methods', `must be in capitals: ${method}`);
  }
}

function checkHosts(hosts: readonly string[]): void {
  const wrong = hosts.find((host) => !HOST.test(host));
  if (wrong !== undefined) {
    throw KonnectError.invalid('hosts', `must be host names, without scheme or path: ${wrong}`);
  }
}

function checkPaths(paths: readonly string[]): void {
  for (const path of paths) {
    if (path.startsWith('~')) {
      checkPattern(path);
    } else if (!path.startsWith('/')) {
      throw KonnectError.invalid('paths', `must begin with / or with ~ for a regular expression: ${path}`);
    } else if (path.includes('//')) {
      throw KonnectError.invalid('paths', `must not have empty segments: ${path}`);
    }
  }
}

function checkPattern(path: string): void {
  try {
    compilePattern(path.slice(1));
  } catch {
    throw KonnectError.invalid('paths', `must be a valid regular expression: ${path}`);
  }
}

function isSet(value: unknown): boolean {
  return typeof value === 'object' && value !== null && Object.keys(value).length > 0;
}

function textsOf(value: unknown): readonly string[] {
  return Array.isArray(value) ? (value as string[]) : [];
}
