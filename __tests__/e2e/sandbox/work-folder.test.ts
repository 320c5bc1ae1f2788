import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createWorkFolder, removeWorkFolder } from '../../../packages/sandbox/src/work-folder';

const ROOT = join(__dirname, '..', '..', '..');

/** A process that makes a work folder, prints it, and then does `what`. */
const program = (what: string) => `
  const { createWorkFolder, removeWorkFolder } = require('./packages/sandbox/src/work-folder');
  const { atExit } = require('./packages/sandbox/src/lifecycle');
  const folder = createWorkFolder();
  atExit(() => removeWorkFolder(folder));
  console.log(folder);
  ${what}`;

const node = (what: string) => ['--import', 'tsx', '--input-type=commonjs', '-e', program(what)];

test.each([
  ['exits', ''],
  ['exits by itself', 'process.exit(3)'],
  ['crashes', 'setTimeout(() => { throw new Error("crash") })'],
])('a process that %s leaves no folder', (_what, code) => {
  const { stdout } = spawnSync(process.execPath, node(code), { cwd: ROOT, encoding: 'utf8' });
  const folder = stdout.trim();
  expect(folder).toContain('okta-dev-portal-oidc-sandbox-');
  expect(existsSync(folder)).toBe(false);
});

test.each(['SIGINT', 'SIGTERM', 'SIGHUP'] as const)(
  '%s leaves no folder and ends the process',
  async (signal) => {
    const child = spawn(process.execPath, node('setInterval(() => {}, 1000)'), { cwd: ROOT });
    const [printed] = (await once(child.stdout, 'data')) as [Buffer];
    child.kill(signal);
    const [code, by] = (await once(child, 'close')) as [number | null, string | null];
    expect([code, by]).toEqual([null, signal]);
    expect(existsSync(printed.toString().trim())).toBe(false);
  },
);

test('the folder of a process that was killed goes with the next start', () => {
  const { pid } = spawnSync(process.execPath, ['-e', '']);
  const abandoned = join(tmpdir(), `okta-dev-portal-oidc-sandbox-${pid}-abc`);
  mkdirSync(abandoned);
  const mine = createWorkFolder();
  const other = createWorkFolder();
  expect(existsSync(abandoned)).toBe(false);
  expect([existsSync(mine), existsSync(other)]).toEqual([true, true]);
  removeWorkFolder(mine);
  removeWorkFolder(other);
  expect(existsSync(mine)).toBe(false);
});
