import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

const ROOT = join(__dirname, '..', '..', '..');

/** A script that runs steps as on a terminal. */
const program = (steps: string) => `
  const { Console } = require('./cli/console');
  const { Outcome, runSteps } = require('./cli/progress');
  const io = { env: {}, cwd: '.', isTerminal: true, stdout: () => {}, stderr: () => {} };
  const console_ = new Console(io, false);
  console_.redactor.add('a-secret-value');
  runSteps(${steps}, console_, false).catch(({ message }) => {
    process.exitCode = 7;
    process.stderr.write(message);
  });`;

/** Runs steps in another process. */
function run(
  steps: string,
  env: { readonly [name: string]: string } = { NO_COLOR: '1' },
  args: string[] = [],
) {
  const { NO_COLOR: _, FORCE_COLOR: __, CI: ___, ...rest } = process.env;
  const node = ['--import', 'tsx', '--input-type=commonjs', '-e', program(steps), '--', ...args];
  return spawnSync(process.execPath, node, {
    cwd: ROOT,
    encoding: 'utf8',
    env: { ...rest, LISTR_FORCE_TTY: '1', COLUMNS: '120', ...env },
  });
}

test('a terminal shows steps live, with remedies and without secrets', () => {
  const { status, stdout } = run(`[
    { title: 'First a-secret-value', run: async () => Outcome.ok('with a-secret-value') },
    { title: 'Second', run: async () => Outcome.failed('broken a-secret-value', 'fix it') },
    { title: 'Third', run: async () => Outcome.skipped('needs Second a-secret-value') },
  ]`);
  expect(status).toBe(0);
  for (const text of [
    '✔ First ********: with ********',
    '✖ Second: broken ********',
    '→ fix it',
    'Third: needs Second ********',
  ]) {
    expect(stdout).toContain(text);
  }
  expect(stdout).not.toContain('a-secret-value');
});

test('a crash ends the command, also on a terminal', () => {
  const { status, stdout, stderr } = run(`[
    { title: 'First', run: async () => { throw new RangeError('a mistake'); } },
    { title: 'Second', run: async () => Outcome.ok('was done') },
  ]`);
  expect([status, stderr]).toEqual([7, expect.stringContaining('a mistake')]);
  expect(stdout).toContain('✖ First');
  expect(stdout).toContain('Second: not done');
  expect(stdout).not.toContain('was done');
});

describe('colors', () => {
  /** Green, the color of a tick. */
  const COLOR = '\u001b[32m';
  const steps = "[{ title: 'First', run: async () => Outcome.ok('done') }]";

  test('are printed on a terminal that has them', () => {
    expect(run(steps, { FORCE_COLOR: '1' }).stdout).toContain(COLOR);
  });

  test.each<[string, { [name: string]: string }, string[]]>([
    ['NO_COLOR', { NO_COLOR: '1' }, []],
    ['--no-color', { FORCE_COLOR: '1' }, ['--no-color']],
  ])('are turned off by %s', (_, env, args) => {
    const { stdout } = run(steps, env, args);
    expect(stdout).toContain('First: done');
    expect(stdout).not.toContain(COLOR);
  });
});
