import { existsSync, readdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { createGenerator } from 'ts-json-schema-generator';

/*
 * Writes a JSON Schema of the `--json` output of each command, from the types in cli/<command>/output.ts, into schema or
 * the folder that is named.
 */
const root = join(__dirname, '..');
const target = resolve(process.argv[2] ?? join(root, 'schema'));

const commands = readdirSync(join(root, 'cli')).filter((name) =>
  existsSync(join(root, 'cli', name, 'output.ts')),
);
for (const command of commands) {
  const type = `${command.charAt(0).toUpperCase()}${command.slice(1)}Output`;
  const { $schema, definitions, $ref } = createGenerator({
    path: join(root, 'cli', command, 'output.ts'),
    tsconfig: join(root, 'tsconfig.json'),
    type,
    additionalProperties: false,
    // The compiler of the project has checked them.
    skipTypeCheck: true,
  }).createSchema(type);
  const schema = {
    $schema,
    title: `Output of okta-dev-portal-oidc ${command} --json`,
    $ref,
    definitions,
  };
  writeFileSync(join(target, `${command}.schema.json`), `${JSON.stringify(schema, undefined, 2)}\n`);
}
