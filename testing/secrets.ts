import { CREDENTIAL, SECRET_TEXT, SECRET_VARIABLE, VAULT_REFERENCE } from '../cli/secret-names';
import { blocks, entriesOf, providers } from './schema/entries';
import { type Attributes, type Block, isObject, type JsonObject, type ValueType } from './schema/types';
import { COMMENT } from './schema/values';
import { schemaVersions } from './schema/versions';
import { literalOf, SECRET_MIN_LENGTH } from './secret-literals';

/** Attributes with settings as JSON. Other JSON, such as specifications, contains examples. */
const JSON_SETTINGS = /^(additional_properties|profile|\w+_json)$/;

/** A name and its text in JSON whose expressions are removed. */
const JSON_PAIR = /"((?:[^"\\]|\\.)*)"\s*:\s*\[?\s*"((?:[^"\\]|\\.)*)"/g;

type Environment = { readonly [name: string]: string | undefined };
type Report = (path: string, isPart: boolean) => void;

/**
 * Finds secrets in Terraform JSON, where everyone who reads the repository or an artifact finds them.
 *
 * These are literal values of attributes that are sensitive by the pinned schemas or called a token, secret, password or
 * key, of sensitive variables and outputs, and of credentials of backends, also as a part of an expression. Values of
 * secret environment variables are found anywhere.
 *
 * @returns the places of the secrets, sorted. Empty without secrets
 */
export function writtenSecrets(configuration: object, environment: Environment = process.env): string[] {
  const json = configuration as JsonObject;
  const found = new Set<string>();
  const reportIn =
    (address: string): Report =>
    (path, isPart) =>
      found.add(`${address}: ${path} is ${isPart ? 'partly ' : ''}written into the configuration`);
  const known = providers(schemaVersions(json, {}));
  for (const { address, body, schema, kind } of entriesOf(json, known, () => {})) {
    const isRemoteState = address.startsWith('data.terraform_remote_state.');
    if (schema && !isRemoteState) {
      inBlock(schema, body, '', reportIn(address));
    } else if (kind === 'provider' || isRemoteState) {
      inSettings(body, '', reportIn(address));
    }
  }
  for (const { backend, cloud } of [json.terraform].flat().filter(isObject)) {
    inSettings({ backend, cloud }, '', reportIn('terraform'));
  }
  const variables = sensitiveOnes(json, 'variable');
  for (const { name, body } of variables) {
    inTexts(body.default, 'default', reportIn(`variable.${name}`));
  }
  for (const { name, body } of sensitiveOnes(json, 'output')) {
    // A literal part of an output may not be secret.
    if (textsIn(body.value).every((text) => literalOf(text).isWhole)) {
      inTexts(body.value, 'value', reportIn(`output.${name}`));
    }
  }
  const names = variables.map(({ name }) => `TF_VAR_${name}`);
  for (const name of writtenVariables(json, environment, names)) {
    found.add(`the value of ${name} is written into the configuration`);
  }
  return [...found].sort();
}

function sensitiveOnes(
  json: JsonObject,
  kind: 'variable' | 'output',
): { readonly name: string; readonly body: JsonObject }[] {
  return [...blocks(json[kind], 1, kind, () => {})].flatMap(({ labels: [name], body }) =>
    isObject(body) && body.sensitive === true ? [{ name, body }] : [],
  );
}

/** Names of secret environment variables whose values are in the JSON. */
function writtenVariables(json: JsonObject, environment: Environment, more: readonly string[]): string[] {
  const text = JSON.stringify(json);
  return Object.entries(environment)
    .filter(([name]) => SECRET_VARIABLE.test(name) || more.includes(name))
    .filter(([, value]) => value && value.length >= SECRET_MIN_LENGTH)
    .filter(([, value]) => text.includes(JSON.stringify(value).slice(1, -1)))
    .map(([name]) => name);
}

function inBlock(block: Block, body: unknown, prefix: string, report: Report): void {
  for (const each of [body].flat()) {
    if (isObject(each)) {
      inAttributes(block.attributes, each, prefix, report);
      for (const [name, nested] of block.blocks) {
        inBlock(nested.block, each[name], `${prefix}${name}.`, report);
      }
    }
  }
}

function inAttributes(attributes: Attributes, body: JsonObject, prefix: string, report: Report): void {
  for (const [name, { sensitive, type }] of attributes) {
    if (sensitive || (isText(type) && CREDENTIAL.test(name))) {
      inTexts(body[name], `${prefix}${name}`, report);
    } else if (isText(type) && JSON_SETTINGS.test(name)) {
      inJson(body[name], `${prefix}${name}`, report);
    }
    inValue(type, body[name], `${prefix}${name}.`, report);
  }
}

function isText(type: ValueType): boolean {
  return type.kind === 'string' || ((type.kind === 'list' || type.kind === 'set') && isText(type.element));
}

function inValue(type: ValueType, value: unknown, prefix: string, report: Report): void {
  if (type.kind === 'object' && isObject(value)) {
    inAttributes(type.attributes, value, prefix, report);
  } else if ('element' in type && typeof value === 'object' && value !== null) {
    for (const each of Object.values(value)) {
      inValue(type.element, each, prefix, report);
    }
  }
}

/** Settings without a schema. */
function inSettings(value: unknown, path: string, report: Report): void {
  if (typeof value === 'string') {
    if (CREDENTIAL.test(path)) {
      inTexts(value, path, report);
    } else if (SECRET_TEXT.test(literalOf(value).text)) {
      report(path, true);
    }
  } else if (typeof value === 'object' && value !== null) {
    for (const [name, inner] of Object.entries(value)) {
      if (name !== COMMENT) {
        inSettings(inner, Array.isArray(value) ? path : `${path}${path && '.'}${name}`, report);
      }
    }
  }
}

/** Settings as JSON. Expressions in place of values make it unreadable, so pairs are searched then. */
function inJson(value: unknown, path: string, report: Report): void {
  for (const text of textsIn(value)) {
    try {
      inSettings(JSON.parse(text), path, report);
    } catch {
      for (const [, name, literal] of literalOf(text).text.matchAll(JSON_PAIR)) {
        if (CREDENTIAL.test(name) && literal.length >= SECRET_MIN_LENGTH) {
          report(`${path}.${name}`, true);
        }
      }
    }
  }
}

/** One or several secrets. */
function inTexts(value: unknown, path: string, report: Report): void {
  for (const each of textsIn(value)) {
    const { text, isWhole } = literalOf(each);
    if (text.length >= (isWhole ? 1 : SECRET_MIN_LENGTH) && !VAULT_REFERENCE.test(text)) {
      report(path, !isWhole);
    }
  }
}

function textsIn(value: unknown): string[] {
  if (typeof value === 'string') {
    return [value];
  }
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(textsIn) : [];
}
