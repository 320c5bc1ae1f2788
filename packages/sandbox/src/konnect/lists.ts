import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Body } from '../entity';
import { object, type Schema } from '../http/json-schema';

/** Types of filter fields, with the operators that Konnect publishes for them. */
const OPERATORS = {
  text: ['', 'eq', 'neq', 'contains', 'oeq', 'ocontains'],
  id: ['eq', 'neq', 'oeq'],
  boolean: [''],
  date: ['', 'eq', 'lt', 'lte', 'gt', 'gte'],
} as const;

/** Fields that a list can be filtered by. */
interface Filters {
  readonly [field: string]: keyof typeof OPERATORS | readonly string[];
}

/** Parameters of a list. */
interface ListOptions {
  readonly filters?: Filters;
  /** Fields of labels or attributes, where a filter may name one key. */
  readonly maps?: readonly string[];
  /** @default true */
  readonly isPaged?: boolean;
  /** @default true */
  readonly isSorted?: boolean;
  /** Further parameters. */
  readonly others?: { readonly [name: string]: Schema };
}

const DEFAULT_PAGE = 10;
/** 1 to 1000, as it is published for services and routes. For other lists Konnect publishes no limit. */
export const PAGE_SIZE: Schema = { type: 'string', pattern: '^([1-9]\\d{0,2}|1000)?$' };
const NUMBER: Schema = { type: 'string', pattern: '^([1-9]\\d*)?$' };
const SORT: Schema = { type: 'string', pattern: '^\\w+( (asc|desc))?(, *\\w+( (asc|desc))?)*$' };
const ANY: Schema = { type: 'string' };
const FLAG: Schema = { type: 'string', enum: ['true', 'false'] };

/** The schema of a list's query: unknown names are rejected. */
export function listQuery({
  filters = {},
  maps = [],
  isPaged = true,
  isSorted = true,
  others = {},
}: ListOptions = {}): Schema {
  const names = Object.entries(filters).flatMap(([field, kind]) =>
    (typeof kind === 'string' ? OPERATORS[kind] : kind).map((operator) => [
      `filter[${field}]${operator === '' ? '' : `[${operator}]`}`,
      kind === 'boolean' ? FLAG : ANY,
    ]),
  );
  const query = object({
    ...Object.fromEntries(names),
    ...(isPaged && { 'page[number]': NUMBER, 'page[size]': PAGE_SIZE }),
    ...(isSorted && { sort: SORT }),
    ...others,
  });
  const ofMap = `^filter\\[(${maps.join('|')})(\\.[^\\]]+)?\\](\\[(${OPERATORS.text.filter(Boolean).join('|')})\\])?$`;
  return maps.length === 0 ? query : { ...query, patternProperties: { [ofMap]: ANY } };
}

/** Routes that do not declare a query take none. */
export function refuseUnknownQueries(server: FastifyInstance): void {
  server.addHook('onRoute', (route) => {
    route.schema = { querystring: object({}), ...route.schema };
  });
}

/** How to read a filter's field from an entity if it has another name there. */
type Lookup = { readonly [field: string]: (entity: Body) => unknown };

/** The page of a list that a request asks for. */
export function page(request: FastifyRequest, entities: readonly Body[], lookup: Lookup = {}): object {
  const query = queryOf(request);
  const found = select(request, entities, lookup);
  const number = Number(query['page[number]'] || 1);
  const size = Number(query['page[size]'] || DEFAULT_PAGE);
  return {
    data: found.slice((number - 1) * size, number * size),
    meta: { page: { total: found.length, size, number } },
  };
}

/** The entities that match the filters of a request, in its sort order. */
export function select<T extends Body>(
  request: FastifyRequest,
  entities: readonly T[],
  lookup: Lookup = {},
): T[] {
  const query = queryOf(request);
  const filters = Object.entries(query).flatMap(([name, wanted]) => {
    const [, field, operator = 'eq'] = /^filter\[([^\]]+)\](?:\[(\w+)\])?$/.exec(name) ?? [];
    return field ? [{ field, operator, wanted }] : [];
  });
  const found = entities.filter((entity) =>
    filters.every(({ field, operator, wanted }) =>
      matches(operator, valuesOf(lookup[field] ? lookup[field](entity) : valueAt(entity, field)), wanted),
    ),
  );
  return sorted(found, query.sort);
}

/** A label or attribute is named by its map and its key. */
function valueAt(entity: Body, field: string): unknown {
  const [map = '', ...key] = field.split('.');
  const value = entity[map];
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    return value;
  }
  return key.length === 0 ? Object.keys(value) : (value as Body)[key.join('.')];
}

function valuesOf(value: unknown): string[] {
  return [value ?? []].flat().map(String);
}

function matches(operator: string, values: readonly string[], wanted: string): boolean {
  const any = (compare: (value: string) => boolean) => values.some(compare);
  switch (operator) {
    case 'neq':
      return !values.includes(wanted);
    case 'contains':
      return any((value) => value.toLowerCase().includes(wanted.toLowerCase()));
    case 'oeq':
      return any((value) => wanted.split(',').includes(value));
    case 'ocontains':
      return any((value) =>
        wanted.split(',').some((each) => value.toLowerCase().includes(each.toLowerCase())),
      );
    case 'lt':
      return any((value) => Date.parse(value) < Date.parse(wanted));
    case 'lte':
      return any((value) => Date.parse(value) <= Date.parse(wanted));
    case 'gt':
      return any((value) => Date.parse(value) > Date.parse(wanted));
    case 'gte':
      return any((value) => Date.parse(value) >= Date.parse(wanted));
    default:
      return values.includes(wanted);
  }
}

/** `name desc, created_at` */
function sorted<T extends Body>(entities: readonly T[], sort: string | undefined): T[] {
  const keys = (sort ?? '').split(',').map((key) => key.trim().split(' '));
  return [...entities].sort((left, right) => {
    for (const [field = '', direction] of keys) {
      const order = compare(left[field], right[field]);
      if (order !== 0) {
        return direction === 'desc' ? -order : order;
      }
    }
    return 0;
  });
}

function compare(left: unknown, right: unknown): number {
  const [a, b] = [String(left ?? ''), String(right ?? '')];
  return a === b ? 0 : a < b ? -1 : 1;
}

function queryOf(request: FastifyRequest): { readonly [name: string]: string } {
  return request.query as { [name: string]: string };
}
