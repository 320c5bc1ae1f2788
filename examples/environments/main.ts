import { App } from 'cdktf';
import { PortalStack } from './portal-stack';

const app = new App();
new PortalStack(app, 'staging', { suffix: ' (staging)', upstreamHost: 'orders.staging.internal' });
new PortalStack(app, 'production', { upstreamHost: 'orders.internal' });
app.synth();
