import { spawn } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { inspect } from 'node:util';
import { ClientSecretStorage } from 'okta-dev-portal-oidc';
import { findTerraform, Sandbox, TerraformError } from 'okta-dev-portal-oidc-sandbox';
import { StackTester, synthesizedStacks } from '../../testing';
import { type Fault, RequestFaults } from '../support/request-faults';
import { describeWithTerraform, howToStack } from '../support/sandbox';
import { SecretScanner, type Written } from '../support/secret-scanner';

/*
 * Where the secrets of a deployment stand: nowhere, or where the stack asks for them.
 */
const STACK = 'how-to';

/** Runs Terraform in the folder of the stack, as somebody in a terminal would, and keeps its log. */
async function terraform(sandbox: Sandbox, ...args: readonly string[]): Promise<Written> {
  const child = spawn(String(findTerraform()), args, {
    cwd: sandbox.workspace(STACK).folder,
    env: { ...process.env, ...sandbox.environment(), TF_LOG: 'TRACE' },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const printed = { stdout: '', stderr: '' };
  for (const stream of ['stdout', 'stderr'] as const) {
    child[stream].setEncoding('utf8').on('data', (text: string) => {
      printed[stream] += text;
    });
  }
  const code = await new Promise((resolve) => child.on('close', resolve));
  expect([args, code]).toEqual([args, 0]);
  expect(printed.stderr).toContain('[TRACE]');
  return { [`stdout of ${args.join(' ')}`]: printed.stdout, [`log of ${args.join(' ')}`]: printed.stderr };
}

describeWithTerraform('the life of a stack', () => {
  let tester: StackTester;
  let sandbox: Sandbox;
  let scanner: SecretScanner;
  let here: string[];

  async function start(clientSecret: ClientSecretStorage): Promise<void> {
    tester = await StackTester.start(howToStack({ clientSecret, autoApproveApplications: true }));
    ({ sandbox } = tester);
    scanner = SecretScanner.of(sandbox);
    here = readdirSync('.');
  }

  afterEach(async () => {
    await tester.stop();
    expect(existsSync(sandbox.folder)).toBe(false);
    expect(readdirSync('.')).toEqual(here);
  });

  /** Plans, applies, registers and proves; everything that was printed on the way. */
  async function live(): Promise<Written> {
    const [{ json } = { json: '' }] = tester.stacks;
    const planned = await tester.plan();
    const applied = await terraform(sandbox, 'apply', '-auto-approve', '-no-color');
    const registered = await tester.register();
    const proof = await tester.prove();
    expect(proof.opensForClientOnly).toBe(true);
    return {
      json,
      'results of the kit': inspect([planned, registered, proof], false, 9),
      ...applied,
      ...(await terraform(sandbox, 'show')),
      ...(await terraform(sandbox, 'output')),
    };
  }

  test('leaves no secret anywhere when it keeps that of its client in Okta', async () => {
    await start(ClientSecretStorage.OKTA_ONLY);
    const printed = await live();
    expect(scanner.find({ ...printed, ...(await terraform(sandbox, 'show', '-json')) })).toEqual([]);
    expect(scanner.findInFolder(sandbox.folder)).toEqual([]);
    expect(await tester.secretsInState()).toEqual([]);
    await tester.destroy();
    expect(scanner.findInFolder(sandbox.folder)).toEqual([]);
  }, 60_000);

  test('leaves the one of a client that asks for it in state and plan only', async () => {
    await start(ClientSecretStorage.IN_STATE);
    expect(scanner.find(await live())).toEqual([]);
    expect(await tester.plan()).toEqual([]);
    const files = scanner.findInFolder(sandbox.folder).map((each) => each.split(':')[0]);
    // The last is what the kit shows the command; like the others, it is gone with the sandbox.
    expect(new Set(files)).toEqual(
      new Set([join(STACK, 'terraform.tfstate'), join(STACK, 'tfplan'), `${STACK}.state.json`]),
    );
    expect(await tester.secretsInState()).toEqual([expect.stringMatching(/^okta_app_oauth\./)]);
    // Not by mistake: an output that is not called sensitive is refused.
    const careless = JSON.parse(tester.stacks[0]?.json ?? '') as { output: { client_secret: object } };
    careless.output.client_secret = { ...careless.output.client_secret, sensitive: false };
    const refused = sandbox.deployJson(STACK, JSON.stringify(careless));
    await expect(refused).rejects.toThrow('Output refers to sensitive values');
    expect(scanner.find({ error: inspect(await refused.catch((error: unknown) => error)) })).toEqual([]);
  }, 60_000);
});

describeWithTerraform('an API that repeats what it was sent', () => {
  let sandbox: Sandbox;
  let scanner: SecretScanner;
  let faults: RequestFaults;

  beforeAll(async () => {
    sandbox = await Sandbox.start();
    scanner = SecretScanner.of(sandbox);
    await sandbox.deploy(howToStack());
    faults = new RequestFaults(sandbox);
  });

  afterAll(async () => {
    faults.remove();
    await sandbox.stop();
  });

  test.each<[string, Fault, RegExp]>([
    ['with 400', { status: 400, echoes: true }, /(PUT|PATCH) \/.*: 400.*\*{8}/],
    ['with 500', { status: 500, echoes: true }, /(PUT|PATCH) \/.*: 500.*\*{8}/],
    ['and cuts it', { cut: true }, /terminated/],
  ])(
    'gets none of it into an error: %s',
    async (_what, fault, said) => {
      const changed = howToStack({ portalDescription: 'changed', oidc: { name: 'Changed' } });
      const [{ json } = { json: '' }] = synthesizedStacks(changed);
      faults.faultFor = (request) => (/^(PUT|PATCH|POST) /.test(request) ? fault : undefined);
      const error: unknown = await sandbox
        .deployJson(STACK, json.replaceAll('Dev Portal app', 'Changed app'))
        .catch((thrown: unknown) => thrown);
      faults.faultFor = () => undefined;
      expect(error).toBeInstanceOf(TerraformError);
      const { message, stack } = error as TerraformError;
      expect(message).toMatch(said);
      expect(scanner.find({ message, stack: String(stack), inspected: inspect(error, false, 9) })).toEqual(
        [],
      );
    },
    30_000,
  );
});
