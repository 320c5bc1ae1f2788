import { Token } from 'cdktf';
import { Construct, type IConstruct } from 'constructs';
import { ValidationError, type ValidationFailure } from './errors';
import { hideSecrets } from './private/hidden';
import { isToken } from './private/values';

/** Longest rendering of a received value in a message. */
const RECEIVED_MAX_LENGTH = 100;

/** A rule about one value. `holds` sees resolved values only: tokens are let through before it is asked. */
export interface Rule<T> {
  readonly rule: string;
  readonly remedy: string;
  readonly holds: (value: T) => boolean;
}

/** A value of a prop, and the rule that it breaks, if it breaks one. */
export interface Check {
  failure(): ValidationFailure | undefined;
}

/** Most checks: shared, because a stack with many APIs makes a great many of them. */
const HOLDS: Check = { failure: () => undefined };

/** A check of one value; undefined (the prop is left out) and tokens pass. */
export function check<T>(prop: string, value: T | undefined, rule: Rule<T>): Check {
  return value === undefined || isToken(value) || rule.holds(value) ? HOLDS : failed(prop, value, rule);
}

/**
 * A check that lets nothing through: a value has to meet the rule, also when it is missing or a token. Where a prop asks
 * how a secret is kept, a value of the wrong kind may be the secret.
 */
export function demand(prop: string, value: unknown, rule: Rule<unknown>): Check {
  return rule.holds(value) ? HOLDS : failed(prop, hideSecrets(prop, value), rule);
}

function failed<T>(prop: string, value: T, { rule, remedy }: Rule<T>): Check {
  const failure = { prop, rule, received: render(value), remedy };
  return { failure: () => failure };
}

/** The same checks for every element of a list; elements that are tokens pass. */
export function checkEach<T>(
  prop: string,
  values: readonly T[] | undefined,
  ...each: readonly Rule<T>[]
): Check[] {
  if (values === undefined || Token.isUnresolved(values)) {
    return [];
  }
  return values.flatMap((value, index) => each.map((rule) => check(`${prop}[${index}]`, value, rule)));
}

/** Throws one `ValidationError` with everything that fails, or nothing. */
export function validate(construct: IConstruct, checks: readonly Check[]): void {
  const failures = checks.flatMap((each) => each.failure() ?? []);
  if (failures.length > 0) {
    throw new ValidationError(construct, failures);
  }
}

/** The checks of a part, with the part's place in the props of the whole put in front. */
export function within(prefix: string, checks: readonly Check[]): Check[] {
  return checks.map((each) => {
    const failure = each.failure();
    return failure ? { failure: () => ({ ...failure, prop: `${prefix}.${failure.prop}` }) } : HOLDS;
  });
}

/** Elements that stand in the list more than once; tokens are never equal to anything. */
export function duplicates(values: readonly string[]): string[] {
  const seen = new Set<string>();
  const twice = new Set<string>();
  for (const value of values) {
    if (Token.isUnresolved(value)) {
      continue;
    }
    (seen.has(value) ? twice : seen).add(value);
  }
  return [...twice];
}

function render(value: unknown): string {
  const text = Construct.isConstruct(value) ? value.node.path : asText(value);
  return text.length > RECEIVED_MAX_LENGTH ? `${text.slice(0, RECEIVED_MAX_LENGTH)}…` : text;
}

/** JSON, and what JavaScript makes of values that have none. */
function asText(value: unknown): string {
  try {
    return JSON.stringify(value, hideSecrets) ?? String(value);
  } catch {
    return `a value of type ${typeof value} that is no JSON`;
  }
}
