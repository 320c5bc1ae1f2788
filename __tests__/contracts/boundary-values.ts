import type { Part } from './descriptions';

/** Texts that meet the patterns of some fields and not of others. */
const TEXTS = [
  '',
  'orders',
  'GET',
  '/orders',
  'https://issuer.example.com/oauth2/default',
  'dev@example.test',
  'a b',
  '-a',
  'a,b',
  'ä',
  '<x>',
  '11111111-2222-4333-8444-555555555555',
];

/** Values at the limits of two schemas, and on both sides of them. */
export function boundaryValues(...schemas: readonly Part[]): unknown[] {
  const values = schemas.flatMap((schema) => [
    ...ofText(schema),
    ...ofNumber(schema),
    ...ofList(schema),
    ...ofMap(schema),
  ]);
  const [{ type }] = schemas;
  const wrongType = { string: 5, integer: 'x', boolean: 'x', array: 'x', object: 'x' }[String(type)];
  const known = [
    ...values,
    ...(type === 'boolean' ? [true, false] : []),
    ...(wrongType === undefined ? [] : [wrongType]),
  ];
  return [...new Map(known.map((value) => [JSON.stringify(value), value])).values()];
}

function ofText({ type, enum: members = [], minLength, maxLength }: Part): unknown[] {
  if (type !== 'string') {
    return [];
  }
  const lengths = around(minLength, maxLength);
  return [...TEXTS, ...(members as string[]), ...lengths.map((length) => 'x'.repeat(length))];
}

function ofNumber({ type, minimum, maximum }: Part): unknown[] {
  return type === 'integer'
    ? [
        1,
        1.5,
        ...[minimum, maximum].flatMap((limit) =>
          typeof limit === 'number' && Math.abs(limit) < 2 ** 40 ? [limit - 1, limit, limit + 1] : [],
        ),
      ]
    : [];
}

function ofList({ type, items, minItems, maxItems }: Part): unknown[] {
  if (type !== 'array') {
    return [];
  }
  const each = boundaryValues((items ?? {}) as Part);
  const distinct = (length: number) => Array.from({ length }, (_, index) => `orders${index}`);
  return [...each.map((item) => [item]), ...around(minItems, maxItems).map(distinct)];
}

function ofMap({ type, additionalProperties, maxProperties }: Part): unknown[] {
  if (type !== 'object' || typeof additionalProperties !== 'object') {
    return [];
  }
  const each = boundaryValues(additionalProperties as Part);
  const many = (length: number) =>
    Object.fromEntries(Array.from({ length }, (_, index) => [`key${index}`, each.at(-2)]));
  return [...each.map((value) => ({ key: value })), ...around(undefined, maxProperties).map(many)];
}

/** Lengths on both sides of the limits. */
function around(min: unknown, max: unknown): number[] {
  return [min, max]
    .flatMap((limit) => (typeof limit === 'number' ? [limit - 1, limit, limit + 1] : []))
    .filter((length) => length >= 0);
}
