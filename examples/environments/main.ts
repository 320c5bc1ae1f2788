import { App } from 'cdktf';
import { OrdersStack } from './orders-stack';

const app = new App();
new OrdersStack(app, 'staging', { suffix: ' (staging)', upstreamHost: 'orders.staging.internal' });
new OrdersStack(app, 'production', { upstreamHost: 'orders.internal' });
app.synth();
