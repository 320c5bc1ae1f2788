import type { ChildProcess } from 'node:child_process';
import { Sandbox } from 'okta-dev-portal-oidc-sandbox';
import { type Fault, RequestFaults } from '../support/request-faults';
import { RequestGate } from '../support/request-gate';
import { describeWithTerraform, end, startApply } from '../support/sandbox';

/*
 * What the fake providers do when a request goes wrong or Terraform goes away: what the real providers do. All requests
 * of a deployment meet faults in __tests__/long/deploy-faults.
 */
const SCOPE = { auth_server_id: 'default', name: 'orders.read' };
const POST_SCOPE = 'POST okta:/api/v1/authorizationServers/default/scopes #';
const GET_SCOPE = 'GET okta:/api/v1/authorizationServers/default/scopes/… #';
const POST_API = 'POST konnect:/v3/apis #';

const json = JSON.stringify({
  terraform: {
    required_providers: {
      okta: { source: 'okta/okta', version: '4.20.0' },
      konnect: { source: 'kong/konnect', version: '3.19.0' },
    },
  },
  resource: {
    okta_auth_server_scope: { orders: SCOPE },
    konnect_api: { orders: { name: 'Orders' } },
  },
});

describeWithTerraform('the fake providers', () => {
  let sandbox: Sandbox;

  beforeEach(async () => {
    sandbox = await Sandbox.start();
  });

  afterEach(() => sandbox.stop());

  const scopes = () =>
    sandbox.requests
      .writes()
      .filter(({ path }) => path.endsWith('/scopes'))
      .map(({ status }) => status);
  const apis = () => (sandbox.konnect.snapshot() as { readonly apis: readonly object[] }).apis.length;

  describe('that meet a fault', () => {
    let faults: RequestFaults;

    beforeEach(() => {
      faults = new RequestFaults(sandbox);
    });

    afterEach(() => faults.remove());

    /** Deploys while a request meets a fault; returns how often the request was sent, and the message of Terraform. */
    async function deploy(request: string, fault: Fault, times = 1): Promise<[number, string]> {
      const meant = Array.from({ length: times }, (_, nth) => `${request}${nth + 1}`);
      faults.faultFor = (each) => (meant.includes(each) ? fault : undefined);
      const message = await sandbox.deployJson('stack', json).then(
        () => '',
        (error: Error) => error.message,
      );
      return [faults.requests.filter((each) => each.startsWith(request)).length, message];
    }

    test.each<[string, string, Fault, number]>([
      ['okta: 429', POST_SCOPE, { status: 429 }, 2],
      ['okta: 503', POST_SCOPE, { status: 503 }, 2],
      ['okta: a reset connection', POST_SCOPE, { reset: true }, 2],
      ['konnect: 429', POST_API, { status: 429 }, 2],
    ])('send again after %s', async (_, request, fault, sent) => {
      expect(await deploy(request, fault)).toEqual([sent, '']);
    });

    test.each<[string, string, Fault]>([
      ['okta: 500', POST_SCOPE, { status: 500 }],
      ['konnect: 503', POST_API, { status: 503 }],
      ['konnect: a reset connection that may have created something', POST_API, { reset: true }],
    ])('do not send again after %s', async (_, request, fault) => {
      const [sent, message] = await deploy(request, fault);
      expect(sent).toBe(1);
      expect(message).toContain(fault.reset ? 'fetch failed' : String(fault.status));
    });

    test('send again after a reset connection to konnect that changes nothing by repetition', async () => {
      await sandbox.deployJson('stack', json);
      faults.forget();
      expect(await deploy('GET konnect:/v3/apis/… #', { reset: true })).toEqual([2, '']);
    });

    test('wait as long as Retry-After says', async () => {
      const begun = performance.now();
      await deploy(POST_API, { status: 429, headers: { 'retry-after': '1' } });
      expect(performance.now() - begun).toBeGreaterThan(1000);
    });

    test('okta gives up after six attempts', async () => {
      const [sent, message] = await deploy(POST_SCOPE, { status: 503 }, 10);
      expect(sent).toBe(6);
      expect(message).toContain('503');
    });

    test('keep what they could not read back as tainted, and make it anew', async () => {
      const [, message] = await deploy(GET_SCOPE, { status: 500 });
      expect(message).toContain('500');
      faults.faultFor = () => undefined;
      const { changes } = await sandbox.planJson('stack', json);
      expect(changes).toEqual([{ address: 'okta_auth_server_scope.orders', actions: ['delete', 'create'] }]);
      await sandbox.deployJson('stack', json);
      expect(scopes()).toEqual([201, 201]);
      expect((await sandbox.planJson('stack', json)).changes).toEqual([]);
    });
  });

  describe('whose Terraform goes away', () => {
    let gate: RequestGate;

    beforeEach(() => {
      gate = new RequestGate(sandbox);
    });

    afterEach(() => gate.remove());

    /** Starts `terraform apply`, and waits until a write of each provider is on its way. */
    async function start(): Promise<ChildProcess> {
      await sandbox.planJson('stack', json);
      gate.after(0);
      const child = startApply(sandbox, 'stack');
      await gate.waitForWrites(2);
      return child;
    }

    test('send nothing more when it was killed', async () => {
      await end(await start(), 'SIGKILL');
      await gate.waitForWrites(0);
      expect([scopes(), apis()]).toEqual([[], 0]);
    });

    test('finish what okta does and give up what konnect does when Terraform is interrupted', async () => {
      const child = await start();
      const ended = end(child, 'SIGINT');
      await gate.waitForWrites(1);
      gate.release();
      await ended;
      expect([scopes(), apis()]).toEqual([[201], 0]);
      const { changes } = await sandbox.planJson('stack', json);
      expect(changes.map(({ address }) => address)).toEqual(['konnect_api.orders']);
    });
  });
});
