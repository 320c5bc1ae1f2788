import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { CommandRunner } from '../support/command';
import { requireOutputSchema } from '../support/output-schema';

const ROOT = resolve(__dirname, '..', '..');
const folder = mkdtempSync(join(tmpdir(), 'output-schemas-'));

beforeAll(() => {
  const script = join(ROOT, 'scripts', 'output-schemas.ts');
  execFileSync(process.execPath, ['--import', 'tsx', script, folder], { cwd: ROOT });
});

afterAll(() => rmSync(folder, { recursive: true }));

/** Names of the commands with `--json`, from the help. */
async function commands(): Promise<string[]> {
  const runner = new CommandRunner({});
  try {
    const { stdout } = await runner.run('--help');
    const names = [...stdout.matchAll(/^ {2}([a-z]+) \[options\]/gm)].map(([, name = '']) => name);
    const helps = await Promise.all(names.map((name) => runner.run(name, '--help')));
    return names.filter((_, index) => helps[index]?.stdout.includes('--json'));
  } finally {
    runner.remove();
  }
}

test('every command with --json has a schema of its output, and it is up to date', async () => {
  const files = readdirSync(folder);
  expect(files.sort()).toEqual((await commands()).map((name) => `${name}.schema.json`).sort());
  for (const file of files) {
    const [written, generated] = [join(ROOT, 'schema'), folder].map((parent) =>
      JSON.parse(readFileSync(join(parent, file), 'utf8')),
    );
    // `npm run docs` updates it.
    expect(written).toEqual(generated);
  }
});

test('every member of an output is described, and no other is allowed', () => {
  const objects = readdirSync(folder).flatMap((file) => {
    const { definitions } = JSON.parse(readFileSync(join(folder, file), 'utf8'));
    return Object.entries<{ type: string; additionalProperties?: boolean; properties?: object }>(
      definitions,
    ).filter(([, { type }]) => type === 'object');
  });
  expect(objects).not.toEqual([]);
  for (const [name, { additionalProperties, properties = {} }] of objects) {
    expect([name, additionalProperties]).toEqual([name, false]);
    const silent = Object.entries(properties).filter(([, member]) => !member.description && !member.$ref);
    expect([name, silent.map(([member]) => member)]).toEqual([name, []]);
  }
});

test('an unknown member and a second document are refused', () => {
  const failure = { ok: false, error: 'x', remedy: 'y' };
  requireOutputSchema('verify', JSON.stringify(failure));
  expect(() => requireOutputSchema('verify', JSON.stringify({ ...failure, more: 1 }))).toThrow('more');
  expect(() => requireOutputSchema('verify', `${JSON.stringify(failure)}{}`)).toThrow(SyntaxError);
});
