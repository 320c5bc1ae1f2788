import { App } from 'cdktf';
import { OrdersStack } from './orders-stack';

/** Settings come from the environment or the context of cdktf.json; none is needed to synthesize. */
const app = new App();
const setting = (name: string): string | undefined =>
  process.env[name] ?? (app.node.tryGetContext(name) as string | undefined);

new OrdersStack(app, 'orders', {
  upstreamHost: setting('UPSTREAM_HOST') ?? 'httpbin.konghq.com',
  oktaOrgName: setting('OKTA_ORG_NAME'),
  konnectServerUrl: setting('KONNECT_SERVER_URL'),
});
app.synth();
