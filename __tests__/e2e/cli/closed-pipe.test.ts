import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { describeWithTerraform } from '../../support/sandbox';

const ROOT = resolve(__dirname, '..', '..', '..');
const TSX = pathToFileURL(require.resolve('tsx')).href;

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'closed-pipe-'));
});

afterEach(() => rmSync(folder, { recursive: true }));

/** Runs a script whose reader of one stream is gone. Returns the exit code and what it prints to the other stream. */
async function withoutReader(of: 'stdout' | 'stderr', script: string, ...args: string[]) {
  const child = spawn(process.execPath, ['--import', TSX, join(ROOT, script), ...args], {
    cwd: folder,
    env: { ...process.env, CDKTF_OUTDIR: join(folder, 'cdktf.out') },
  });
  child[of].destroy();
  let printed = '';
  child[of === 'stdout' ? 'stderr' : 'stdout'].setEncoding('utf8').on('data', (text: string) => {
    printed += text;
  });
  const exitCode = await new Promise((done) => child.on('close', done));
  return { exitCode, printed };
}

test('a command ends quietly without a reader of stdout', async () => {
  expect(await withoutReader('stdout', 'cli/main.ts', '--help')).toEqual({ exitCode: 0, printed: '' });
});

test('a command keeps its exit code without a reader of stderr', async () => {
  expect(await withoutReader('stderr', 'cli/main.ts', 'verify')).toEqual({ exitCode: 2, printed: '' });
});

test('the sandbox ends without a reader of its environment', async () => {
  const { exitCode, printed } = await withoutReader('stdout', 'packages/sandbox/src/command.ts');
  expect(exitCode).toBe(0);
  expect(printed).not.toContain('EPIPE');
});

describeWithTerraform('npm start --keep', () => {
  test('ends without a reader', async () => {
    expect(await withoutReader('stdout', 'scripts/start.ts', '--keep')).toEqual({ exitCode: 0, printed: '' });
  }, 120_000);
});
