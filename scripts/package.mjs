// Usage: npm run package -- <npm|python|java|go> [--modules all|used] [--host cdktf|cdktn] [--no-build] [--out <folder>]
import { resolve } from 'node:path';
import { Argument, Command, Option } from 'commander';
import { packJsii } from './package/jsii.mjs';
import { packNpm } from './package/npm.mjs';
import { ROOT } from './package/run.mjs';

const PACKERS = {
  npm: packNpm,
  python: (options) => packJsii('python', options),
  java: (options) => packJsii('java', options),
  go: (options) => packJsii('go', options),
};

const command = new Command('npm run package --')
  .description('Packs what is to be published, in artifacts/<kind>/')
  .addArgument(new Argument('<kind>', 'kind of the packages').choices(Object.keys(PACKERS)))
  .addOption(
    new Option('--modules <modules>', 'resources in the bindings: all, or those that the library uses')
      .choices(['all', 'used'])
      .default('all'),
  )
  .addOption(
    new Option('--host <framework>', 'framework of the Python packages; npm packs those for both')
      .choices(['cdktf', 'cdktn'])
      .default('cdktf'),
  )
  .option('--no-build', 'npm packages of what was built before')
  .option('--out <folder>', 'folder for the packages', resolve(ROOT, 'artifacts'))
  .action((kind, { modules, host, build, out }) => {
    if (host === 'cdktn' && kind !== 'python') {
      command.error(`error: --host cdktn packs Python only, not ${kind}`);
    }
    if (modules === 'used' && kind === 'npm') {
      command.error('error: --modules used has no effect on npm, whose packages have all resources');
    }
    if (!build && kind !== 'npm') {
      command.error(`error: --no-build has no effect on ${kind}, which is compiled from the sources`);
    }
    const started = performance.now();
    for (const file of PACKERS[kind]({ modules, host, build, out: resolve(out) })) {
      process.stdout.write(`${file}\n`);
    }
    process.stderr.write(`${kind}: ${((performance.now() - started) / 1000).toFixed(0)} s\n`);
  });
try {
  command.parse();
} catch (error) {
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
}
