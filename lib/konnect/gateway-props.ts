import { Lazy } from 'cdktf';
import type { IConstruct } from 'constructs';
import { originalId } from '../core/former-paths';
import { addSynthesisCheck } from '../core/provider-construct';
import { listOf, text } from '../core/specs';
import { escapeTemplates } from '../core/terraform-text';
import type { Rule } from '../core/validation';

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
  rule: 'must be a host name or address without scheme, port, path and white space (Kong)',
  remedy: 'Use a host such as api.example.com, and the props protocol, port and path',
  remedyFor: splitUrl,
  isValid: isHost,
});

/** Host name of requests, with an optional port and a wildcard. */
export const ROUTE_HOST = text()
  .notBlank()
  .check({
    rule: 'must be a host name without scheme, path and white space. A wildcard is the first or last label (Kong)',
    remedy: 'Use a host such as api.example.com or *.example.com',
    isValid: (host) => isHost(host.replace(/:\d{1,5}$/, '').replace(/^\*\.|\.\*$/, '')),
  });

function isHost(host: string): boolean {
  const isIpv6 = /^\[?[0-9a-f]*(:[0-9a-f]*){2,}\]?$/i.test(host);
  return isIpv6 || /^[\p{L}\p{N}_.-]+$/u.test(host);
}

function splitUrl(value: string): string | undefined {
  const url = /^\w+:\/\//.test(value) ? value : `http://${value}`;
  if (/\s/.test(value) || !URL.canParse(url)) {
    return undefined;
  }
  const { protocol, hostname, port, pathname } = new URL(url);
  const parts = [
    ...(url === value ? [`protocol: '${protocol.slice(0, -1)}'`] : []),
    `host: '${hostname}'`,
    ...(port ? [`port: ${port}`] : []),
    ...(pathname === '/' ? [] : [`path: '${pathname}'`]),
  ];
  return `Use ${parts.join(', ')}`;
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
 * Name of a gateway service or route: the explicit one, or the id that the construct was created with. `Moves.from`
 * may be called later, so the id is known at synthesis.
 */
export function gatewayName(construct: IConstruct, explicit: string | undefined): string {
  if (explicit !== undefined) {
    return explicit;
  }
  addSynthesisCheck(construct, () => {
    const name = originalId(construct);
    return [{ ...NAME_RULE, prop: 'name', value: name, isValid: NAME_RULE.isValid(name) }];
  });
  return Lazy.stringValue({ produce: () => escapeTemplates(originalId(construct)) });
}

/** Syntax of PCRE that JavaScript does not have. Kong's router reads it. */
const PCRE_ONLY = /\(\?[^:=!<]|\(\?<[^=!a-z]|[*+?}]\+|\\[AzZGQEKRhHvX]|\[\[:/i;

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
  return path.startsWith('/') && /\{[^}]*\}|\\[dws]|\(.*\)|\[.*\]/.test(path) && !path.includes('TfToken');
}

/** Whether a regular expression is valid, as far as JavaScript can tell. */
function isRegex(source: string): boolean {
  if (PCRE_ONLY.test(source)) {
    return true;
  }
  try {
    new RegExp(source);
    return true;
  } catch {
    return false;
  }
}
