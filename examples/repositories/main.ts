import { join } from 'node:path';
import { App } from 'cdktf';
import { Platform } from './platform';
import { Team } from './team';

// Each repository has an app with one of the stacks. Here one app has both, to try them together.
const app = new App();
const platformStatePath = join(process.cwd(), 'terraform.platform.tfstate');
const platform = new Platform(app, 'platform', platformStatePath);
const team = new Team(app, 'orders-team', platformStatePath);
team.addDependency(platform);

app.synth();
