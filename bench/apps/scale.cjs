// Published APIs with gateway service and client each: scale.cjs library|raw <APIs of a stack> <stacks> [warm]
const { Api } = require('@kong/konnect-cdktf-bindings/lib/api');
const { ApiImplementation } = require('@kong/konnect-cdktf-bindings/lib/api-implementation');
const { ApiPublication } = require('@kong/konnect-cdktf-bindings/lib/api-publication');
const { ApplicationAuthStrategy } = require('@kong/konnect-cdktf-bindings/lib/application-auth-strategy');
const { KonnectProvider } = require('@kong/konnect-cdktf-bindings/lib/provider');
const { AppOauth } = require('@cdktf/provider-okta/lib/app-oauth');
const { AuthServerPolicy } = require('@cdktf/provider-okta/lib/auth-server-policy');
const { OktaProvider } = require('@cdktf/provider-okta/lib/provider');
const { App, TerraformResource, TerraformStack } = require('cdktf');
const { DevPortal, GatewayService, OktaDevPortalOidc, PortalApi } = require('okta-dev-portal-oidc');

const PORTAL = '11111111-2222-4333-8444-555555555555';
const SERVICE = '99999999-8888-4777-8666-555555555555';
const REDIRECT_URIS = ['https://localhost/callback'];
const [, , side, apis, stacks, warm] = process.argv;

function library(stack, count) {
  const portal = DevPortal.fromPortalId(stack, 'portal', PORTAL);
  const gatewayService = GatewayService.fromAttributes(stack, 'service', {
    serviceId: SERVICE,
    controlPlaneId: SERVICE,
  });
  const oidc = new OktaDevPortalOidc(stack, 'oidc');
  for (let index = 0; index < count; index++) {
    const api = new PortalApi(stack, `api-${index}`, { name: `API ${index}`, gatewayService });
    oidc.publish(`api-${index}`, { api, portal });
    oidc.addClient(`api-${index}`, { label: `Client ${index}`, redirectUris: REDIRECT_URIS });
  }
}

/** The same resources for each API. */
function raw(stack, count) {
  const strategy = new ApplicationAuthStrategy(stack, 'strategy', {
    openidConnect: {
      name: 'Okta OIDC',
      displayName: 'Okta OIDC',
      strategyType: 'openid_connect',
      configs: {
        openidConnect: { issuer: 'https://a.okta.com/oauth2/default', credentialClaim: ['clientId'] },
      },
    },
    lifecycle: { createBeforeDestroy: true },
  });
  const clients = [];
  for (let index = 0; index < count; index++) {
    const api = new Api(stack, `api-${index}`, { name: `API ${index}` });
    new ApiImplementation(stack, `implementation-${index}`, {
      apiId: api.id,
      serviceReference: { service: { controlPlaneId: SERVICE, id: SERVICE } },
    });
    const published = new TerraformResource(stack, `published-${index}`, {
      terraformResourceType: 'terraform_data',
    });
    published.addOverride('triggers_replace', { apiId: api.id, portalId: PORTAL });
    new ApiPublication(stack, `publication-${index}`, {
      apiId: api.id,
      portalId: PORTAL,
      authStrategyIds: [strategy.id],
      visibility: 'private',
      lifecycle: { replaceTriggeredBy: [`terraform_data.${published.friendlyUniqueId}`] },
    });
    const client = new AppOauth(stack, `client-${index}`, {
      label: `Client ${index}`,
      type: 'web',
      grantTypes: ['authorization_code', 'client_credentials'],
      responseTypes: ['code'],
      redirectUris: REDIRECT_URIS,
      omitSecret: true,
    });
    clients.push(client.clientId);
  }
  new AuthServerPolicy(stack, 'policy', {
    authServerId: 'default',
    name: 'Okta OIDC',
    description: 'Okta OIDC',
    priority: 1,
    clientWhitelist: clients,
  });
}

function synthesize(count) {
  const app = new App();
  for (let index = 0; index < Number(stacks); index++) {
    const stack = new TerraformStack(app, `stack-${index}`);
    new OktaProvider(stack, 'okta', {});
    new KonnectProvider(stack, 'konnect', {});
    (side === 'raw' ? raw : library)(stack, count);
  }
  app.synth();
  return app;
}

/** Bytes that are in use, not those that wait for the garbage collector. */
function bytes() {
  gc();
  return process.memoryUsage().heapUsed;
}

if (warm) {
  // As many APIs whatever the size is, so that V8 has compiled what every one of them needs.
  synthesize(Math.ceil(1000 / Number(stacks)));
}
const before = bytes();
const start = process.cpuUsage();
const app = synthesize(Number(apis));
const { user, system } = process.cpuUsage(start);
globalThis.benchFigures.synthesis = (user + system) / 1e6;
globalThis.benchFigures.kilobytes = (bytes() - before) / 1024;
// Still in use when the memory was counted.
globalThis.app = app;
