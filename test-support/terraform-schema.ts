import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { type Reference, referencesIn, referencesOfAddress } from './terraform-expressions';
import { blockWithMetaArguments, terraformProvider } from './terraform-language';
import { type Block, isObject, type JsonObject, type Provider, parseProviders } from './terraform-types';
import { COMMENT, checkBody, kindOf } from './terraform-values';

export interface SchemaOptions {
  /** @default '4.20.0', which the bindings are generated from */
  readonly okta?: '4.20.0' | '6.12.0';
  /** @default '3.19.0', which the bindings are generated from; 3.20 has one resource more, 3.21 three */
  readonly konnect?: '3.19.0' | '3.20' | '3.21';
}

/** A resource, data source or provider of a configuration. */
interface Entry {
  readonly address: string;
  readonly kind: 'resource' | 'data' | 'provider';
  readonly body: unknown;
  /** Undefined for what belongs to a provider that we hold no schema of. */
  readonly schema?: Block;
  readonly unknownType: boolean;
}

const rootDir = resolve(__dirname, '..');
const schemaDirs = {
  konnect: join(rootDir, 'packages', 'konnect-cdktf-bindings', 'schema'),
  okta: join(rootDir, 'test-support', 'schemas'),
};

const parsed = new Map<string, ReadonlyMap<string, Provider>>();

/** What a provider would refuse in synthesized Terraform JSON; sorted, empty when all is well. */
export function schemaViolations(terraformJson: object, options: SchemaOptions = {}): string[] {
  const found = new Set<string>();
  if (!isObject(terraformJson)) return [`configuration must be object, is ${kindOf(terraformJson)}`];
  const entries = entriesOf(terraformJson, providers(options), (violation) => found.add(violation));
  const declared = new Map(entries.map((entry) => [entry.address, entry]));
  for (const entry of entries) {
    const report = (violation: string) => found.add(`${entry.address}: ${violation}`);
    if (entry.unknownType) report(`unknown ${entry.kind === 'data' ? 'data source' : entry.kind} type`);
    if (entry.schema) checkBody(blockWithMetaArguments(entry.schema, entry.kind), entry.body, '', report);
    if (isObject(entry.body)) checkMetaArguments(entry.body, entry.schema, declared, report);
  }
  checkReferences(terraformJson, entries, declared, found);
  return [...found].sort();
}

/** Fails the test with the violations of the configuration, given as an object or as `Testing.synth` gives it. */
export function expectValid(terraformJson: object | string, options?: SchemaOptions): void {
  const json: unknown = typeof terraformJson === 'string' ? JSON.parse(terraformJson) : terraformJson;
  expect(schemaViolations(Object(json), options)).toEqual([]);
}

function providers({ okta = '4.20.0', konnect = '3.19.0' }: SchemaOptions): ReadonlyMap<string, Provider> {
  const [pinned] = providersIn(join(schemaDirs.konnect, 'konnect@3.19.0.json')).values();
  const later = {
    '3.20': join(schemaDirs.okta, 'konnect-additions-3.20.json'),
    '3.21': join(schemaDirs.konnect, 'additions-3.21.json'),
  };
  const added = Object.entries(later)
    .filter(([version]) => version <= konnect)
    .flatMap(([, file]) => [...providersIn(file).values()].flatMap(({ resources }) => [...resources]));
  return new Map([
    ['konnect', { ...pinned, resources: new Map([...pinned.resources, ...added]) }],
    ...providersIn(join(schemaDirs.okta, `okta@${okta}.json`)),
    ['terraform', terraformProvider],
  ]);
}

function providersIn(file: string): ReadonlyMap<string, Provider> {
  const known = parsed.get(file) ?? parseProviders(JSON.parse(readFileSync(file, 'utf8')));
  parsed.set(file, known);
  return known;
}

function entriesOf(
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
  for (const kind of ['resource', 'data'] as const)
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
  return entries;
}

/** Unwraps labelled blocks: at each label Terraform JSON takes an object or a list of objects. */
function* blocks(
  value: unknown,
  labelCount: number,
  path: string,
  report: (violation: string) => void,
): Generator<{ labels: string[]; body: unknown }> {
  for (const group of value === undefined || value === null ? [] : Array.isArray(value) ? value : [value]) {
    if (labelCount === 0) yield { labels: [], body: group };
    else if (!isObject(group)) report(`${path}: must be object, is ${kindOf(group)}`);
    else
      for (const [label, inner] of Object.entries(group))
        if (label !== COMMENT)
          for (const { labels, body } of blocks(inner, labelCount - 1, `${path}.${label}`, report))
            yield { labels: [label, ...labels], body };
  }
}

/** The meta-arguments that name something: these hold bare addresses, which are no templates. */
function checkMetaArguments(
  { depends_on, lifecycle, provider }: JsonObject,
  schema: Block | undefined,
  declared: ReadonlyMap<string, Entry>,
  report: (violation: string) => void,
): void {
  const lifecycles = [lifecycle].flat().filter(isObject);
  const triggers = lifecycles.flatMap(({ replace_triggered_by }) => strings(replace_triggered_by));
  for (const address of [...strings(depends_on), ...triggers])
    checkDeclared(referencesOfAddress(address), declared, report);
  for (const path of lifecycles.flatMap(({ ignore_changes }) => strings(ignore_changes))) {
    const name = path.split(/[.[]/)[0];
    if (schema && path !== 'all' && !schema.attributes.has(name) && !schema.blocks.has(name))
      report(`lifecycle.ignore_changes names unknown attribute "${name}"`);
  }
  // Without an alias Terraform configures a provider by itself.
  const [alias] = strings(provider).map((name) => name.replace(/^\$\{(.*)\}$/, '$1'));
  if (alias?.includes('.') && !declared.has(`provider.${alias}`))
    report(`dangling reference to provider "${alias}"`);
}

function checkReferences(
  json: JsonObject,
  entries: readonly Entry[],
  declared: ReadonlyMap<string, Entry>,
  found: Set<string>,
): void {
  const checkIn = (address: string, value: unknown) => {
    const iterators = new Set(iteratorsIn(value));
    for (const text of textsIn(value))
      checkDeclared(referencesIn(text, iterators), declared, (violation) =>
        found.add(`${address}: ${violation}`),
      );
  };
  for (const { address, body } of entries) checkIn(address, body);
  // The others have one label at most; what is in `terraform` and `variable` cannot refer to a resource.
  for (const [kind, value] of Object.entries(json))
    if (!['resource', 'data', 'provider', 'terraform', 'variable', COMMENT].includes(kind))
      for (const { labels, body } of blocks(value, 1, kind, () => {})) checkIn(`${kind}.${labels[0]}`, body);
}

function checkDeclared(
  references: readonly Reference[],
  declared: ReadonlyMap<string, Entry>,
  report: (violation: string) => void,
): void {
  for (const { address, attribute } of references) {
    const schema = declared.get(address)?.schema;
    if (!declared.has(address)) report(`dangling reference to "${address}"`);
    else if (schema && attribute && !schema.attributes.has(attribute) && !schema.blocks.has(attribute))
      report(`reference to unknown attribute "${address}.${attribute}"`);
  }
}

function* textsIn(value: unknown): Generator<string> {
  if (typeof value === 'string') yield value;
  else if (Array.isArray(value)) for (const item of value) yield* textsIn(item);
  else if (isObject(value))
    for (const [key, inner] of Object.entries(value))
      if (key !== COMMENT) {
        yield key;
        yield* textsIn(inner);
      }
}

/** The names that stand for the current item in `dynamic` blocks. */
function* iteratorsIn(value: unknown): Generator<string> {
  if (Array.isArray(value)) for (const item of value) yield* iteratorsIn(item);
  else if (isObject(value))
    for (const [key, inner] of Object.entries(value)) {
      if (key === 'dynamic')
        for (const { labels, body } of blocks(inner, 1, key, () => {}))
          yield isObject(body) && typeof body.iterator === 'string' ? body.iterator : labels[0];
      yield* iteratorsIn(inner);
    }
}

function strings(value: unknown): string[] {
  return (Array.isArray(value) ? value : [value]).filter((item) => typeof item === 'string');
}
