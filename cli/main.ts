import { processIo } from './console';
import { run } from './program';

run(process.argv.slice(2), processIo()).then((exitCode) => {
  process.exitCode = exitCode;
});
