import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { Ajv2020, type ErrorObject, type ValidateFunction } from 'ajv/dist/2020';
import { rules as commonRules } from '../rules';
import { gatewayRules } from '../rules-gateway';
import type { CatalogFailure } from './catalog-error';
import type { CatalogFile, DocumentPath, Fault } from './catalog-file';
import { similar } from './similar';
import { wordingOf } from './wording';

/** Everything that the schema may name. */
const rules = { ...commonRules, ...gatewayRules };

/** What a schema says of a value besides its keywords. */
interface Annotations {
  readonly description?: string;
  /** The rule of the library that the keywords stand for. */
  readonly 'x-rule'?: keyof typeof rules;
  readonly properties?: { readonly [name: string]: Annotations };
}

const KINDS: { readonly [type: string]: { readonly kind: string; readonly remedy: string } } = {
  object: { kind: 'a mapping of keys to values', remedy: 'Write the keys below it, indented' },
  null: { kind: 'empty', remedy: 'Remove the value' },
  array: { kind: 'a list', remedy: 'Write it as a list, [first, second]' },
  string: { kind: 'a text', remedy: 'Put it in quotes' },
  integer: { kind: 'a whole number', remedy: 'Write the number without quotes' },
  boolean: { kind: 'true or false', remedy: 'Write true or false without quotes' },
};

/** For keywords that stand for no rule of the library. */
const OF_KEYWORD: { readonly [keyword: string]: Omit<Fault, 'received'> } = {
  minItems: { rule: 'must hold at least one entry', remedy: 'Give it one, or remove it' },
  minProperties: { rule: 'must hold at least one entry', remedy: 'Give it one, or remove it' },
  uniqueItems: { rule: 'must not name anything twice', remedy: 'Remove the repetition' },
};

let compiled: ValidateFunction | undefined;

/** What the schema finds in a catalog. */
export function schemaFailures(file: CatalogFile): CatalogFailure[] {
  compiled ??= compile();
  compiled(file.data);
  return (compiled.errors ?? []).flatMap((error) => failureOf(file, error) ?? []);
}

/** The schema that the package ships. */
export function schemaPath(): string {
  const manifest = require.resolve('okta-dev-portal-oidc/package.json');
  return join(dirname(manifest), 'schema', 'catalog.schema.json');
}

function compile(): ValidateFunction {
  const ajv = new Ajv2020({ allErrors: true, verbose: true, allowUnionTypes: true });
  ajv.addKeyword({ keyword: 'x-rule', schemaType: 'string' });
  return ajv.compile(JSON.parse(readFileSync(schemaPath(), 'utf8')) as object);
}

function failureOf(file: CatalogFile, error: ErrorObject): CatalogFailure | undefined {
  const path = pathOf(error.instancePath, file.data);
  const { keyword, propertyName, params } = error;
  const schema = error.parentSchema as Annotations;
  // The error inside of it says more.
  if (keyword === 'propertyNames') {
    return undefined;
  }
  if (propertyName !== undefined) {
    const received = JSON.stringify(propertyName);
    const fault = schema['x-rule'] ? ruleOf(schema['x-rule']) : keyword === 'not' ? TAKEN : KEY;
    return file.failureOfKey([...path, propertyName], { ...fault, received });
  }
  if (keyword === 'additionalProperties') {
    const { additionalProperty: key } = params as { additionalProperty: string };
    return file.failureOfKey([...path, key], unknownKey(key, Object.keys(schema.properties ?? {})));
  }
  const received = file.received(path);
  if (keyword === 'required') {
    const { missingProperty: key } = params as { missingProperty: string };
    const what = schema.properties?.[key]?.description ?? '';
    const remedy = `Add ${key}: ${what}`.replace(/\.$/, '');
    return file.failureOfKey(path, { rule: `must have the key ${key}`, received, remedy });
  }
  return file.failure(path, { ...faultOf(error, schema, error.data), received });
}

function faultOf(
  { keyword, params }: ErrorObject,
  schema: Annotations,
  data: unknown,
): Omit<Fault, 'received'> {
  if (keyword === 'type') {
    const types = [(params as { type: string | string[] }).type].flat();
    const { kind, remedy } = KINDS[types[0]];
    return { rule: `must be ${kind}`, remedy: remedyFor(types[0], data) ?? remedy };
  }
  if (keyword === 'enum') {
    const { allowedValues: allowed } = params as { allowedValues: string[] };
    const meant = typeof data === 'string' ? similar(data, allowed) : undefined;
    return {
      rule: `must be one of ${allowed.join(', ')}`,
      remedy: meant ? `Write ${meant}` : 'Choose one of them',
    };
  }
  return schema['x-rule'] ? ruleOf(schema['x-rule']) : (OF_KEYWORD[keyword] ?? OF_KEYWORD.minItems);
}

/** What to do about a value that quotes, or none, do not turn into what is meant. */
function remedyFor(type: string, data: unknown): string | undefined {
  if (data === null && type !== 'object') {
    return 'Give it a value, or remove it';
  }
  if (type === 'string' && typeof data === 'object') {
    return 'Write a single text';
  }
  if (type === 'integer' && typeof data !== 'string') {
    return 'Write a whole number, without quotes';
  }
  return undefined;
}

function ruleOf(name: keyof typeof rules): Omit<Fault, 'received'> {
  const { rule, remedy } = rules[name];
  return { rule, remedy: wordingOf(rule)?.remedy ?? remedy };
}

const KEY = {
  rule: 'must be a key of letters, digits, _ and -, the first a letter or digit: it becomes the id of a construct',
  remedy: 'Rename it',
};

const TAKEN = {
  rule: 'must not be Resource: it becomes the id of a construct, and a construct beside it has that one',
  remedy: 'Rename it',
};

/** A key that the schema does not know. */
function unknownKey(key: string, known: readonly string[]): Fault {
  const meant = similar(key, known);
  return {
    rule: known.length > 0 ? `must be one of ${known.join(', ')}` : 'must not be there',
    received: JSON.stringify(key),
    remedy: meant ? `Write ${meant}` : 'Remove it, or choose one of these',
  };
}

/** A JSON pointer as a path, with numbers where there is a list. */
function pathOf(pointer: string, data: unknown): DocumentPath {
  let value = data;
  return pointer
    .split('/')
    .slice(1)
    .map((step) => {
      const key = step.replaceAll('~1', '/').replaceAll('~0', '~');
      const inList = Array.isArray(value);
      value = (value as { readonly [key: string]: unknown })[key];
      return inList ? Number(key) : key;
    });
}
