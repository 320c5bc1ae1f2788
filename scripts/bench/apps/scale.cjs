// Published APIs with gateway service and client each: scale.cjs library|raw|nested <APIs of a stack> <stacks> [warm]
const { Api } = require('@kong/konnect-cdktf-bindings/lib/api');
const { ApiImplementation } = require('@kong/konnect-cdktf-bindings/lib/api-implementation');
const { ApiPublication } = require('@kong/konnect-cdktf-bindings/lib/api-publication');
const { ApplicationAuthStrategy } = require('@kong/konnect-cdktf-bindings/lib/application-auth-strategy');
const { KonnectProvider } = require('@kong/konnect-cdktf-bindings/lib/provider');
const { AppOauth } = require('@cdktf/provider-okta/lib/app-oauth');
const { AuthServerPolicy } = require('@cdktf/provider-okta/lib/auth-server-policy');
const { OktaProvider } = require('@cdktf/provider-okta/lib/provider');
const { App, TerraformResource, TerraformStack } = require('cdktf');
const { Construct } = require('constructs');
const {
  Api: LibraryApi,
  ControlPlane,
  DevPortal,
  GatewayService,
  OktaDevPortalOidc,
} = require('okta-dev-portal-oidc');

const PORTAL = '11111111-2222-4333-8444-555555555555';
const SERVICE = '99999999-8888-4777-8666-555555555555';
const REDIRECT_URIS = ['https://localhost/callback'];
const [, , side, apis, stacks, warm] = process.argv;

function library(stack, count) {
  const portal = DevPortal.fromPortalId(stack, 'portal', PORTAL);
  const gatewayService = GatewayService.fromAttributes(stack, 'service', {
    serviceId: SERVICE,
    controlPlane: ControlPlane.fromControlPlaneId(stack, 'control-plane', SERVICE),
  });
  const oidc = new OktaDevPortalOidc(stack, 'oidc');
  for (let index = 0; index < count; index++) {
    const api = new LibraryApi(stack, `api-${index}`, { name: `API ${index}`, gatewayService });
    oidc.publish(`api-${index}`, { api, portal });
    oidc.addClient(`api-${index}`, { label: `Client ${index}`, redirectUris: REDIRECT_URIS });
  }
}

/** The same resources for each API, all of them directly in the stack. */
function raw(stack, count) {
  resources(stack, count, (kind, index) => (resource) => [stack, `${kind}-${resource}-${index}`]);
}

/** The same, in constructs as the library has them. */
function nested(stack, count) {
  const oidc = new Construct(stack, 'oidc');
  resources(stack, count, (kind, index) => {
    const scope = new Construct(kind === 'api' ? stack : oidc, `${kind}-${index}`);
    return (resource) => [scope, resource];
  });
}

/** @param place says for each API, publication and client where its resources are, and what their ids are */
function resources(stack, count, place) {
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
    const inApi = place('api', index);
    const api = new Api(...inApi('Resource'), { name: `API ${index}` });
    new ApiImplementation(...inApi('Implementation'), {
      apiId: api.id,
      serviceReference: { service: { controlPlaneId: SERVICE, id: SERVICE } },
    });
    const inPublication = place('publication', index);
    const published = new TerraformResource(...inPublication('ParentIds'), {
      terraformResourceType: 'terraform_data',
    });
    published.addOverride('triggers_replace', { apiId: api.id, portalId: PORTAL });
    new ApiPublication(...inPublication('Resource'), {
      apiId: api.id,
      portalId: PORTAL,
      authStrategyIds: [strategy.id],
      visibility: 'private',
      lifecycle: { replaceTriggeredBy: [`terraform_data.${published.friendlyUniqueId}`] },
    });
    const client = new AppOauth(...place('client', index)('Resource'), {
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

const sides = { library, raw, nested };

function synthesize(count) {
  const app = new App();
  for (let index = 0; index < Number(stacks); index++) {
    const stack = new TerraformStack(app, `stack-${index}`);
    new OktaProvider(stack, 'okta', {});
    new KonnectProvider(stack, 'konnect', {});
    sides[side](stack, count);
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
  // V8 compiles what every API needs, the same for every size.
  synthesize(Math.ceil(1000 / Number(stacks)));
}
// And goes on compiling for a while, so that what a small stack costs is the mean of a thousand APIs.
const repeats = warm ? Math.ceil(1000 / (Number(apis) * Number(stacks))) : 1;
const before = bytes();
let app;
const start = process.cpuUsage();
for (let index = 0; index < repeats; index++) {
  app = synthesize(Number(apis));
}
const { user, system } = process.cpuUsage(start);
globalThis.benchFigures.synthesis = (user + system) / 1e6 / repeats;
globalThis.benchFigures.kilobytes = (bytes() - before) / 1024;
// Still in use when the memory was counted.
globalThis.app = app;
