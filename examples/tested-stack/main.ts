import { App } from 'cdktf';
import { OrdersStack } from './orders-stack';

const app = new App();
// A setting from the environment or the context of cdktf.json. Synthesis needs none.
const setting = (name: string): string | undefined =>
  process.env[name] ?? (app.node.tryGetContext(name) as string | undefined);

new OrdersStack(app, 'orders', {
  upstreamHost: setting('UPSTREAM_HOST') ?? 'httpbin.konghq.com',
  oktaOrgName: setting('OKTA_ORG_NAME'),
  konnectServerUrl: setting('KONNECT_SERVER_URL'),
});
app.synth();
