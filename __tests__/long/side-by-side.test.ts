import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { Sandbox } from 'okta-dev-portal-oidc-sandbox';
import { describeWithTerraform, howToStack } from '../support/sandbox';

const ROOT = join(__dirname, '..', '..');

/** Deploys main.ts's Terraform JSON, and tells its folder before. */
const PROGRAM = `
  const { Sandbox } = require('./packages/sandbox/src');
  const { howToStack } = require('./__tests__/support/sandbox');
  Sandbox.start().then(async (sandbox) => {
    console.log(sandbox.folder);
    await sandbox.deploy(howToStack());
    console.log('deployed');
  });`;

describeWithTerraform('sandboxes', () => {
  test('deploy at the same time and know nothing of each other', async () => {
    const [one, two] = await Promise.all([Sandbox.start(), Sandbox.start()]);
    try {
      const empty = two.konnect.snapshot();
      // Both have one state, which Terraform locks: the second waits for its turn.
      const [first, planned] = await Promise.all([one.deploy(howToStack()), one.plan(howToStack())]);
      expect(first.changes.add).toBe(19);
      expect(planned.changes).toEqual([]);
      expect(two.konnect.snapshot()).toEqual(empty);
      const [{ changes }] = await Promise.all([two.deploy(howToStack()), one.destroy('how-to')]);
      expect(changes.add).toBe(19);
      expect((await two.plan(howToStack())).changes).toEqual([]);
    } finally {
      await Promise.all([one.stop(), two.stop()]);
    }
    expect([one.folder, two.folder].map((folder) => existsSync(folder))).toEqual([false, false]);
  }, 60_000);

  test('run nothing after they have been stopped', async () => {
    const sandbox = await Sandbox.start();
    const running = Promise.allSettled([sandbox.deploy(howToStack()), sandbox.destroy('how-to')]);
    // By then the first command has been started, and the second waits for it.
    await new Promise(setImmediate);
    await sandbox.stop();
    const ends = (await running).map((end) => (end.status === 'rejected' ? String(end.reason) : end.status));
    expect(ends[0]).toContain('failed (exit code null)');
    expect(ends[1]).toMatch(/^TerraformError: \S+ destroy was not run: the sandbox has been stopped$/);
    expect(existsSync(sandbox.folder)).toBe(false);
  }, 60_000);

  test('are gone after Ctrl-C in the middle of a deployment, Terraform too', async () => {
    const child = spawn(process.execPath, ['--import', 'tsx', '--input-type=commonjs', '-e', PROGRAM], {
      cwd: ROOT,
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    const [printed] = (await once(child.stdout, 'data')) as [Buffer];
    const folder = printed.toString().trim().split('\n')[0];
    try {
      const end = Date.now() + 20_000;
      let started: number[] = [];
      while (started.length === 0 && Date.now() < end) {
        started = terraforms((_pid, parent) => parent === child.pid);
        await new Promise((resolve) => setTimeout(resolve, 5));
      }
      expect(started).not.toEqual([]);
      child.kill('SIGINT');
      const [code, signal] = (await once(child, 'close')) as [number | null, string | null];
      expect([code, signal]).toEqual([null, 'SIGINT']);
      expect(existsSync(folder)).toBe(false);
      expect(terraforms((pid) => started.includes(pid))).toEqual([]);
    } finally {
      child.kill('SIGKILL');
    }
  }, 60_000);
});

/** Ids of the Terraform processes that a process has started, or that are among the given ones. */
function terraforms(belongs: (pid: number, parent: number) => boolean): number[] {
  const { stdout } = spawnSync('ps', ['-A', '-o', 'pid=,ppid=,comm='], { encoding: 'utf8' });
  return [...stdout.matchAll(/^ *(\d+) +(\d+) +.*(?:terraform|tofu)$/gm)]
    .map(([, pid, parent]) => [Number(pid), Number(parent)])
    .filter(([pid, parent]) => belongs(pid, parent))
    .map(([pid]) => pid);
}
