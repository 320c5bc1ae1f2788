import { Lazy } from 'cdktf';
import type { IConstruct } from 'constructs';
import { escapeTemplates } from '../core/escape-templates';
import { originalId } from '../core/former-paths';
import { addSynthesisCheck } from '../core/provider-construct';
import { listOf, text } from '../core/specs';
import type { Rule } from '../core/validation';

/** Protocols of gateway services and routes. */
export const PROTOCOLS = [
  'grpc',
  'grpcs',
  'http',
  'https',
  'tcp',
  'tls',
  'tls_passthrough',
  'udp',
  'ws',
  'wss',
];

const NAME_RULE: Rule<string> = {
  rule: 'must contain only letters, digits, ., -, _, ~ and characters outside of ASCII (Konnect)',
  remedy: 'Use a name with these characters',
  isValid: (name) => /^[\w.~\u0080-\u{10ffff}-]+$/u.test(name),
  schema: { pattern: '^[\\w.~\\u0080-\\u{10ffff}-]+$' },
};

/** Name of a gateway service or route. */
export const GATEWAY_NAME = text().check(NAME_RULE);

export const PROTOCOL = text().check({
  rule: `must be one of ${PROTOCOLS.join(', ')} (Konnect)`,
  remedy: 'Use one of them, in lower case',
  isValid: (protocol) => PROTOCOLS.includes(protocol),
  schema: { enum: PROTOCOLS },
});

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
