import { OktaProvider } from '@cdktf/provider-okta/lib/provider';
import { KonnectProvider } from '@kong/konnect-cdktf-bindings/lib/provider';
import { App, TerraformStack } from 'cdktf';
import {
  Api,
  AuthorizationServer,
  ControlPlane,
  DevPortal,
  GatewayService,
  OktaDevPortalOidc,
  ProviderVersions,
} from 'okta-dev-portal-oidc';

const app = new App();

function newStack(name: string): TerraformStack {
  const stack = new TerraformStack(app, name);
  ProviderVersions.require(stack);
  new OktaProvider(stack, 'okta', {});
  new KonnectProvider(stack, 'konnect', {});
  return stack;
}

// The platform team: authorization server, strategy, portal, control plane.
const platform = newStack('platform');
const controlPlane = new ControlPlane(platform, 'control-plane', { name: 'platform' });
const authorizationServer = new AuthorizationServer(platform, 'server', {
  name: 'Company APIs',
  audiences: ['api://company'],
});
const oidc = new OktaDevPortalOidc(platform, 'oidc', { authorizationServer });
const portal = new DevPortal(platform, 'portal', { name: 'Company portal' });

// API teams: each publishes its API. The publication is in the stack of the API.
for (const name of ['orders', 'stock']) {
  const stack = newStack(`${name}-api`);
  const gatewayService = new GatewayService(stack, 'service', {
    controlPlane,
    name,
    host: `${name}.internal`,
    routes: { [name]: { paths: [`/${name}`] } },
  });
  oidc.publish('portal', { api: new Api(stack, 'api', { name, gatewayService }), portal });
}

// Client teams: each stack has the applications of a team and their access policy.
for (const name of ['billing', 'shipping']) {
  const stack = newStack(`${name}-clients`);
  const clients = OktaDevPortalOidc.fromAttributes(stack, 'oidc', oidc);
  clients.addClient('web', { label: name, redirectUris: [`https://${name}.example.com/callback`] });
}

app.synth();
