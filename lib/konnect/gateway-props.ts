import { isIP, isIPv4, isIPv6 } from 'node:net';
import { Lazy } from 'cdktf';
import type { IConstruct } from 'constructs';
import { originalId } from '../core/former-paths';
import { addSynthesisCheck } from '../core/provider-construct';
import { identityKey, Registry } from '../core/registry';
import { listOf, text } from '../core/specs';
import { escapeTemplates } from '../core/terraform-text';
import type { Rule } from '../core/validation';
import type { IControlPlane } from './control-plane';

const NAME_RULE: Rule<string> = {
  rule: 'must contain only letters, digits, ., -, _, ~ and characters outside of ASCII (Konnect)',
  remedy: 'Use a name with these characters',
  isValid: (name) => /^[\w.~\u0080-\u{10ffff}-]+$/u.test(name),
  schema: { pattern: '^[\\w.~\\u0080-\\u{10ffff}-]+$' },
};

/** Name of a gateway service or route. */
export const GATEWAY_NAME = text().check(NAME_RULE);

/** Host name or address of an upstream. */
export const UPSTREAM_HOST = text().notBlank().check({
  rule: 'must be an ASCII host name or an address, without scheme, port, path and white space (Kong)',
  remedy: 'Use a host such as api.example.com, and the props protocol, port and path',
  remedyFor: splitUrl,
  isValid: isHost,
});

/** Host name of requests, with an optional port and a wildcard. */
export const ROUTE_HOST = text()
  .notBlank()
  .check({
    rule: 'must be an ASCII host name without scheme, path and white space, with a port of at most 65535. A wildcard is the first or last label (Kong)',
    remedy: 'Use a host such as api.example.com or *.example.com',
    isValid: (host) => isHost(host) || isHost(withoutPort(withoutWildcard(host))),
  });

/** Server name of a TLS connection, with an optional wildcard. */
export const SERVER_NAME = text()
  .notBlank()
  .check({
    rule: 'must be an ASCII host name, not an address, without scheme, port, path and white space (Kong)',
    remedy: 'Use a host such as api.example.com',
    isValid: (name) => isHost(withoutWildcard(name)) && !name.includes(':') && !isIPv4(name),
  });

/** IP address or range of a connection. */
export const ADDRESS = text().check({
  rule: 'must be an IP address or a range (Kong)',
  remedy: 'Write it like 10.1.0.5 or 10.1.0.0/16',
  isValid: (value) => {
    const [address, prefix = '0', ...rest] = value.split('/');
    const bits = isIPv6(address) ? 128 : 32;
    return isIP(address) !== 0 && rest.length === 0 && /^\d{1,3}$/.test(prefix) && Number(prefix) <= bits;
  },
});

/** Name of a header that a route matches. */
export const HEADER_NAME = text().check(
  {
    rule: 'must have a name of letters, digits, - and _ (Kong)',
    remedy: 'Write it like X-Version',
    isValid: (name) => /^[\w-]+$/.test(name),
    schema: { pattern: '^[\\w-]+$' },
  },
  {
    rule: 'must not be Host (Kong)',
    remedy: 'Use hosts',
    isValid: (name) => name.toLowerCase() !== 'host',
    schema: { not: { pattern: '^[Hh][Oo][Ss][Tt]$' } },
  },
);

/** Whether Kong takes the text as a host: an address, or labels that are not empty. A last dot is allowed. */
function isHost(host: string): boolean {
  if (host.includes(':')) {
    return isIPv6(host.replace(/^\[(.*)\]$/, '$1'));
  }
  return /^[\d.]+$/.test(host) ? isIPv4(host) : /^[\w-]*\w(\.[\w-]*\w)*\.?$/.test(host);
}

function withoutWildcard(host: string): string {
  return host.replace(/^\*\.|\.\*(?=:|$)/, '');
}

function withoutPort(host: string): string {
  const [, port] = /:(\d{1,5})$/.exec(host) ?? [];
  return port !== undefined && Number(port) <= 65_535 ? host.slice(0, -port.length - 1) : host;
}

/** The props that a URL should be. `undefined` for a text that has no valid host. */
function splitUrl(value: string): string | undefined {
  const [, scheme, authority = '', path = ''] = /^(?:(\w+):)?(?:\/\/)?([^/?#]*)([^?#]*)/.exec(
    /^\w+:\/\//.test(value) ? value : `//${value.replace(/^\/\//, '')}`,
  ) as RegExpExecArray;
  const address = authority.slice(authority.lastIndexOf('@') + 1);
  const host = withoutPort(address).replace(/:$/, '');
  const port = address.slice(host.length + 1);
  const parts = [
    ...(scheme ? [`protocol to ${scheme.toLowerCase()}`] : []),
    `host to ${host}`,
    ...(port ? [`port to ${port}`] : []),
    ...(path.length > 1 ? [`path to ${path}`] : []),
  ];
  return isHost(host) ? `Set ${parts.join(', ')}` : undefined;
}

export const TAGS = listOf(
  text().check({
    rule: 'must have at least one character, all printable, and no , and / (Konnect)',
    remedy: 'Replace the other characters',
    isValid: (tag) => /^[ -+\-.0-~\u0080-\u{10ffff}]+$/u.test(tag),
    schema: { pattern: '^[ -+\\-.0-~\\u0080-\\u{10ffff}]+$' },
  }),
);

/**
 * Name of a gateway service or route, unique in the control plane: the explicit one, or the id that the construct was
 * created with. `Moves.from` may be called later, so the id is known at synthesis.
 *
 * @param kind what has the name, for example `route`
 */
export function gatewayName(
  construct: IConstruct,
  explicit: string | undefined,
  kind: string,
  controlPlane: IControlPlane,
): string {
  const name = () => explicit ?? originalId(construct);
  Registry.of(construct).rules.addUniqueName(construct, {
    prop: 'name',
    name,
    scopes: () => [identityKey(controlPlane.controlPlaneId, controlPlane)],
    rule: `must not be the name of another ${kind} of the control plane (Konnect)`,
    remedy: 'Set another name for one of the two',
  });
  if (explicit !== undefined) {
    return explicit;
  }
  addSynthesisCheck(construct, () => [
    { ...NAME_RULE, prop: 'name', value: name(), isValid: NAME_RULE.isValid(name()) },
  ]);
  return Lazy.stringValue({ produce: () => escapeTemplates(name()) });
}

/** Path of a route: a prefix, or a regular expression behind `~`. */
export const ROUTE_PATH = text().check(
  {
    rule: 'must start with /, or with ~/ for a regular expression (Konnect)',
    remedy: 'Put a slash in front',
    isValid: (path) => path.startsWith('/') || path.startsWith('~/'),
    schema: { pattern: '^~?/' },
  },
  {
    rule: 'must have no // and no white space, and a regular expression must be valid (Kong)',
    remedy: 'Write a prefix like /orders, or a regular expression like ~/orders/[^/]+$',
    isValid: (path) => (path.startsWith('~') ? isRegex(path.slice(1)) : !/\/\/|\s/.test(path)),
  },
);

/** Whether a prefix was probably meant as a pattern. */
export function looksLikePattern(path: string): boolean {
  const isPattern = /\{[^}]*\}|\\[dws]|\(.*\)|\[.*\]|\.\*|\/:\w|\$$/.test(path);
  return path.startsWith('/') && isPattern && !path.includes('TfToken');
}

/** Syntax that Kong's router has and JavaScript does not, with what JavaScript has in its place. */
const ROUTER_SYNTAX: readonly (readonly [RegExp, string])[] = [
  [/\(\?#[^)]*\)|\(\?[a-zA-Z-]+\)/g, ''],
  [/\(\?(?:[a-zA-Z-]*:|>|\|)/g, '(?:'],
  [/\(\?P</g, '(?<'],
  [/([*+?}])\+/g, '$1'],
];

/** Whether a regular expression is valid, as far as JavaScript can tell. */
function isRegex(source: string): boolean {
  const translated = ROUTER_SYNTAX.reduce((text, [syntax, instead]) => text.replace(syntax, instead), source);
  try {
    new RegExp(translated);
    return true;
  } catch {
    // Other syntax of PCRE: quotes, recursion, references by name.
    return /\\Q|\(\?[RP&0-9(]/.test(translated);
  }
}
