import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { LoggedRequest } from 'okta-dev-portal-oidc-sandbox';
import { StackTester } from '../../testing';
import { CommandRunner } from '../support/command';
import { synthesizeExample } from '../support/examples';
import { describeWithDescriptions } from './describe';
import { Judge } from './judge';

const ROOT = resolve(__dirname, '..', '..');
const STACK = 'how-to';

/*
 * Requests of the fake providers and of the command, and the sandbox's answers, while the how-to is deployed,
 * registered, verified, adopted and destroyed, held against what Konnect and Okta publish about their APIs.
 */
describeWithDescriptions('the how-to keeps to the published descriptions', () => {
  const judge = new Judge();
  let requests: readonly LoggedRequest[] = [];

  beforeAll(async () => {
    requests = await requestsOf({ name: STACK, json: synthesizeMain() });
  }, 120_000);

  it('uses operations of every service', () => {
    const used = judge.operationsUsedBy(requests);
    expect(used).toEqual(
      expect.arrayContaining([
        'konnect-api-builder.json publish-api-to-portal',
        'konnect-application-auth-strategies.json create-app-auth-strategy',
        'konnect-control-planes-config.json create-service',
        'konnect-control-planes.json create-control-plane',
        'konnect-portal-management.json create-application-registration',
        'okta-management.json createApplication',
        'okta-oauth.json tokenCustomAS',
      ]),
    );
  });

  it('has no fault but the exceptions', () => {
    const faults = requests.flatMap((request) => judge.faults(request));
    expect([...new Set(faults)].sort()).toEqual([]);
  });
});

describeWithDescriptions('access control enforcement keeps to the published descriptions', () => {
  it('has no fault but the exceptions', async () => {
    const judge = new Judge();
    const requests = await requestsOf(synthesizeExample('access-control-enforcement').stacks[0]);
    const faults = requests.flatMap((request) => judge.faults(request));
    expect([...new Set(faults)].sort()).toEqual([]);
  }, 120_000);
});

/** Requests while a stack is deployed, proved, printed as an app and destroyed. */
async function requestsOf({
  name,
  json,
}: {
  readonly name: string;
  readonly json: string;
}): Promise<readonly LoggedRequest[]> {
  const tester = await StackTester.start([{ name, json }]);
  const command = CommandRunner.forSandbox(tester.sandbox);
  try {
    await tester.deploy();
    await tester.plan();
    await tester.register();
    const proof = await tester.prove();
    expect([String(proof), proof.opensForClientOnly]).toEqual([String(proof), true]);
    expect((await command.run('adopt', '--print-app')).exitCode).toBe(0);
    await tester.destroy();
    return tester.sandbox.requests.all().filter(({ service }) => service !== 'gateway');
  } finally {
    command.remove();
    await tester.stop();
  }
}

function synthesizeMain(): string {
  const outdir = mkdtempSync(join(tmpdir(), 'contracts-'));
  try {
    const { PATH = '', HOME = '' } = process.env;
    const { status, stderr } = spawnSync(process.execPath, ['--import', 'tsx', 'main.ts'], {
      cwd: ROOT,
      encoding: 'utf8',
      env: { PATH, HOME, CDKTF_OUTDIR: outdir },
    });
    expect([status, stderr]).toEqual([0, '']);
    return readFileSync(join(outdir, 'stacks', STACK, 'cdk.tf.json'), 'utf8');
  } finally {
    rmSync(outdir, { recursive: true, force: true });
  }
}
