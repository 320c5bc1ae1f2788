import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { OktaProvider } from '@cdktf/provider-okta/lib/provider';
import { KonnectProvider } from '@kong/konnect-cdktf-bindings/lib/provider';
import { App, TerraformStack } from 'cdktf';
import { Api, ControlPlane, DevPortal, GatewayService, OktaDevPortalOidc } from 'okta-dev-portal-oidc';

const app = new App();
// A setting from the environment or the context of cdktf.json. Synthesis needs none.
const setting = (name: string): string | undefined =>
  process.env[name] ?? (app.node.tryGetContext(name) as string | undefined);
const read = (name: string): string => readFileSync(join(__dirname, name), 'utf8');

const stack = new TerraformStack(app, 'documents');
// Both providers read their tokens, OKTA_API_TOKEN and KONNECT_TOKEN, from the environment of Terraform.
new OktaProvider(stack, 'okta', { orgName: setting('OKTA_ORG_NAME'), baseUrl: setting('OKTA_BASE_URL') });
new KonnectProvider(stack, 'konnect', { serverUrl: setting('KONNECT_SERVER_URL') });

const api = new Api(stack, 'orders', {
  name: 'Orders',
  version: '2.0',
  specification: read('v2.openapi.yaml'),
  gatewayService: new GatewayService(stack, 'orders-service', {
    controlPlane: new ControlPlane(stack, 'control-plane', { name: 'orders' }),
    host: setting('UPSTREAM_HOST') ?? 'httpbin.konghq.com',
    path: '/anything',
    routes: { orders: { paths: ['/orders'] } },
  }),
});
api.addVersion('v1', { version: '1.0', specification: read('v1.openapi.yaml') });

api.addDocument('start', {
  slug: 'start',
  title: 'Start',
  content:
    '1. Create an application with your client id.\n2. Register it for Orders.\n3. Call `GET /orders`.',
});
const guides = api.addDocument('guides', {
  slug: 'guides',
  title: 'Guides',
  content: 'How to handle errors, and how to read many orders.',
});
guides.addDocument('errors', {
  slug: 'errors',
  title: 'Errors',
  content: '`401`: wrong client id or secret.\n\n`403`: the client is not registered for Orders.',
});
guides.addDocument('paging', {
  slug: 'paging',
  title: 'Paging',
  content: 'A list has at most 100 orders.',
  // Only administrators see it until it is finished.
  published: false,
});

const oidc = new OktaDevPortalOidc(stack, 'oidc');
// An API that somebody publishes in the UI of Konnect has this strategy too.
const portal = new DevPortal(stack, 'portal', { name: 'OrdersPortal', defaultStrategy: oidc.strategy });
oidc.publish('orders', { api, portal });

app.synth();
