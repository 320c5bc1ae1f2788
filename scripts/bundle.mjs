import { build } from 'rolldown';
import config from '../rolldown.config.mjs';

// The command line of rolldown lists its files at every log level, also in `npm ci` and `npm pack`.
await build(config);
