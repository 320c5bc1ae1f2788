/** The resources of main.ts, written with the generated bindings alone. */
import { AppOauth } from '@cdktf/provider-okta/lib/app-oauth';
import { AuthServerClaim } from '@cdktf/provider-okta/lib/auth-server-claim';
import { AuthServerPolicy } from '@cdktf/provider-okta/lib/auth-server-policy';
import { AuthServerPolicyRule } from '@cdktf/provider-okta/lib/auth-server-policy-rule';
import { AuthServerScope } from '@cdktf/provider-okta/lib/auth-server-scope';
import { DataOktaAuthServer } from '@cdktf/provider-okta/lib/data-okta-auth-server';
import { OktaProvider } from '@cdktf/provider-okta/lib/provider';
import { Api } from '@kong/konnect-cdktf-bindings/lib/api';
import { ApiImplementation } from '@kong/konnect-cdktf-bindings/lib/api-implementation';
import { ApiPublication } from '@kong/konnect-cdktf-bindings/lib/api-publication';
import { ApplicationAuthStrategy } from '@kong/konnect-cdktf-bindings/lib/application-auth-strategy';
import { GatewayControlPlane } from '@kong/konnect-cdktf-bindings/lib/gateway-control-plane';
import { GatewayRoute } from '@kong/konnect-cdktf-bindings/lib/gateway-route';
import { GatewayService } from '@kong/konnect-cdktf-bindings/lib/gateway-service';
import { Portal } from '@kong/konnect-cdktf-bindings/lib/portal';
import { PortalPage } from '@kong/konnect-cdktf-bindings/lib/portal-page';
import { KonnectProvider } from '@kong/konnect-cdktf-bindings/lib/provider';
import { App, TerraformOutput, TerraformResource, TerraformStack } from 'cdktf';

const app = new App();
const stack = new TerraformStack(app, 'how-to');
new OktaProvider(stack, 'okta', {});
new KonnectProvider(stack, 'konnect', {});

const controlPlane = new GatewayControlPlane(stack, 'control-plane', { name: 'quickstart' });
const service = new GatewayService(stack, 'service', {
  id: 'ae02bb38-030d-5e5c-bb04-923c2f93bdb9',
  controlPlaneId: controlPlane.id,
  name: 'example-service',
  host: 'httpbin.konghq.com',
  path: '/anything',
});
new GatewayRoute(stack, 'route', {
  controlPlaneId: controlPlane.id,
  name: 'example-route',
  paths: ['/anything'],
  service: { id: service.id },
});
const portal = new Portal(stack, 'portal', {
  name: 'MyDevPortal',
  authenticationEnabled: true,
  rbacEnabled: false,
  autoApproveApplications: true,
  autoApproveDevelopers: true,
  defaultApiVisibility: 'public',
  defaultPageVisibility: 'public',
});
new PortalPage(stack, 'home', {
  portalId: portal.id,
  slug: '/',
  title: 'Home',
  content: '::apis-list',
  status: 'published',
  visibility: 'public',
  lifecycle: { replaceTriggeredBy: [`konnect_portal.${portal.friendlyUniqueId}.id`] },
});
const api = new Api(stack, 'api', { name: 'MyAPI' });
new ApiImplementation(stack, 'implementation', {
  apiId: api.id,
  serviceReference: { service: { controlPlaneId: controlPlane.id, id: service.id } },
});

const server = new DataOktaAuthServer(stack, 'server', { name: 'default' });
const claim = new AuthServerClaim(stack, 'claim', {
  authServerId: server.id,
  name: 'clientId',
  claimType: 'RESOURCE',
  valueType: 'EXPRESSION',
  value: 'app.clientId',
});
const scope = new AuthServerScope(stack, 'scope', { authServerId: server.id, name: 'api.access' });
const client = new AppOauth(stack, 'client', {
  label: 'Dev Portal app',
  type: 'web',
  grantTypes: ['authorization_code', 'client_credentials'],
  responseTypes: ['code'],
  redirectUris: ['https://localhost/callback'],
});
const policy = new AuthServerPolicy(stack, 'policy', {
  authServerId: server.id,
  name: 'Okta OIDC',
  description: 'Clients of the Dev Portal',
  priority: 1,
  clientWhitelist: [client.clientId],
  lifecycle: { ignoreChanges: ['priority'] },
});
new AuthServerPolicyRule(stack, 'rule', {
  authServerId: server.id,
  policyId: policy.id,
  name: 'Client credentials',
  priority: 1,
  grantTypeWhitelist: ['client_credentials'],
  scopeWhitelist: [scope.name],
  lifecycle: { replaceTriggeredBy: [`okta_auth_server_policy.${policy.friendlyUniqueId}.id`] },
});
const strategy = new ApplicationAuthStrategy(stack, 'strategy', {
  openidConnect: {
    name: 'Okta OIDC',
    displayName: 'Okta OIDC',
    strategyType: 'openid_connect',
    configs: {
      openidConnect: {
        issuer: server.issuer,
        credentialClaim: [claim.name],
        authMethods: ['client_credentials'],
        scopes: [scope.name],
      },
    },
  },
  lifecycle: { createBeforeDestroy: true },
});
// cdktf's own DataResource would run the terraform binary, which is not what this measures.
const published = new TerraformResource(stack, 'published', { terraformResourceType: 'terraform_data' });
published.addOverride('triggers_replace', { apiId: api.id, portalId: portal.id });
new ApiPublication(stack, 'publication', {
  apiId: api.id,
  portalId: portal.id,
  authStrategyIds: [strategy.id],
  visibility: 'public',
  lifecycle: { replaceTriggeredBy: [`terraform_data.${published.friendlyUniqueId}`] },
});

new TerraformOutput(stack, 'client_id', { value: client.clientId });
new TerraformOutput(stack, 'client_secret', { value: client.clientSecret, sensitive: true });

app.synth();
