import type { TerraformStack } from 'cdktf';
import type { OktaDevPortalOidc } from 'okta-dev-portal-oidc';
import { Sandbox } from 'okta-dev-portal-oidc-sandbox';
import { synthesizedStacks } from '../../testing';
import { CommandRunner } from '../support/command';
import { only } from '../support/deploy-faults';
import { RequestFaults } from '../support/request-faults';
import { describeWithTerraform, type HowToChanges, howToStack } from '../support/sandbox';

/*
 * A deployment changes the how-to while a registered client calls the API without a pause. Strategies change in
 * place, as with konnect from 3.22 on; before, registered applications keep the old one.
 */
describeWithTerraform('a running API', () => {
  let sandbox: Sandbox;
  let faults: RequestFaults;
  let authorization: string;

  beforeEach(async () => {
    sandbox = await Sandbox.start({ strategiesInPlace: true });
    faults = new RequestFaults(sandbox);
  });

  afterEach(async () => {
    faults.remove();
    await sandbox.stop();
  });

  const synthesized = (stack: TerraformStack) => synthesizedStacks(stack)[0].json;
  const deploy = (json: string) => sandbox.deployJson('how-to', json);

  async function deployAndRegister(json: string): Promise<void> {
    const { outputs } = await deploy(json);
    authorization = `Basic ${btoa(`${outputs.client_id}:${outputs.client_secret}`)}`;
    const command = CommandRunner.forSandbox(sandbox);
    const { folder } = sandbox.workspace('how-to');
    const { stdout } = await command.run('register', '--chdir', folder, '--developer', 'dev@example.test');
    command.remove();
    expect(stdout).toContain('✓ Registration for MyAPI: created, approved');
    expect(await call()).toBe('200 ');
  }

  async function call(): Promise<string> {
    const response = await fetch(`${sandbox.gateway.url}/anything`, { headers: { authorization } });
    await response.text();
    return `${response.status} ${response.headers.get('x-sandbox-reason') ?? ''}`;
  }

  /** Deploys slowly, and returns what the client was answered meanwhile. */
  async function answersDuring(json: string): Promise<readonly string[]> {
    faults.faultFor = (request) => (isOfProvider(request) ? { delay: 150 } : undefined);
    const answers: string[] = [];
    let isDone = false;
    const deployment = deploy(json).finally(() => {
      isDone = true;
    });
    while (!isDone) {
      answers.push(await call());
    }
    await deployment;
    faults.faultFor = () => undefined;
    expect(answers.length).toBeGreaterThan(20);
    return [...new Set(answers)];
  }

  /** The answer to the client after a deployment in which one write failed, by write. */
  async function answersHalfWay(before: string, after: string): Promise<{ [write: string]: string }> {
    faults.forget();
    await deploy(after);
    const writes = faults.requests.filter((each) => isOfProvider(each) && !each.startsWith('GET'));
    const answers: { [write: string]: string } = {};
    for (const write of writes) {
      await deploy(before);
      faults.forget();
      faults.faultFor = (each) => (only(write)(each) ? { status: 500 } : undefined);
      await deploy(after).catch(() => undefined);
      faults.faultFor = () => undefined;
      answers[write] = await call();
      await deploy(after);
      expect([write, await call()]).toEqual([write, '200 ']);
    }
    return answers;
  }

  const isOfProvider = (request: string) =>
    request.includes('konnect:') || (request.includes('okta:') && !request.includes('/oauth2/'));

  const setUp = (changes: HowToChanges) =>
    synthesized(howToStack({ ...changes, autoApproveApplications: true }));

  test.each<[string, HowToChanges]>([
    ['the name of the claim', { oidc: { claimName: 'client' } }],
    [
      'names, lifetimes, descriptions, labels and retries',
      {
        oidc: {
          displayName: 'Sign in with Okta',
          accessPolicy: { name: 'Portal', ruleName: 'Machines', accessTokenLifetimeMinutes: 30 },
          labels: { team: 'platform' },
        },
        service: { retries: 2 },
        portalDescription: 'Changed',
      },
    ],
  ])('stays open while a deployment changes %s, and when it fails half way', async (_, changes) => {
    const [before, after] = [setUp({}), setUp(changes)];
    await deployAndRegister(before);
    expect(await answersDuring(after)).toEqual(['200 ']);
    await deploy(before);
    const answers = await answersHalfWay(before, after);
    expect(new Set(Object.values(answers))).toEqual(new Set(['200 ']));
  });

  test('stays open while the scopes change, in three deployments with a rule that allows both', async () => {
    /** A how-to whose policy has a second rule, for the scopes before and after the change. */
    const bridged = (scopes: string[]) => {
      const stack = howToStack({ oidc: { scopes }, autoApproveApplications: true });
      const oidc = stack.node.findChild('oidc') as OktaDevPortalOidc;
      for (const scope of ['api.access', 'api.write'].filter((each) => !scopes.includes(each))) {
        oidc.authorizationServer.addScope(scope);
      }
      oidc.accessPolicy?.addRule({ name: 'Both', scopes: ['api.access', 'api.write'] });
      return synthesized(stack);
    };
    await deployAndRegister(setUp({}));
    expect(await answersDuring(bridged(['api.access']))).toEqual(['200 ']);
    const answers = await answersHalfWay(bridged(['api.access']), bridged(['api.write']));
    expect(new Set(Object.values(answers))).toEqual(new Set(['200 ']));
    expect(await answersDuring(setUp({ oidc: { scopes: ['api.write'] } }))).toEqual(['200 ']);
  });

  test('is closed when a deployment that changes its scopes at once fails half way, until the next one', async () => {
    const [before, after] = [setUp({}), setUp({ oidc: { scopes: ['api.access', 'api.write'] } })];
    await deployAndRegister(before);
    const answers = await answersHalfWay(before, after);
    const closed = Object.entries(answers).filter(([, answer]) => answer !== '200 ');
    expect(closed).toEqual([
      [expect.stringMatching(/^PUT okta:.*\/rules\//), expect.stringMatching(/^401 access_denied/)],
    ]);
  });
});
