import { TerraformProvider } from 'cdktf';
import { Construct } from 'constructs';
import { hasUnknownToken } from './private/tokens';
import { isJson, isRecord } from './private/values';
import type { Rule } from './validation';

/** What the compiler holds for every prop, asked again for those who have none: JavaScript, JSON, a cast. */
export const kinds = {
  props: {
    rule: 'must be an object with props',
    remedy: 'Pass the props that the constructor documents',
    holds: (value: unknown) => typeof value === 'object' && value !== null && !Array.isArray(value),
  },
  given: {
    rule: 'must be given',
    remedy: 'Give it a value',
    holds: (value: unknown) => value !== undefined,
  },
  text: {
    rule: 'must be a string',
    remedy: 'Give a text, or a token that stands for one',
    holds: (value: unknown) => typeof value === 'string',
  },
  tokensKnown: {
    rule: 'must hold no token that CDKTF does not know, and none of a list or a map inside of a text',
    remedy: 'Pass tokens of this app as they are; Fn.join makes a text of a list',
    holds: (value: unknown) => !hasUnknownToken(value),
  },
  number: {
    rule: 'must be a finite number',
    remedy: 'Give a number, or a token that stands for one',
    holds: (value: unknown) => Number.isFinite(value),
  },
  flag: {
    rule: 'must be true or false',
    remedy: 'Give one of them',
    holds: (value: unknown) => typeof value === 'boolean',
  },
  list: {
    rule: 'must be a list',
    remedy: 'Put it into brackets, also when it is only one',
    holds: (value: unknown) => Array.isArray(value),
  },
  map: {
    rule: 'must be an object of values by key',
    remedy: 'Pass a plain object',
    holds: isRecord,
  },
  json: {
    rule: 'must be JSON: plain objects, lists, strings, finite numbers, true, false and null',
    remedy: 'Convert other values, for example dates with toISOString()',
    holds: (value: unknown) => isRecord(value) && isJson(value),
  },
  construct: {
    rule: 'must be a construct of the type that the prop has',
    remedy: 'Pass the construct itself, not its id; import what exists with a from... method',
    holds: (value: unknown) => Construct.isConstruct(value),
  },
  named: {
    rule: 'must be a member of the class that the prop has',
    remedy: 'Use a static member of the class, or its custom()',
    holds: (value: unknown) =>
      typeof Reflect.get(Object(value), 'name') === 'string' && !Construct.isConstruct(value),
  },
  adoption: {
    rule: 'must be an Adoption',
    remedy: 'Read one with Adoption.fromFile',
    holds: (value: unknown) => typeof Reflect.get(Object(value), 'applyTo') === 'function',
  },
  provider: {
    rule: 'must be a provider of CDKTF',
    remedy: 'Pass the OktaProvider or KonnectProvider of the stack',
    holds: (value: unknown) => Construct.isConstruct(value) && TerraformProvider.isTerraformProvider(value),
  },
  dependable: {
    rule: 'must be something that Terraform can wait for',
    remedy: 'Pass a resource, for example the property resource of a construct',
    holds: (value: unknown) => typeof Reflect.get(Object(value), 'fqn') === 'string',
  },
  knownNow: {
    rule: 'must be known when the app is synthesized: resources depend on it',
    remedy: 'Write it into the code instead of passing a token',
    holds: () => false,
  },
  constructId: {
    rule: 'must have a construct id as key: not empty, no token, not Resource',
    remedy: 'Rename the key',
    holds: (value: unknown) => value !== '' && value !== 'Resource',
  },
  constructIdsUnique: {
    rule: 'must not have two keys that differ in / and -- only: construct ids do not tell them apart',
    remedy: 'Rename one of them',
    holds: (value: unknown) => {
      const ids = Object.keys(Object(value)).map((key) => key.replaceAll('/', '--'));
      return new Set(ids).size === ids.length;
    },
  },
} satisfies { [name: string]: Rule<unknown> };

/** The rule of a closed set. */
export function memberOf(values: readonly string[]): Rule<unknown> {
  return {
    rule: `must be one of ${values.join(', ')}`,
    remedy: 'Use the enum of the prop',
    holds: (value) => values.some((each) => each === value),
  };
}
