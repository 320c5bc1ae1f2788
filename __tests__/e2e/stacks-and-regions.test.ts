import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { OktaProvider } from '@cdktf/provider-okta/lib/provider';
import { KonnectProvider } from '@kong/konnect-cdktf-bindings/lib/provider';
import { type App, TerraformStack, Testing } from 'cdktf';
import {
  Api,
  AuthorizationServer,
  ControlPlane,
  DevPortal,
  GatewayService,
  OidcClient,
  OktaDevPortalOidc,
  PortalDeveloper,
  ProviderVersions,
} from 'okta-dev-portal-oidc';
import { Sandbox } from 'okta-dev-portal-oidc-sandbox';
import { describeWithTerraform } from '../support/sandbox';

const REGIONS = ['eu', 'us'];
const STACKS = ['platform', 'orders-api', 'orders-clients'];

/** A stack with an aliased provider for each region, as in examples/regions. */
function stackOf(app: App, name: string) {
  const stack = new TerraformStack(app, name);
  ProviderVersions.require(stack, { konnect: '~> 3.21' });
  new OktaProvider(stack, 'okta', {});
  // The aliases are different in each stack.
  const providers = REGIONS.map((region) => {
    const [alias, serverUrl] = [`${name}-${region}`, `https://${region}.api.konghq.com`];
    return new KonnectProvider(stack, `konnect-${region}`, { alias, serverUrl });
  });
  return { stack, providers };
}

/** examples/stacks in the regions of examples/regions: the JSON of each stack. */
function synthesize(): { readonly [stack: string]: string } {
  const app = Testing.app();
  const platform = stackOf(app, 'platform');
  const apis = stackOf(app, 'orders-api');
  const clients = new TerraformStack(app, 'orders-clients');
  new OktaProvider(clients, 'okta', {});
  const authorizationServer = AuthorizationServer.fromDefault(platform.stack, 'server');
  for (const [index, region] of REGIONS.entries()) {
    const provider = platform.providers[index];
    const oidc = new OktaDevPortalOidc(platform.stack, `oidc-${region}`, {
      authorizationServer,
      konnectProvider: provider,
      name: `Okta OIDC ${region}`,
    });
    const portal = new DevPortal(platform.stack, `portal-${region}`, { provider, name: `Portal ${region}` });
    const controlPlane = new ControlPlane(platform.stack, `control-plane-${region}`, {
      provider,
      name: region,
    });
    const gatewayService = new GatewayService(apis.stack, `service-${region}`, {
      provider: apis.providers[index],
      controlPlane,
      host: `orders.${region}.internal`,
      routes: { [`orders-${region}`]: { paths: ['/orders'] } },
    });
    const api = new Api(apis.stack, `api-${region}`, {
      provider: apis.providers[index],
      name: `Orders ${region}`,
      gatewayService,
    });
    oidc.publish('portal', { api, portal });
    // The platform's client is registered for the team's API, in the team's stack.
    oidc.registerClient('nightly', {
      client: OidcClient.fromClientId(platform.stack, `nightly-${region}`, `0oa-${region}`),
      developer: new PortalDeveloper(platform.stack, `developer-${region}`, {
        provider,
        portal,
        email: 'platform@example.com',
        fullName: 'Platform team',
      }),
      approved: true,
    });
    const accessPolicy = { name: `Orders ${region}` };
    OktaDevPortalOidc.fromAttributes(clients, region, oidc, { accessPolicy }).addClient('web', {
      label: `Orders ${region}`,
      redirectUris: ['https://orders.example.com/callback'],
    });
  }
  app.synth();
  return Object.fromEntries(
    STACKS.map((name) => [name, readFileSync(join(app.outdir, 'stacks', name, 'cdk.tf.json'), 'utf8')]),
  );
}

describeWithTerraform('stacks of one app in several regions', () => {
  let sandbox: Sandbox;

  beforeAll(async () => {
    sandbox = await Sandbox.start();
  });

  afterAll(() => sandbox.stop());

  test('are deployed, plan nothing afterwards, and leave nothing behind', async () => {
    const before = [sandbox.okta.snapshot(), sandbox.konnect.snapshot()];
    const json = synthesize();
    const added: number[] = [];
    for (const name of STACKS) {
      added.push((await sandbox.deployJson(name, json[name])).changes.add);
    }
    expect(added).toEqual([21, 16, 10]);
    const { registrations } = sandbox.konnect.snapshot() as { registrations: { status: string }[] };
    expect(registrations.map(({ status }) => status)).toEqual(['approved', 'approved']);
    for (const name of STACKS) {
      expect({ [name]: await sandbox.planJson(name, json[name]) }).toEqual({ [name]: { changes: [] } });
    }
    for (const name of [...STACKS].reverse()) {
      await sandbox.destroy(name);
    }
    expect([sandbox.okta.snapshot(), sandbox.konnect.snapshot()]).toEqual(before);
  }, 60_000);
});
