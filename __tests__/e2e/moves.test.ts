import { OktaProvider } from '@cdktf/provider-okta/lib/provider';
import { KonnectProvider } from '@kong/konnect-cdktf-bindings/lib/provider';
import { TerraformStack, Testing } from 'cdktf';
import { Construct } from 'constructs';
import {
  Api,
  AuthorizationServer,
  ControlPlane,
  DevPortal,
  GatewayService,
  KonnectRegion,
  Moves,
  OktaDevPortalOidc,
  PortalDeveloper,
  ProviderVersions,
} from 'okta-dev-portal-oidc';
import { Sandbox } from 'okta-dev-portal-oidc-sandbox';
import { describeWithTerraform } from '../support/sandbox';

type Part = 'service' | 'portal' | 'api' | 'server' | 'oidc' | 'developer';

/** A child of the authentication. Its id is part of other ids. */
type Child = 'publication' | 'application';

/** The paths of the parts of the how-to and of more, and their former paths, oldest first. */
interface Layout {
  readonly platform?: string;
  readonly ids: { readonly [part in Part | Child]: string };
  readonly formerPaths?: { readonly [part in Part | Child]: readonly string[] };
}

const first: Layout = {
  ids: {
    service: 'service',
    portal: 'portal',
    api: 'api',
    server: 'server',
    oidc: 'oidc',
    developer: 'developer',
    publication: 'my-api',
    application: 'my-app',
  },
};

const renamed: Layout = {
  ids: {
    service: 'upstream',
    portal: 'developers',
    api: 'orders',
    server: 'issuer',
    oidc: 'login',
    developer: 'owner',
    publication: 'orders',
    application: 'billing',
  },
  formerPaths: {
    service: ['service'],
    portal: ['portal'],
    api: ['api'],
    server: ['server'],
    oidc: ['oidc'],
    developer: ['developer'],
    publication: ['oidc/Publication-my-api'],
    application: ['oidc/Application-my-app'],
  },
};

const nested: Layout = {
  platform: 'platform',
  ids: renamed.ids,
  formerPaths: {
    service: ['service', 'upstream'],
    portal: ['portal', 'developers'],
    api: ['api', 'orders'],
    server: ['server', 'issuer'],
    oidc: ['oidc', 'login'],
    developer: ['developer', 'owner'],
    publication: ['oidc/Publication-my-api', 'login/Publication-orders'],
    application: ['oidc/Application-my-app', 'login/Application-billing'],
  },
};

function howTo({ platform, ids, formerPaths }: Layout): TerraformStack {
  const stack = new TerraformStack(Testing.app(), 'how-to');
  new OktaProvider(stack, 'okta', {});
  new KonnectProvider(stack, 'konnect', {});
  ProviderVersions.require(stack, { konnect: '>= 3.21.0, < 4.0.0' });
  const controlPlane = new ControlPlane(stack, 'control-plane', { name: 'quickstart' });
  const scope = platform ? new Construct(stack, platform) : stack;
  const service = new GatewayService(scope, ids.service, {
    controlPlane,
    host: 'upstream.internal',
    routes: { 'example-route': { paths: ['/anything'] } },
  });
  const portal = new DevPortal(scope, ids.portal, { name: 'MyDevPortal', rbacEnabled: true });
  const api = new Api(scope, ids.api, {
    name: 'MyAPI',
    version: '1.0.0',
    specification: '{"openapi":"3.0.0","info":{"title":"MyAPI","version":"1.0.0"},"paths":{}}',
    gatewayService: service,
  });
  const team = portal.addTeam('team', { name: 'Partners', region: KonnectRegion.EU });
  api.grantConsumer(team);
  portal.addPage('terms', { slug: 'terms', content: 'Be kind' });
  const server = new AuthorizationServer(scope, ids.server, {
    name: 'Dev Portal',
    audiences: ['api://dev-portal'],
  });
  const oidc = new OktaDevPortalOidc(scope, ids.oidc, { authorizationServer: server });
  const publication = oidc.publish(ids.publication, { api, portal });
  const client = oidc.addClient('app', {
    label: 'Dev Portal app',
    redirectUris: ['https://localhost/callback'],
  });
  const developer = new PortalDeveloper(scope, ids.developer, {
    portal,
    email: 'dev@your-company.example',
    fullName: 'Dev',
  });
  const application = oidc.registerClient(ids.application, { client, developer, approved: true });
  const parts = { service, portal, api, server, oidc, developer, publication, application };
  for (const [part, paths] of Object.entries(formerPaths ?? {})) {
    Moves.from(parts[part as Part | Child], ...paths);
  }
  return stack;
}

describeWithTerraform('renaming and moving', () => {
  let sandbox: Sandbox;
  let before: object[];
  /** All resources but the control plane. */
  let moved: number;

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
    const { changes } = await sandbox.deploy(howTo(first));
    expect(changes).toMatchObject({ change: 0, remove: 0 });
    moved = changes.add - 1;
    before = tenants();
    sandbox.requests.clear();
  }, 60_000);

  afterAll(() => sandbox.stop());

  test('without Moves everything would be replaced', async () => {
    const changes = await planned({ ...renamed, formerPaths: undefined });
    const count = (action: string) => changes.filter(({ actions }) => actions.includes(action)).length;
    expect([count('create'), count('delete')]).toEqual([moved, moved]);
  });

  test('renamed: moves only, no request that writes', async () => {
    expect(await planned(renamed)).toEqual([]);
    const { changes } = await sandbox.deploy(howTo(renamed));
    expect(changes).toEqual({ add: 0, change: 0, import: 0, remove: 0 });
    const now = await addresses();
    expect(now.filter((address) => /\.(service|portal|api|server|oidc|developer)_/.test(address))).toEqual(
      [],
    );
    expect(
      now.filter((address) => /\.(upstream|developers|orders|issuer|login|owner)_/.test(address)),
    ).toHaveLength(moved);
    expect(sandbox.requests.writes()).toEqual([]);
    expect(tenants()).toEqual(before);
  }, 30_000);

  test('nested in a construct: moves only', async () => {
    expect(await planned(nested)).toEqual([]);
    const { changes } = await sandbox.deploy(howTo(nested));
    expect(changes).toEqual({ add: 0, change: 0, import: 0, remove: 0 });
    expect((await addresses()).filter((address) => /\.platform_/.test(address))).toHaveLength(moved);
    expect(await planned(nested)).toEqual([]);
    expect(sandbox.requests.writes()).toEqual([]);
    expect(tenants()).toEqual(before);
  }, 30_000);

  test('both at once, from the first state', async () => {
    await sandbox.destroy('how-to');
    await sandbox.deploy(howTo(first));
    expect(await planned(nested)).toEqual([]);
    const { changes } = await sandbox.deploy(howTo(nested));
    expect(changes).toEqual({ add: 0, change: 0, import: 0, remove: 0 });
  }, 60_000);
});
