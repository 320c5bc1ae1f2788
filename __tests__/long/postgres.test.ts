import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { findTerraform, Sandbox } from 'okta-dev-portal-oidc-sandbox';
import { Brake, type Written } from '../../test-support/brake';
import { describeWithPostgres, Postgres } from '../../test-support/postgres';
import { describeWithTerraform } from '../../test-support/sandbox';

/*
 * examples/postgres-backend with a real PostgreSQL: two machines, `alice` and `bob`, each with a
 * folder of its own, share nothing but the state.
 */
const ROOT = resolve(__dirname, '..', '..');
const RESOURCES = 15;
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

/** How to import what a request created: type of the resource, and id as its provider takes it. */
const importIds: readonly (readonly [RegExp, string, (id: string, path: string) => string])[] = [
  [/^\/v2\/control-planes$/, 'konnect_gateway_control_plane', (id) => id],
  [/^\/v3\/apis$/, 'konnect_api', (id) => id],
  [/^\/v3\/portals$/, 'konnect_portal', (id) => id],
  [/\/application-auth-strategies$/, 'konnect_application_auth_strategy', (id) => id],
  [
    /\/core-entities\/services$/,
    'konnect_gateway_service',
    (id, path) => JSON.stringify({ id, control_plane_id: path.split('/')[3] }),
  ],
  [/\/pages$/, 'konnect_portal_page', (id, path) => JSON.stringify({ id, portal_id: path.split('/')[3] })],
  [/^\/api\/v1\/apps$/, 'okta_app_oauth', (id) => id],
  [/\/default\/scopes$/, 'okta_auth_server_scope', (id) => `default/${id}`],
  [/\/default\/claims$/, 'okta_auth_server_claim', (id) => `default/${id}`],
  [/\/default\/policies$/, 'okta_auth_server_policy', (id) => `default/${id}`],
];

describeWithTerraform('a state in PostgreSQL', () => {
  describeWithPostgres('that two machines share', () => {
    let postgres: Postgres;
    let example: Configuration;
    let json: string;
    let sandbox: Sandbox;
    let before: object[];
    let brake: Brake;
    const running: ChildProcess[] = [];
    const tenants = () => [sandbox.okta.snapshot(), sandbox.konnect.snapshot()];

    beforeAll(async () => {
      postgres = await Postgres.start();
      example = synthesizedExample();
    }, 60_000);

    afterAll(() => postgres.stop());

    beforeEach(async () => {
      process.env.PG_CONN_STR = postgres.connectionString;
      sandbox = await Sandbox.start();
      before = tenants();
      brake = new Brake(sandbox);
      // A schema for each test: to Terraform they are different stacks.
      const schema_name = `test_${expect.getState().currentTestName?.replace(/\W+/g, '_').slice(-40)}`;
      const backend = { pg: { ...example.terraform.backend.pg, schema_name } };
      json = JSON.stringify({ ...example, terraform: { ...example.terraform, backend } });
    });

    afterEach(async () => {
      for (const child of running.splice(0)) {
        child.kill('SIGKILL');
      }
      brake.remove();
      await sandbox.stop();
      delete process.env.PG_CONN_STR;
      delete process.env.TF_CLI_ARGS_apply;
    });

    /** `terraform apply` on a machine, as a process that can be killed. */
    async function start(machine: string, ...options: string[]): Promise<ChildProcess> {
      await sandbox.planJson(machine, json);
      const child = spawn(String(findTerraform()), ['apply', '-auto-approve', '-input=false', ...options], {
        cwd: sandbox.workspace(machine).folder,
        env: { ...process.env, ...sandbox.environment() },
        stdio: 'ignore',
      });
      running.push(child);
      return child;
    }

    const ended = (child: ChildProcess) =>
      new Promise<void>((resolve) => child.once('close', () => resolve()));

    const wait = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));

    async function kill(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
      const end = ended(child);
      child.kill(signal);
      if (signal === 'SIGTERM') {
        // What is on its way is waited for, and then the state is written.
        await wait(1000);
        brake.release();
      }
      await end;
      brake.drop();
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
      const stopped = brake.after(4);
      const alice = sandbox.deployJson('alice', json);
      await stopped;
      const bob = sandbox.deployJson('bob', json);
      await expect(bob).rejects.toThrow('Error acquiring the state lock');
      expect(brake.created.length).toBeLessThanOrEqual(4);
      brake.release();
      expect((await alice).changes).toEqual({ ...NOTHING, add: RESOURCES });
      await expectComplete();
    }, 30_000);

    test('lets the second deploy wait with -lock-timeout, and nothing is left for it to do', async () => {
      const stopped = brake.after(4);
      const alice = sandbox.deployJson('alice', json);
      await stopped;
      process.env.TF_CLI_ARGS_apply = '-lock-timeout=60s';
      const bob = sandbox.deployJson('bob', json);
      const settled = await Promise.race([bob.then(() => 'ended'), wait(3000).then(() => 'waits')]);
      expect(settled).toBe('waits');
      brake.release();
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
      const stopped = brake.after(5);
      const alice = await start('alice');
      await stopped;
      await kill(alice, 'SIGTERM');
      const known = brake.created.length;
      const { changes } = await sandbox.deployJson('bob', json);
      expect(changes.add).toBeLessThan(RESOURCES);
      expect(changes).toMatchObject({ import: 0, remove: 0 });
      expect(known).toBeGreaterThan(0);
      await expectComplete();
    }, 30_000);

    test('of a deploy that was killed after the state was written is finished by the next one', async () => {
      const written = brake.after(6);
      const alice = await start('alice', '-parallelism=1');
      await written;
      await wait(PERSIST_MS);
      // One more resource, whose end is when the state is written; an application takes two writes.
      while ((await brake.after(1)).includes('/apps/')) {}
      await kill(alice, 'SIGKILL');
      const { changes } = await sandbox.deployJson('bob', json);
      expect(changes.add).toBeLessThan(RESOURCES);
      expect(changes).toMatchObject({ import: 0, remove: 0 });
      await expectComplete();
    }, 60_000);

    test('of a deploy that was killed before knows nothing; the next one imports what was made', async () => {
      const stopped = brake.after(4);
      const alice = await start('alice');
      await stopped;
      await kill(alice, 'SIGKILL');
      const made = [...brake.created];
      expect(made.length).toBeGreaterThan(0);
      // The lock went with the connection, and the state is as before the deploy.
      expect((await sandbox.planJson('bob', json)).changes).toHaveLength(RESOURCES);
      const withImports = JSON.stringify({ ...JSON.parse(json), import: made.map(importOf) });
      const { changes } = await sandbox.deployJson('bob', withImports);
      expect(changes).toMatchObject({ import: made.length, add: RESOURCES - made.length, remove: 0 });
      await expectComplete();
    }, 30_000);

    function importOf({ path, body }: Written): { readonly to: string; readonly id: string } {
      const found = importIds.find(([pattern]) => pattern.test(path));
      if (!found) {
        throw new Error(`no import id for ${path}`);
      }
      const [, type, idOf] = found;
      const [name] = Object.keys(example.resource[type]);
      return { to: `${type}.${name}`, id: idOf(String(body.id), path) };
    }
  });
});
