import { ignoreClosedPipe } from './closed-pipe';
import { processIo } from './console';
import { run } from './program';

void ignoreClosedPipe();
run(process.argv.slice(2), processIo()).then((exitCode) => {
  process.exitCode = exitCode;
});
