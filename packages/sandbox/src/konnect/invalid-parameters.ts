import type { FastifySchemaValidationError } from 'fastify';

/** An invalid field in Konnect's published format. */
export interface InvalidParameter {
  readonly field: string;
  readonly rule: string;
  readonly reason: string;
  /** Where the field is. */
  readonly source: 'body' | 'query';
  readonly minimum?: number;
  readonly maximum?: number;
  readonly choices?: readonly unknown[];
}

type Parameters = { readonly [name: string]: unknown };
type Failure = Pick<InvalidParameter, 'rule' | 'reason' | 'minimum' | 'maximum' | 'choices'>;

/** Keywords whose failures only wrap those of a nested schema. */
const CONTAINERS = ['if', 'oneOf', 'anyOf', 'allOf'];

/** Rules of formats. */
const FORMATS: { readonly [format: string]: string } = { uuid: 'is_uuid', 'date-time': 'is_date_time' };

const LIMITS: { readonly [keyword: string]: (limit: number) => Failure } = {
  minLength: (minimum) => ({
    rule: 'min_length',
    reason: `must have at least ${characters(minimum)}`,
    minimum,
  }),
  maxLength: (maximum) => ({
    rule: 'max_length',
    reason: `must have at most ${characters(maximum)}`,
    maximum,
  }),
  minItems: (minimum) => ({ rule: 'min_items', reason: `must have at least ${items(minimum)}`, minimum }),
  maxItems: (maximum) => ({ rule: 'max_items', reason: `must have at most ${items(maximum)}`, maximum }),
  minProperties: (minimum) => ({
    rule: 'min_items',
    reason: `must have at least ${items(minimum)}`,
    minimum,
  }),
  maxProperties: (maximum) => ({ rule: 'max_items', reason: `must have at most ${items(maximum)}`, maximum }),
  minimum: (minimum) => ({ rule: 'min', reason: `must be at least ${minimum}`, minimum }),
  maximum: (maximum) => ({ rule: 'max', reason: `must be at most ${maximum}`, maximum }),
};

/** Failures of a schema in Konnect's words. */
export function invalidParameters(
  errors: readonly FastifySchemaValidationError[],
  source: InvalidParameter['source'],
): InvalidParameter[] {
  // ajv reports a failure of a property name twice: itself, and as one of `propertyNames`.
  const failures = errors.filter(
    (error) => !CONTAINERS.includes(error.keyword) && !('propertyName' in error),
  );
  return (failures.length > 0 ? failures : errors).map((error) => ({
    field: fieldOf(error),
    ...failureOf(error),
    source,
  }));
}

function failureOf({ keyword, params, message = 'is invalid' }: FastifySchemaValidationError): Failure {
  const { type, format, allowedValues, limit, propertyName } = params as Parameters;
  const toFailure = LIMITS[keyword];
  if (toFailure) {
    return toFailure(Number(limit));
  }
  switch (keyword) {
    case 'required':
      return { rule: 'required', reason: 'is required' };
    case 'additionalProperties':
      return { rule: 'unknown_property', reason: 'is not a known property' };
    case 'type':
      return {
        rule: `is_${[type].flat().join('_or_')}`,
        reason: `must be of type ${[type].flat().join(' or ')}`,
      };
    case 'enum': {
      const choices = allowedValues as readonly unknown[];
      return { rule: 'enum', reason: `must be one of ${choices.join(', ')}`, choices };
    }
    case 'propertyNames':
      return { rule: 'is_label', reason: `must not have the key ${String(propertyName)}` };
    case 'pattern':
      return { rule: 'matches_regex', reason: message };
    case 'format':
      return { rule: FORMATS[String(format)] ?? 'invalid', reason: `must be of format ${String(format)}` };
    default:
      return { rule: 'invalid', reason: message };
  }
}

/** `configs.openid-connect.scopes[0]` */
function fieldOf({ instancePath, params }: FastifySchemaValidationError): string {
  const { missingProperty, additionalProperty } = params as Parameters;
  const path = instancePath
    .split('/')
    .slice(1)
    .map((name) => name.replaceAll('~1', '/').replaceAll('~0', '~'));
  const last = missingProperty ?? additionalProperty;
  return [...path, ...(last === undefined ? [] : [String(last)])]
    .map((name, index) => (/^\d+$/.test(name) ? `[${name}]` : `${index === 0 ? '' : '.'}${name}`))
    .join('');
}

function characters(count: number): string {
  return `${count} ${count === 1 ? 'character' : 'characters'}`;
}

function items(count: number): string {
  return `${count} ${count === 1 ? 'item' : 'items'}`;
}
