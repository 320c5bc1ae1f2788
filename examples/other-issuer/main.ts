import { KonnectProvider } from '@kong/konnect-cdktf-bindings/lib/provider';
import { App, TerraformStack } from 'cdktf';
import { Api, ControlPlane, DevPortal, GatewayService, OidcPublications } from 'okta-dev-portal-oidc';

const app = new App();
// A setting from the environment or the context of cdktf.json. Synthesis needs none.
const setting = (name: string): string | undefined =>
  process.env[name] ?? (app.node.tryGetContext(name) as string | undefined);

const stack = new TerraformStack(app, 'other-issuer');
new KonnectProvider(stack, 'konnect', { serverUrl: setting('KONNECT_SERVER_URL') });

const gatewayService = new GatewayService(stack, 'service', {
  controlPlane: new ControlPlane(stack, 'control-plane', { name: 'other-issuer' }),
  host: setting('UPSTREAM_HOST') ?? 'httpbin.konghq.com',
  path: '/anything',
  routes: { orders: { paths: ['/orders'] } },
});
const api = new Api(stack, 'orders', { name: 'Orders', gatewayService });
const portal = new DevPortal(stack, 'portal', {
  name: 'Keycloak portal',
  autoApproveDevelopers: true,
  autoApproveApplications: true,
});

new OidcPublications(stack, 'oidc', {
  name: 'Keycloak',
  issuer: setting('OIDC_ISSUER') ?? 'https://keycloak.example.com/realms/apis',
  // Keycloak puts the client id into `azp`.
  credentialClaim: ['azp'],
  scopes: ['api.access'],
  publications: { orders: { api, portal } },
});

app.synth();
