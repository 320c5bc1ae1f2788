import { OktaProvider } from '@cdktf/provider-okta/lib/provider';
import { KonnectProvider } from '@kong/konnect-cdktf-bindings/lib/provider';
import { TerraformStack, Testing } from 'cdktf';
import {
  Api,
  ControlPlane,
  DevPortal,
  GatewayService,
  MatchPolicy,
  Moves,
  OktaDevPortalOidc,
} from 'okta-dev-portal-oidc';
import { Sandbox } from 'okta-dev-portal-oidc-sandbox';
import { Admin } from '../support/admin';
import { CommandRunner } from '../support/command';
import { synthesizeExample } from '../support/examples';
import { describeWithTerraform } from '../support/sandbox';

const STACK = 'shop';
const PATHS = { '/orders': { get: {} }, '/orders/{id}': { get: {} } };

interface Changes {
  /** Match policy of a control plane that the API is linked to. `undefined` links the API to the service. */
  readonly matchPolicy?: MatchPolicy;
  readonly paths?: object;
  readonly planeId?: string;
}

/** A stack with one API. Its kind of link is all that changes. */
function stackOf({ matchPolicy, paths = PATHS, planeId = 'control-plane' }: Changes): TerraformStack {
  const stack = new TerraformStack(Testing.app(), STACK);
  new OktaProvider(stack, 'okta', {});
  new KonnectProvider(stack, 'konnect', {});
  const controlPlane = new ControlPlane(stack, planeId, { name: 'shop' });
  if (planeId !== 'control-plane') {
    Moves.from(controlPlane, 'control-plane');
  }
  const gatewayService = new GatewayService(stack, 'service', {
    controlPlane,
    host: 'upstream.internal',
    routes: { orders: { paths: ['/orders'] } },
  });
  if (matchPolicy) {
    controlPlane.enforceAccess({ matchPolicy });
  }
  const portal = new DevPortal(stack, 'portal', { name: 'Shop', autoApproveApplications: true });
  const api = new Api(stack, 'api', {
    name: 'Shop',
    version: '1.0',
    specification: JSON.stringify({ openapi: '3.1.0', paths }),
    ...(matchPolicy ? { controlPlane } : { gatewayService }),
  });
  new OktaDevPortalOidc(stack, 'oidc', { publications: { shop: { api, portal } } });
  return stack;
}

describeWithTerraform('access control enforcement', () => {
  let sandbox: Sandbox;
  let admin: Admin;

  beforeEach(async () => {
    sandbox = await Sandbox.start();
    admin = new Admin(sandbox);
  });

  afterEach(() => sandbox.stop());

  async function status(path: string, method = 'GET', authorization?: string): Promise<number> {
    const headers = new Headers(authorization === undefined ? {} : { authorization });
    const response = await fetch(`${sandbox.gateway.url}${path}`, { method, headers });
    await response.text();
    return response.status;
  }

  /** Deploys, and expects an empty plan afterwards. */
  async function deploy(changes: Changes) {
    const stack = stackOf(changes);
    const { changes: made } = await sandbox.deploy(stack);
    expect(await sandbox.plan(stack)).toEqual({ changes: [] });
    return made;
  }

  /** Actions of a plan by type of resource. */
  async function planned(changes: Changes): Promise<string[]> {
    const plan = await sandbox.plan(stackOf(changes));
    return plan.changes.map(({ address, actions }) => `${actions.join(' ')} ${address.split('.')[0]}`);
  }

  test('of the example opens the operations for registered clients only', async () => {
    const [{ name, json }] = synthesizeExample('access-control-enforcement').stacks;
    const command = CommandRunner.forSandbox(sandbox);
    try {
      const { outputs } = await sandbox.deployJson(name, json);
      expect(await sandbox.planJson(name, json)).toEqual({ changes: [] });
      command.writeState((await sandbox.workspace(name).show()) as object);
      const registered = await command.run(
        ...['register', '--state', 'state.json', '--developer', 'dev@example.test'],
      );
      expect(registered.exitCode).toBe(0);
      const basic = (secret: unknown) =>
        `Basic ${Buffer.from(`${outputs.client_id}:${secret}`).toString('base64')}`;
      const { client_secret: secret } = outputs;
      for (const path of ['/orders', '/orders/1', '/orders/', '/invoices']) {
        expect([path, await status(path, 'GET', basic(secret))]).toEqual([path, 200]);
        expect([path, await status(path)]).toEqual([path, 401]);
        expect([path, await status(path, 'GET', basic('wrong'))]).toEqual([path, 401]);
      }
      expect(await status('/orders', 'POST', basic(secret))).toBe(404);
      expect(await status('/orders/1/items', 'GET', basic(secret))).toBe(404);
      const verified = await command.run('verify', '--state', 'state.json', '--wait', '0');
      expect(verified.stdout).toContain('enforces access control, GET /orders');
      expect(verified.exitCode).toBe(0);
      expect((await sandbox.destroy(name)).remove).toBeGreaterThan(0);
    } finally {
      command.remove();
    }
  }, 120_000);

  test('with IF_PRESENT leaves other requests alone', async () => {
    await deploy({ matchPolicy: MatchPolicy.IF_PRESENT });
    expect(await status('/orders')).toBe(401);
    expect(await status('/orders', 'POST')).toBe(200);
    expect(await status('/elsewhere')).toBe(404);
    await deploy({ matchPolicy: MatchPolicy.REQUIRED });
    expect(await status('/orders', 'POST')).toBe(404);
  }, 120_000);

  test('takes an API over from its service, and gives it back', async () => {
    await deploy({});
    const toControlPlane = { matchPolicy: MatchPolicy.IF_PRESENT };
    expect(await planned(toControlPlane)).toEqual([
      expect.stringMatching(/^(delete create|create delete) konnect_api_implementation$/),
      'create konnect_gateway_plugin_ace',
    ]);
    for (const changes of [toControlPlane, {}]) {
      await deploy(changes);
      expect(await status('/orders')).toBe(401);
    }
    const { plugins } = sandbox.konnect.snapshot() as { plugins: object[] };
    expect(plugins).toEqual([]);
  }, 120_000);

  test('moves with its control plane', async () => {
    await deploy({ matchPolicy: MatchPolicy.REQUIRED });
    const moved = { matchPolicy: MatchPolicy.REQUIRED, planeId: 'shop' };
    const made = await deploy(moved);
    expect(made).toMatchObject({ add: 0, change: 0, remove: 0 });
  }, 120_000);

  test('keeps operations: one leaves the specification only after the link', async () => {
    await deploy({ matchPolicy: MatchPolicy.REQUIRED });
    const fewer = { matchPolicy: MatchPolicy.REQUIRED, paths: { '/orders': { get: {} } } };
    await expect(sandbox.deploy(stackOf(fewer))).rejects.toThrow(
      /removes operations of the API: GET \/orders\/\{id\}/,
    );
    await deploy({});
    await deploy({ paths: fewer.paths });
    await deploy(fewer);
    expect(await status('/orders/1')).toBe(404);
  }, 120_000);

  test('is not there while the plugin is disabled, and the next deployment enables it', async () => {
    const matchPolicy = MatchPolicy.REQUIRED;
    await deploy({ matchPolicy });
    const { plugins } = sandbox.konnect.snapshot() as { plugins: { id: string; control_plane_id: string }[] };
    const { id, control_plane_id: plane } = plugins[0];
    await admin.konnect('PUT', `/v2/control-planes/${plane}/core-entities/plugins/${id}`, {
      name: 'ace',
      enabled: false,
      config: { match_policy: matchPolicy },
    });
    expect(await status('/orders')).toBe(200);
    expect(await planned({ matchPolicy })).toEqual(['update konnect_gateway_plugin_ace']);
    await deploy({ matchPolicy });
    expect(await status('/orders')).toBe(401);
  }, 120_000);
});
