import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { CommandSetup } from '../../support/command-setup';

let setup: CommandSetup;

beforeEach(async () => {
  setup = await CommandSetup.create();
});

afterEach(() => setup.stop());

const adopt = (...options: string[]) => setup.command.run('adopt', ...options);
const path = () => join(setup.command.folder, 'main.ts');
const read = () => readFileSync(path(), 'utf8');

test('writes the app that --print-app prints to a new file', async () => {
  const { stdout: printed } = await adopt('--print-app');
  const { exitCode, stdout, stderr } = await adopt('--write-app', 'main.ts');
  expect([exitCode, stdout]).toEqual([0, '']);
  expect(stderr).toContain('✓ Portal MyDevPortal: ');
  expect(stderr).toMatch(/\nWrote main\.ts\.\n$/);
  expect(read()).toBe(printed);
});

test('names the file in the JSON', async () => {
  const { stdout } = await adopt('--write-app', 'main.ts', '--only', 'portal', '--json');
  const { app, file } = JSON.parse(stdout) as { app: string; file: string };
  expect(file).toBe(path());
  expect(read()).toBe(`${app}\n`);
});

test('replaces a file only with --overwrite, and asks nothing before', async () => {
  writeFileSync(path(), 'my app');
  setup.sandbox.requests.clear();
  const { exitCode, stderr } = await adopt('--write-app', 'main.ts');
  expect(stderr).toBe(`${path()} already exists\n    → Name another file, or replace it with --overwrite.\n`);
  expect([exitCode, read(), setup.sandbox.requests.all()]).toEqual([2, 'my app', []]);
  expect((await adopt('--write-app', 'main.ts', '--overwrite')).exitCode).toBe(0);
  expect(read()).toContain('new OktaDevPortalOidc(');
});

test('keeps the file when no app is found', async () => {
  writeFileSync(path(), 'my app');
  await setup.made.addUnregisteredClient();
  const { exitCode, stderr } = await adopt('--write-app', 'main.ts', '--overwrite');
  expect(stderr).toContain('Fix the errors and run this again. No app was written.');
  expect([exitCode, read(), readdirSync(setup.command.folder)]).toEqual([
    1,
    'my app',
    ['main.ts', 'state.json'],
  ]);
});

test.each([
  [
    'with --print-app',
    ['--write-app', 'main.ts', '--print-app'],
    '--print-app has no effect with --write-app',
  ],
  ['in a missing folder', ['--write-app', 'none/main.ts'], 'none/main.ts cannot be written'],
  [
    'with --overwrite alone',
    ['--overwrite'],
    '--overwrite has no effect without --write-app\n    → Add --write-app <file>, or leave --overwrite out.',
  ],
])('refuses it %s', async (_, options, message) => {
  const { exitCode, stderr } = await adopt(...options);
  expect(stderr).toContain(message);
  expect([exitCode, existsSync(path())]).toEqual([2, false]);
});
