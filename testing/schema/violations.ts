import { blocks, type Entry, entriesOf, providers } from './entries';
import { type Reference, referencesIn, referencesOfAddress } from './expressions';
import { blockWithMetaArguments, unknownBlocks } from './language';
import { type Block, isObject, type JsonObject } from './types';
import { COMMENT, checkBody, kindOf } from './values';
import { type SchemaOptions, schemaVersions } from './versions';

/** What configurations declare, by address; the block of what has a schema. */
type Declared = ReadonlyMap<string, Block | undefined>;

/**
 * What Terraform would refuse in synthesized Terraform JSON by the schemas of its providers; sorted, empty when all is
 * well. A number or a bool that is written as text is none, since Terraform converts it.
 *
 * @throws TestKitError when there is no schema of a version that is asked for
 */
export function schemaViolations(terraformJson: object, options: SchemaOptions = {}): string[] {
  if (!isObject(terraformJson)) return [`configuration must be object, is ${kindOf(terraformJson)}`];
  const found = new Set(unknownBlocks(terraformJson).map((name) => `unknown block "${name}"`));
  const entries = entriesOf(terraformJson, providers(schemaVersions(terraformJson, options)), (violation) =>
    found.add(violation),
  );
  const declared = declaredIn(terraformJson, entries);
  for (const entry of entries) {
    const report = (violation: string) => found.add(`${entry.address}: ${violation}`);
    if (entry.unknownType) report(`unknown ${entry.kind === 'data' ? 'data source' : entry.kind} type`);
    if (entry.schema) checkBody(blockWithMetaArguments(entry.schema, entry.kind), entry.body, '', report);
    if (isObject(entry.body)) checkMetaArguments(entry.body, entry.schema, declared, report);
  }
  checkReferences(terraformJson, entries, declared, found);
  return [...found].sort();
}

function declaredIn(json: JsonObject, entries: readonly Entry[]): Declared {
  const kinds = { variable: 'var', locals: 'local', module: 'module' };
  const names = Object.entries(kinds).flatMap(([kind, prefix]) =>
    [...blocks(json[kind], 1, kind, () => {})].map(({ labels }) => `${prefix}.${labels[0]}`),
  );
  return new Map([
    ...entries.map(({ address, schema }) => [address, schema] as const),
    ...names.map((name) => [name, undefined] as const),
  ]);
}

/** The meta-arguments that name something: these hold bare addresses, which are no templates. */
function checkMetaArguments(
  { depends_on, lifecycle, provider }: JsonObject,
  schema: Block | undefined,
  declared: Declared,
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
  declared: Declared,
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
  declared: Declared,
  report: (violation: string) => void,
): void {
  for (const { address, attribute } of references) {
    const schema = declared.get(address);
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
