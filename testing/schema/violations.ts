import { blocks, type Entry, entriesOf, providers } from './entries';
import { type Reference, referencesIn, referencesOfAddress } from './expressions';
import { blockWithMetaArguments, unknownBlocks } from './language';
import { type Block, isObject, type JsonObject } from './types';
import { COMMENT, checkBody, kindOf } from './values';
import { type SchemaOptions, schemaVersions } from './versions';

/** A resource, data source, provider, variable, local value or module of a configuration. */
interface Declaration {
  /** `undefined` without a schema. */
  readonly schema?: Block;
  /** The meta-argument that makes several instances. */
  readonly repetition?: string;
}

/** Declarations by address. */
type Declarations = ReadonlyMap<string, Declaration>;

/**
 * Finds what Terraform would reject in synthesized JSON by the schemas of its providers. Numbers and bools as text are
 * valid: Terraform converts them.
 *
 * @returns the violations, sorted. Empty for a valid configuration
 * @throws TestKitError if there is no schema of a version
 */
export function schemaViolations(terraformJson: object, options: SchemaOptions = {}): string[] {
  if (!isObject(terraformJson)) {
    return [`configuration must be object, is ${kindOf(terraformJson)}`];
  }
  const found = new Set(unknownBlocks(terraformJson).map((name) => `unknown block "${name}"`));
  const entries = entriesOf(terraformJson, providers(schemaVersions(terraformJson, options)), (violation) =>
    found.add(violation),
  );
  const declared = declarationsIn(terraformJson, entries);
  for (const entry of entries) {
    const report = (violation: string) => found.add(`${entry.address}: ${violation}`);
    if (entry.unknownType) {
      report(`unknown ${entry.kind === 'data' ? 'data source' : entry.kind} type`);
    }
    if (entry.schema) {
      checkBody(blockWithMetaArguments(entry.schema, entry.kind), entry.body, '', report);
    }
    if (isObject(entry.body)) {
      checkMetaArguments(entry.body, entry.schema, declared, report);
    }
  }
  checkReferences(terraformJson, entries, declared, found);
  return [...found].sort();
}

function declarationsIn(json: JsonObject, entries: readonly Entry[]): Declarations {
  const kinds = { variable: 'var', locals: 'local', module: 'module' };
  const others = Object.entries(kinds).flatMap(([kind, prefix]) =>
    [...blocks(json[kind], 1, kind, () => {})].map(
      ({ labels, body }) =>
        [
          `${prefix}.${labels[0]}`,
          { repetition: kind === 'module' ? repetitionOf(body) : undefined },
        ] as const,
    ),
  );
  return new Map<string, Declaration>([
    ...entries.map(
      ({ address, schema, body }) => [address, { schema, repetition: repetitionOf(body) }] as const,
    ),
    ...others,
  ]);
}

function repetitionOf(body: unknown): string | undefined {
  return ['for_each', 'count'].find(
    (name) => isObject(body) && ![undefined, null].includes(body[name] as null),
  );
}

/** Meta-arguments with addresses, which are not templates. */
function checkMetaArguments(
  { depends_on, lifecycle, provider }: JsonObject,
  schema: Block | undefined,
  declared: Declarations,
  report: (violation: string) => void,
): void {
  const lifecycles = [lifecycle].flat().filter(isObject);
  const triggers = lifecycles.flatMap(({ replace_triggered_by }) => strings(replace_triggered_by));
  for (const address of [...strings(depends_on), ...triggers]) {
    checkDeclared(referencesOfAddress(address), declared, report);
  }
  for (const path of lifecycles.flatMap(({ ignore_changes }) => strings(ignore_changes))) {
    const name = path.split(/[.[]/)[0];
    if (schema && path !== 'all' && !hasMember(schema, name)) {
      report(`lifecycle.ignore_changes names unknown attribute "${name}"`);
    }
  }
  // Terraform configures a provider without alias by itself.
  const [alias] = strings(provider).map((name) => name.replace(/^\$\{(.*)\}$/, '$1'));
  if (alias?.includes('.') && !declared.has(`provider.${alias}`)) {
    report(`reference to undeclared provider "${alias}"`);
  }
}

function checkReferences(
  json: JsonObject,
  entries: readonly Entry[],
  declared: Declarations,
  found: Set<string>,
): void {
  const checkIn = (address: string, value: unknown) => {
    const iterators = new Set(iteratorsIn(value));
    for (const text of textsIn(value)) {
      checkDeclared(referencesIn(text, iterators), declared, (violation) =>
        found.add(`${address}: ${violation}`),
      );
    }
  };
  for (const { address, body } of entries) {
    checkIn(address, body);
  }
  // Other blocks have at most one label. `terraform` and `variable` cannot refer to a resource.
  for (const [kind, value] of Object.entries(json)) {
    if (!['resource', 'data', 'provider', 'terraform', 'variable', COMMENT].includes(kind)) {
      for (const { labels, body } of blocks(value, 1, kind, () => {})) {
        checkIn(`${kind}.${labels[0]}`, body);
      }
    }
  }
}

function checkDeclared(
  references: readonly Reference[],
  declared: Declarations,
  report: (violation: string) => void,
): void {
  for (const { address, attribute, hasKey } of references) {
    const declaration = declared.get(address);
    if (!declaration) {
      report(`reference to undeclared "${address}"`);
    } else if (attribute && declaration.schema && !hasMember(declaration.schema, attribute)) {
      report(`reference to unknown attribute "${address}.${attribute}"`);
    } else if (attribute && declaration.repetition && !hasKey) {
      report(`reference to "${address}.${attribute}" without instance key: it has ${declaration.repetition}`);
    }
  }
}

function hasMember({ attributes, blocks: nested }: Block, name: string): boolean {
  return attributes.has(name) || nested.has(name);
}

function* textsIn(value: unknown): Generator<string> {
  if (typeof value === 'string') {
    yield value;
  } else if (Array.isArray(value)) {
    for (const item of value) {
      yield* textsIn(item);
    }
  } else if (isObject(value)) {
    for (const [key, inner] of Object.entries(value)) {
      if (key !== COMMENT) {
        yield key;
        yield* textsIn(inner);
      }
    }
  }
}

/** The names of the current item in `dynamic` blocks. */
function* iteratorsIn(value: unknown): Generator<string> {
  if (Array.isArray(value)) {
    for (const item of value) {
      yield* iteratorsIn(item);
    }
  } else if (isObject(value)) {
    for (const [key, inner] of Object.entries(value)) {
      if (key === 'dynamic') {
        for (const { labels, body } of blocks(inner, 1, key, () => {})) {
          yield isObject(body) && typeof body.iterator === 'string' ? body.iterator : labels[0];
        }
      }
      yield* iteratorsIn(inner);
    }
  }
}

function strings(value: unknown): string[] {
  return (Array.isArray(value) ? value : [value]).filter((item) => typeof item === 'string');
}
