import { App } from 'cdktf';
import { DevPortalStack } from './dev-portal-stack';

const app = new App();
new DevPortalStack(app, 'dev-portal');
app.synth();
