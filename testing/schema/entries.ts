import { readFileSync } from 'node:fs';
import { schemaFile } from '../sandbox-package';
import { terraformProvider } from './language';
import { type Block, isObject, type JsonObject, type Provider, parseProviders } from './types';
import { COMMENT, kindOf } from './values';
import type { SchemaOptions } from './versions';

/** A resource, data source or provider of a configuration. */
export interface Entry {
  readonly address: string;
  readonly kind: 'resource' | 'data' | 'provider';
  readonly body: unknown;
  /** `undefined` for a provider without a pinned schema. */
  readonly schema?: Block;
  readonly unknownType: boolean;
}

const parsed = new Map<string, ReadonlyMap<string, Provider>>();

/** The providers of the pinned schemas, by name. */
export function providers({ okta, konnect }: Required<SchemaOptions>): ReadonlyMap<string, Provider> {
  const [pinned] = providersIn('konnect@3.19.0.json').values();
  const later = {
    '3.20': 'additions-3.20.json',
    '3.21': 'additions-3.21.json',
    '3.24': 'additions-3.24.json',
  };
  const added = Object.entries(later)
    .filter(([version]) => version <= konnect)
    .flatMap(([, file]) => [...providersIn(file).values()].flatMap(({ resources }) => [...resources]));
  return new Map([
    ['konnect', { ...pinned, resources: new Map([...pinned.resources, ...added]) }],
    ...providersIn(`okta@${okta}.json`),
    ['terraform', terraformProvider],
  ]);
}

function providersIn(name: string): ReadonlyMap<string, Provider> {
  const known = parsed.get(name) ?? parseProviders(JSON.parse(readFileSync(schemaFile(name), 'utf8')));
  parsed.set(name, known);
  return known;
}

/** The resources, data sources and providers of a configuration. */
export function entriesOf(
  json: JsonObject,
  known: ReadonlyMap<string, Provider>,
  report: (violation: string) => void,
): Entry[] {
  const entries: Entry[] = [];
  for (const { labels, body } of blocks(json.provider, 1, 'provider', report)) {
    const alias = isObject(body) && typeof body.alias === 'string' ? [body.alias] : [];
    const provider = known.get(labels[0]);
    entries.push({
      address: ['provider', ...labels, ...alias].join('.'),
      kind: 'provider',
      body,
      schema: provider?.configuration,
      unknownType: false,
    });
  }
  for (const kind of ['resource', 'data'] as const) {
    for (const { labels, body } of blocks(json[kind], 2, kind, report)) {
      const [type] = labels;
      const provider = known.get(type.split('_')[0]);
      const schema = (kind === 'data' ? provider?.dataSources : provider?.resources)?.get(type);
      entries.push({
        address: [...(kind === 'data' ? [kind] : []), ...labels].join('.'),
        kind,
        body,
        schema,
        unknownType: provider !== undefined && schema === undefined,
      });
    }
  }
  return entries;
}

/** Unwraps labelled blocks. At each label Terraform JSON allows an object or a list of objects. */
export function* blocks(
  value: unknown,
  labelCount: number,
  path: string,
  report: (violation: string) => void,
): Generator<{ labels: string[]; body: unknown }> {
  for (const group of [value ?? []].flat()) {
    if (labelCount === 0) {
      yield { labels: [], body: group };
    } else if (!isObject(group)) {
      report(`${path}: must be object, is ${kindOf(group)}`);
    } else {
      for (const [label, inner] of Object.entries(group).filter(([name]) => name !== COMMENT)) {
        for (const { labels, body } of blocks(inner, labelCount - 1, `${path}.${label}`, report)) {
          yield { labels: [label, ...labels], body };
        }
      }
    }
  }
}
