import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

const ROOT = join(__dirname, '..', '..');

/** A process with a terminal that runs three steps. */
const PROGRAM = `
  const { Console } = require('./cli/console');
  const { Outcome, runSteps } = require('./cli/progress');
  const io = { env: {}, cwd: '.', isTerminal: true, stdout: () => {}, stderr: () => {} };
  const console_ = new Console(io, false);
  console_.redactor.add('a-secret-value');
  runSteps(
    [
      { title: 'First', run: async () => Outcome.ok('with a-secret-value') },
      { title: 'Second', run: async () => Outcome.failed('broken', 'mend it') },
      { title: 'Third', run: async () => Outcome.skipped('needs Second') },
    ],
    console_,
    false,
  );`;

test('on a terminal the steps are shown live, with their remedies and without secrets', () => {
  const { status, stdout } = spawnSync(
    process.execPath,
    ['--import', 'tsx', '--input-type=commonjs', '-e', PROGRAM],
    {
      cwd: ROOT,
      encoding: 'utf8',
      env: { ...process.env, LISTR_FORCE_TTY: '1', COLUMNS: '120', NO_COLOR: '1' },
    },
  );
  expect(status).toBe(0);
  for (const text of ['✔ First: with ********', '✖ Second: broken', '→ mend it', 'Third: needs Second']) {
    expect(stdout).toContain(text);
  }
  expect(stdout).not.toContain('a-secret-value');
});
