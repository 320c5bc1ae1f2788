import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv, type ValidateFunction } from 'ajv';

const SCHEMAS = join(__dirname, '..', '..', 'schema');

/** Compiled schemas by command. */
const validators = new Map<string, ValidateFunction>();

/** Throws if the output of a command with `--json` is not one document that matches the schema of the command. */
export function requireOutputSchema(command: string, output: string): void {
  const validate = validators.get(command) ?? compile(command);
  validators.set(command, validate);
  if (!validate(JSON.parse(output))) {
    throw new Error(`${command} --json: ${JSON.stringify(validate.errors, null, 2)}\n${output}`);
  }
}

function compile(command: string): ValidateFunction {
  return new Ajv({ allErrors: true }).compile(
    JSON.parse(readFileSync(join(SCHEMAS, `${command}.schema.json`), 'utf8')),
  );
}
