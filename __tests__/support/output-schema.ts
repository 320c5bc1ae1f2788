import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv, type ValidateFunction } from 'ajv';

const SCHEMAS = join(__dirname, '..', '..', 'schema');

/** Compiled schemas by command. */
const validators = new Map<string, ValidateFunction>();

/**
 * Parses the output of a command with `--json`. Throws if it is not one document that matches the schema of the command.
 */
export function requireOutputSchema(command: string, output: string): { readonly ok: boolean } {
  const validate = validators.get(command) ?? compile(command);
  validators.set(command, validate);
  const document: { readonly ok: boolean } = JSON.parse(output);
  if (!validate(document)) {
    throw new Error(`${command} --json: ${JSON.stringify(validate.errors, null, 2)}\n${output}`);
  }
  return document;
}

function compile(command: string): ValidateFunction {
  return new Ajv({ allErrors: true }).compile(
    JSON.parse(readFileSync(join(SCHEMAS, `${command}.schema.json`), 'utf8')),
  );
}
