import {
  type ApiClient,
  type Attributes,
  type ResourceType,
  UNKNOWN,
  type Value,
} from '../../providers/definition';
import type { Json } from '../api/json';
import { ifFound } from '../api/json-api-client';

/** How a resource maps to Konnect's REST API. */
export interface RestResource {
  readonly defaults?: ResourceType['defaults'];
  readonly replacedBy?: ResourceType['replacedBy'];
  readonly unknownAfterUpdate?: ResourceType['unknownAfterUpdate'];
  readonly ignoresChange?: ResourceType['ignoresChange'];
  /** Path of the collection; ids of parents are attributes. */
  readonly path: (attributes: Attributes) => string;
  readonly createBody: (planned: Attributes) => object;
  /** Method of an update. @default - never: every change replaces it */
  readonly update?: {
    readonly method: 'PATCH' | 'PUT';
    readonly body: (planned: Attributes, prior: Attributes) => object;
    /** Query of the request, with `?`. */
    readonly query?: string;
  };
  /** Query of the DELETE request, with `?`. */
  readonly deleteQuery?: (prior: Attributes) => string;
  /** Attributes from an answer. */
  readonly state: (body: Json, previous: Attributes) => Attributes;
  /** Attributes that no response contains: ids of parents, and values that only the provider knows. */
  readonly kept?: readonly string[];
  readonly import: (id: string) => Attributes;
}

/** A resource whose create is POST, read GET, delete DELETE. */
export function restResource(resource: RestResource): ResourceType {
  const { path, state, update, deleteQuery } = resource;
  const one = (attributes: Attributes, id: Value) => `${path(attributes)}/${String(id)}`;
  const merged = (body: unknown, from: Attributes): Attributes => ({
    ...Object.fromEntries((resource.kept ?? []).map((name) => [name, from[name] ?? null])),
    ...state(body as Json, from),
  });
  const read = async (api: ApiClient, prior: Attributes) =>
    merged((await api.send('GET', one(prior, prior.id))).body, prior);
  return {
    defaults: resource.defaults,
    replacedBy: resource.replacedBy,
    unknownAfterUpdate: resource.unknownAfterUpdate,
    ignoresChange: resource.ignoresChange,
    create: async (api, planned) =>
      merged((await api.send('POST', path(planned), resource.createBody(planned))).body, planned),
    read: (api, prior) => ifFound(read(api, prior)),
    update: async (api, planned, prior) => {
      if (!update) {
        return planned;
      }
      const url = `${one(planned, prior.id)}${update.query ?? ''}`;
      return merged((await api.send(update.method, url, update.body(planned, prior))).body, planned);
    },
    delete: async (api, prior) => {
      await ifFound(api.send('DELETE', `${one(prior, prior.id)}${deleteQuery?.(prior) ?? ''}`));
    },
    import: resource.import,
  };
}

/** Import ids of children are JSON objects with the ids of their parents. */
export function jsonId(id: string, ...names: readonly string[]): Attributes {
  let parsed: unknown;
  try {
    parsed = JSON.parse(id);
  } catch {
    parsed = undefined;
  }
  const values = (parsed ?? {}) as { [name: string]: Value };
  if (names.some((name) => typeof values[name] !== 'string')) {
    throw new Error(`invalid import id ${id}: expected JSON with ${names.join(' and ')}`);
  }
  return Object.fromEntries(names.map((name) => [name, values[name]]));
}

/** Attributes of an answer that have the same name in the schema. */
export function sameNames(body: Json, names: readonly string[]): Attributes {
  return Object.fromEntries(names.map((name) => [name, body[name] ?? null]));
}

/** The body of an update. Unknown values keep their previous ones. */
export function withPrior(body: (planned: Attributes) => object) {
  return (planned: Attributes, prior: Attributes): object =>
    body(
      Object.fromEntries(
        Object.entries(planned).map(([name, value]) => [
          name,
          value === UNKNOWN ? (prior[name] ?? null) : value,
        ]),
      ),
    );
}
