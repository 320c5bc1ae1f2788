import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv } from 'ajv';

const SCHEMAS = join(__dirname, '..', '..', 'schema');

/** Keeps the compiled schemas by command. */
const ajv = new Ajv({ allErrors: true });

/**
 * Parses the output of a command with `--json`. Throws if it is not one document that matches the schema of the command.
 */
export function requireOutputSchema(command: string, output: string): { readonly ok: boolean } {
  if (!ajv.getSchema(command)) {
    ajv.addSchema(JSON.parse(readFileSync(join(SCHEMAS, `${command}.schema.json`), 'utf8')), command);
  }
  const document: { readonly ok: boolean } = JSON.parse(output);
  if (!ajv.validate(command, document)) {
    throw new Error(`${command} --json: ${JSON.stringify(ajv.errors, null, 2)}\n${output}`);
  }
  return document;
}
