import type { Rule } from './validation';

/** Longest timeout that Konnect takes, in milliseconds. */
const MAX_TIMEOUT = 2 ** 31 - 2;

/** Protocols of services and routes, as the provider knows them. */
const PROTOCOLS = ['grpc', 'grpcs', 'http', 'https', 'tcp', 'tls', 'tls_passthrough', 'udp', 'ws', 'wss'];

/** The rules for gateway services and their routes, in the form of `rules`. */
export const gatewayRules = {
  gatewayName: {
    rule: 'must have no characters of ASCII but letters, digits, ., -, _ and ~ (Konnect)',
    remedy: 'Give it a name without the other characters',
    holds: (name: string) => /^[\w.~\u0080-\u{10ffff}-]+$/u.test(name),
  },
  gatewayTag: {
    rule: 'must have at least one character, all of them printable, and neither , nor / (Konnect)',
    remedy: 'Replace the other characters',
    holds: (tag: string) => /^[ -+\-.0-~\u0080-\u{10ffff}]+$/u.test(tag),
  },
  gatewayProtocol: {
    rule: `must be one of ${PROTOCOLS.join(', ')} (Konnect)`,
    remedy: 'Choose one of them, in small letters',
    holds: (protocol: string) => PROTOCOLS.includes(protocol),
  },
  port: {
    rule: 'must be a whole number from 0 to 65535 (Konnect)',
    remedy: 'Give the port of the upstream',
    holds: (port: number) => Number.isInteger(port) && port >= 0 && port <= 65535,
  },
  timeout: {
    rule: `must be a whole number of milliseconds from 1 to ${MAX_TIMEOUT} (Konnect)`,
    remedy: 'Give milliseconds, for example 60000 for a minute',
    holds: (timeout: number) => Number.isInteger(timeout) && timeout >= 1 && timeout <= MAX_TIMEOUT,
  },
  retries: {
    rule: 'must be a whole number from 0 to 32767 (Konnect)',
    remedy: 'Give the number of retries, 0 for none',
    holds: (retries: number) => Number.isInteger(retries) && retries >= 0 && retries <= 32767,
  },
  gatewayPath: {
    rule: 'must begin with / (Konnect)',
    remedy: 'Put a slash in front',
    holds: (path: string) => path.startsWith('/'),
  },
  routePath: {
    rule: 'must begin with /, or with ~/ for a regular expression (Konnect)',
    remedy: 'Put a slash in front',
    holds: (path: string) => path.startsWith('/') || path.startsWith('~/'),
  },
  routeMatches: {
    rule: 'must hold at least one path, host or method (Konnect)',
    remedy: 'Say which requests the route takes, for example paths: ["/orders"]',
    holds: (criteria: readonly (readonly string[])[]) => criteria.some((list) => list.length > 0),
  },
  routeMethod: {
    rule: 'must consist of capital letters (Konnect)',
    remedy: 'Write it like GET',
    holds: (method: string) => /^[A-Z]+$/.test(method),
  },
} satisfies { [name: string]: Rule<never> };
