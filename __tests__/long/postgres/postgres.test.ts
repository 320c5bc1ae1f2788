import { type ChildProcess, execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { Sandbox } from 'okta-dev-portal-oidc-sandbox';
import { RequestGate } from '../../support/request-gate';
import { describeWithTerraform, end, startApply } from '../../support/sandbox';
import { withImports } from '../deploy-faults/imports';
import { describeWithPostgres, Postgres } from './postgres';

/*
 * examples/postgres-backend with a real PostgreSQL: two machines, `alice` and `bob`, each with a separate folder, share
 * nothing but the state.
 */
const ROOT = resolve(__dirname, '..', '..', '..');
const RESOURCES = 19;
const NOTHING = { add: 0, change: 0, import: 0, remove: 0 };
/** Terraform writes the state to a backend every 20 seconds while it applies, and at the end. */
const PERSIST_MS = 20_500;

interface Configuration {
  readonly resource: { readonly [type: string]: { readonly [name: string]: object } };
  readonly terraform: { readonly backend: { readonly pg: object } };
}

/** What the example becomes; PG_CONN_STR is not there when it is synthesized. */
function synthesizedExample(): Configuration {
  const outdir = mkdtempSync(join(tmpdir(), 'postgres-example-'));
  try {
    const { PG_CONN_STR: _, KONNECT_SERVER_URL: __, ...env } = process.env;
    const main = join('examples', 'postgres-backend', 'main.ts');
    execFileSync(process.execPath, ['--import', 'tsx', main], {
      cwd: ROOT,
      env: { ...env, CDKTF_OUTDIR: outdir },
    });
    const file = join(outdir, 'stacks', 'postgres-backend', 'cdk.tf.json');
    return JSON.parse(readFileSync(file, 'utf8')) as Configuration;
  } finally {
    rmSync(outdir, { recursive: true });
  }
}

describeWithTerraform('a state in PostgreSQL', () => {
  describeWithPostgres('that two machines share', () => {
    let postgres: Postgres;
    let example: Configuration;
    let json: string;
    let sandbox: Sandbox;
    let before: object[];
    let gate: RequestGate;
    const running: ChildProcess[] = [];
    const tenants = () => [sandbox.okta.snapshot(), sandbox.konnect.snapshot()];

    beforeAll(async () => {
      postgres = await Postgres.start();
      example = synthesizedExample();
    }, 60_000);

    afterAll(() => postgres.stop());

    beforeEach(async () => {
      process.env.PG_CONN_STR = postgres.connectionString;
      sandbox = await Sandbox.start({ keepBackends: true });
      before = tenants();
      gate = new RequestGate(sandbox);
      // A schema for each test: to Terraform they are different stacks.
      const schema_name = `test_${expect.getState().currentTestName?.replace(/\W+/g, '_').slice(-40)}`;
      const backend = { pg: { ...example.terraform.backend.pg, schema_name } };
      json = JSON.stringify({ ...example, terraform: { ...example.terraform, backend } });
    });

    afterEach(async () => {
      for (const child of running.splice(0)) {
        child.kill('SIGKILL');
      }
      gate.remove();
      await sandbox.stop();
      delete process.env.PG_CONN_STR;
      delete process.env.TF_CLI_ARGS_apply;
    });

    /** `terraform apply` on a machine, as a process that can be killed. */
    async function start(machine: string, ...options: string[]): Promise<ChildProcess> {
      await sandbox.planJson(machine, json);
      const child = startApply(sandbox, machine, ...options);
      running.push(child);
      return child;
    }

    const wait = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));

    async function kill(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
      const ended = end(child, signal);
      if (signal === 'SIGTERM') {
        // What is on its way is waited for, and then the state is written.
        await wait(1000);
        gate.release();
      }
      await ended;
      // Nobody sends what a dead Terraform asked for.
      await gate.waitForWrites(0);
      gate.release();
    }

    /** Nothing is missing, nothing is there twice: a plan finds no change, and a destroy leaves nothing behind. */
    async function expectComplete(): Promise<void> {
      expect((await sandbox.planJson('alice', json)).changes).toEqual([]);
      expect((await sandbox.destroy('alice')).remove).toBe(RESOURCES);
      expect(tenants()).toEqual(before);
    }

    test('is in the database only, and each machine sees what the other one deployed', async () => {
      expect(JSON.stringify(example)).not.toContain('postgres://');
      expect((await sandbox.deployJson('alice', json)).changes).toEqual({ ...NOTHING, add: RESOURCES });
      expect((await sandbox.planJson('bob', json)).changes).toEqual([]);
      await expectComplete();
    }, 30_000);

    test('refuses a second deploy as long as the first one runs, and nothing is done twice', async () => {
      const stopped = gate.after(4);
      const alice = sandbox.deployJson('alice', json);
      await stopped;
      const bob = sandbox.deployJson('bob', json);
      await expect(bob).rejects.toThrow('Error acquiring the state lock');
      expect(gate.created.length).toBeLessThanOrEqual(4);
      gate.release();
      expect((await alice).changes).toEqual({ ...NOTHING, add: RESOURCES });
      await expectComplete();
    }, 30_000);

    test('lets the second deploy wait with -lock-timeout, and nothing is left for it to do', async () => {
      const stopped = gate.after(4);
      const alice = sandbox.deployJson('alice', json);
      await stopped;
      process.env.TF_CLI_ARGS_apply = '-lock-timeout=60s';
      const bob = sandbox.deployJson('bob', json);
      const settled = await Promise.race([bob.then(() => 'ended'), wait(3000).then(() => 'waits')]);
      expect(settled).toBe('waits');
      gate.release();
      expect((await alice).changes).toEqual({ ...NOTHING, add: RESOURCES });
      expect((await bob).changes).toEqual(NOTHING);
      await expectComplete();
    }, 30_000);

    test('takes two deploys that start at the same moment, one after the other', async () => {
      // The first `init` of all creates the schema, and PostgreSQL takes that from one session at a time only.
      for (const machine of ['alice', 'bob']) {
        await sandbox.planJson(machine, json);
      }
      process.env.TF_CLI_ARGS_apply = '-lock-timeout=60s';
      const both = [sandbox.deployJson('alice', json), sandbox.deployJson('bob', json)];
      const added = (await Promise.all(both)).map(({ changes }) => changes.add);
      expect(added.sort()).toEqual([0, RESOURCES]);
      await expectComplete();
    }, 30_000);

    test('of a deploy that was asked to stop half way is finished by the next one', async () => {
      const stopped = gate.after(5);
      const alice = await start('alice');
      await stopped;
      await kill(alice, 'SIGTERM');
      const known = gate.created.length;
      const { changes } = await sandbox.deployJson('bob', json);
      expect(changes.add).toBeLessThan(RESOURCES);
      expect(changes).toMatchObject({ import: 0, remove: 0 });
      expect(known).toBeGreaterThan(0);
      await expectComplete();
    }, 30_000);

    test('of a deploy that was killed after the state was written is finished by the next one', async () => {
      const written = gate.after(6);
      const alice = await start('alice', '-parallelism=1');
      await written;
      await wait(PERSIST_MS);
      // One more resource, whose end is when the state is written; an application takes two writes.
      while ((await gate.after(1)).includes('/apps/')) {}
      await kill(alice, 'SIGKILL');
      const { changes } = await sandbox.deployJson('bob', json);
      expect(changes.add).toBeLessThan(RESOURCES);
      expect(changes).toMatchObject({ import: 0, remove: 0 });
      await expectComplete();
    }, 60_000);

    test('of a deploy that was killed before knows nothing; the next one imports what was made', async () => {
      const stopped = gate.after(4);
      const alice = await start('alice');
      await stopped;
      await kill(alice, 'SIGKILL');
      const made = [...gate.created];
      expect(made.length).toBeGreaterThan(0);
      // The lock went with the connection, and the state is as before the deploy.
      expect((await sandbox.planJson('bob', json)).changes).toHaveLength(RESOURCES);
      const { changes } = await sandbox.deployJson('bob', withImports(json, made));
      expect(changes).toMatchObject({ import: made.length, add: RESOURCES - made.length, remove: 0 });
      await expectComplete();
    }, 30_000);
  });
});
