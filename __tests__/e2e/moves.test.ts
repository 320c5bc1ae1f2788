import { OktaProvider } from '@cdktf/provider-okta/lib/provider';
import { GatewayControlPlane } from '@kong/konnect-cdktf-bindings/lib/gateway-control-plane';
import { KonnectProvider } from '@kong/konnect-cdktf-bindings/lib/provider';
import { TerraformStack, Testing } from 'cdktf';
import { Construct } from 'constructs';
import {
  DevPortal,
  GatewayService,
  KonnectRegion,
  Moves,
  OktaDevPortalOidc,
  PortalApi,
  ProviderVersions,
} from 'okta-dev-portal-oidc';
import { Sandbox } from 'okta-dev-portal-oidc-sandbox';
import { describeWithTerraform } from '../../test-support/sandbox';

type Part = 'service' | 'portal' | 'api' | 'oidc';

/** Where the parts of the how-to are, and where they were, oldest first. */
interface Layout {
  readonly platform?: string;
  readonly ids: { readonly [part in Part]: string };
  readonly formerPaths?: { readonly [part in Part]: readonly string[] };
}

const first: Layout = { ids: { service: 'service', portal: 'portal', api: 'api', oidc: 'oidc' } };

const renamed: Layout = {
  ids: { service: 'upstream', portal: 'developers', api: 'orders', oidc: 'login' },
  formerPaths: { service: ['service'], portal: ['portal'], api: ['api'], oidc: ['oidc'] },
};

const nested: Layout = {
  platform: 'platform',
  ids: renamed.ids,
  formerPaths: {
    service: ['service', 'upstream'],
    portal: ['portal', 'developers'],
    api: ['api', 'orders'],
    oidc: ['oidc', 'login'],
  },
};

function howTo({ platform, ids, formerPaths }: Layout): TerraformStack {
  const stack = new TerraformStack(Testing.app(), 'how-to');
  new OktaProvider(stack, 'okta', {});
  new KonnectProvider(stack, 'konnect', {});
  ProviderVersions.require(stack, { konnect: '~> 3.20' });
  const { id: controlPlaneId } = new GatewayControlPlane(stack, 'control-plane', { name: 'quickstart' });
  const scope = platform ? new Construct(stack, platform) : stack;
  const service = new GatewayService(scope, ids.service, {
    controlPlaneId,
    host: 'upstream.internal',
    routes: { 'example-route': { paths: ['/anything'] } },
  });
  const portal = new DevPortal(scope, ids.portal, { name: 'MyDevPortal', rbacEnabled: true });
  const api = new PortalApi(scope, ids.api, {
    name: 'MyAPI',
    version: '1.0.0',
    specification: '{"openapi":"3.0.0","info":{"title":"MyAPI","version":"1.0.0"},"paths":{}}',
    gatewayService: service,
  });
  const team = portal.addTeam('team', { name: 'Partners', region: KonnectRegion.EU });
  team.grantConsumer(api);
  const oidc = new OktaDevPortalOidc(scope, ids.oidc, { publications: { 'my-api': { api, portal } } });
  oidc.addClient('app', { label: 'Dev Portal app', redirectUris: ['https://localhost/callback'] });
  const parts = { service, portal, api, oidc };
  for (const [part, paths] of Object.entries(formerPaths ?? {})) {
    Moves.from(parts[part as Part], ...paths);
  }
  return stack;
}

describeWithTerraform('renaming and moving', () => {
  let sandbox: Sandbox;
  let before: object[];

  const tenants = () => [sandbox.okta.snapshot(), sandbox.konnect.snapshot()];
  const planned = async (layout: Layout) => (await sandbox.plan(howTo(layout))).changes;

  /** The addresses of the resources in the state. */
  async function addresses(): Promise<string[]> {
    const { values } = (await sandbox.workspace('how-to').show()) as {
      values: { root_module: { resources: { address: string; mode: string }[] } };
    };
    return values.root_module.resources
      .filter(({ mode }) => mode === 'managed')
      .map(({ address }) => address);
  }

  beforeAll(async () => {
    sandbox = await Sandbox.start();
    expect((await sandbox.deploy(howTo(first))).changes).toMatchObject({ add: 18, change: 0, remove: 0 });
    before = tenants();
    sandbox.requests.clear();
  }, 60_000);

  afterAll(() => sandbox.stop());

  test('without Moves everything would be created anew', async () => {
    const changes = await planned({ ...renamed, formerPaths: undefined });
    const count = (action: string) => changes.filter(({ actions }) => actions.includes(action)).length;
    expect([count('create'), count('delete')]).toEqual([17, 17]);
  });

  test('renamed: moves only, and not one request that writes', async () => {
    expect(await planned(renamed)).toEqual([]);
    const { changes } = await sandbox.deploy(howTo(renamed));
    expect(changes).toEqual({ add: 0, change: 0, import: 0, remove: 0 });
    const now = await addresses();
    expect(now.filter((address) => /\.(service|portal|api|oidc)_/.test(address))).toEqual([]);
    expect(now.filter((address) => /\.(upstream|developers|orders|login)_/.test(address))).toHaveLength(17);
    expect(sandbox.requests.writes()).toEqual([]);
    expect(tenants()).toEqual(before);
  }, 30_000);

  test('nested in a construct of its own: moves only', async () => {
    expect(await planned(nested)).toEqual([]);
    const { changes } = await sandbox.deploy(howTo(nested));
    expect(changes).toEqual({ add: 0, change: 0, import: 0, remove: 0 });
    expect((await addresses()).filter((address) => /\.platform_/.test(address))).toHaveLength(17);
    expect(await planned(nested)).toEqual([]);
    expect(sandbox.requests.writes()).toEqual([]);
    expect(tenants()).toEqual(before);
  }, 30_000);

  test('both at once, from the state of an environment that was left out in between', async () => {
    await sandbox.destroy('how-to');
    await sandbox.deploy(howTo(first));
    expect(await planned(nested)).toEqual([]);
    const { changes } = await sandbox.deploy(howTo(nested));
    expect(changes).toEqual({ add: 0, change: 0, import: 0, remove: 0 });
  }, 60_000);
});
