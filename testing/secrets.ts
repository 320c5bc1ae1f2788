import { type Entry, entriesOf, providers } from './schema/entries';
import { type Attributes, type Block, isObject, type ValueType } from './schema/types';
import { schemaVersions } from './schema/versions';

/** Credentials of a provider have no mark in every schema; they are known by their names. */
const CREDENTIAL = /(token|secret|password|private_key)$/;

/** Environment variables whose values have no place in a configuration. */
const SECRET_VARIABLE = /(TOKEN|SECRET|PASSWORD|PRIVATE_KEY|API_KEY)$/;

/** Shorter values occur by chance. */
const SECRET_MIN_LENGTH = 8;

/**
 * Secrets that are written into Terraform JSON, where every reader of the repository or of an artifact finds
 * them; sorted, empty when all is well.
 *
 * These are literal values of attributes that are sensitive by the pinned schemas, literal credentials of
 * providers, and values of the environment's secrets, wherever they stand.
 */
export function writtenSecrets(
  configuration: object,
  environment: { readonly [name: string]: string | undefined } = process.env,
): string[] {
  const found: string[] = [];
  const known = providers(schemaVersions(configuration, {}));
  for (const { address, body, schema, kind } of entriesOf(configuration as never, known, () => {})) {
    if (schema) {
      const at = (path: string) => found.push(`${address}: ${path} is written into the configuration`);
      inBlock(schema, body, '', kind, at);
    }
  }
  const text = JSON.stringify(configuration);
  for (const [name, value] of Object.entries(environment)) {
    if (SECRET_VARIABLE.test(name) && value && value.length >= SECRET_MIN_LENGTH) {
      const written = JSON.stringify(value).slice(1, -1);
      if (text.includes(written)) {
        found.push(`the value of ${name} is written into the configuration`);
      }
    }
  }
  return found.sort();
}

type Report = (path: string) => void;

function inBlock(block: Block, body: unknown, prefix: string, kind: Entry['kind'], report: Report): void {
  for (const each of [body].flat()) {
    if (isObject(each)) {
      inAttributes(block.attributes, each, prefix, kind, report);
      for (const [name, nested] of block.blocks) {
        inBlock(nested.block, each[name], `${prefix}${name}.`, kind, report);
      }
    }
  }
}

function inAttributes(
  attributes: Attributes,
  body: { readonly [name: string]: unknown },
  prefix: string,
  kind: Entry['kind'],
  report: Report,
): void {
  for (const [name, { sensitive, type }] of attributes) {
    const isSecret = sensitive || (kind === 'provider' && CREDENTIAL.test(name));
    if (isSecret && isLiteral(body[name])) {
      report(`${prefix}${name}`);
    }
    inValue(type, body[name], `${prefix}${name}.`, kind, report);
  }
}

function inValue(type: ValueType, value: unknown, prefix: string, kind: Entry['kind'], report: Report): void {
  if (type.kind === 'object' && isObject(value)) {
    inAttributes(type.attributes, value, prefix, kind, report);
  } else if ('element' in type && typeof value === 'object' && value !== null) {
    for (const each of Object.values(value)) {
      inValue(type.element, each, prefix, kind, report);
    }
  }
}

/** A text without an expression. */
function isLiteral(value: unknown): boolean {
  return typeof value === 'string' && value !== '' && !/(?<!\$)\$\{/.test(value);
}
