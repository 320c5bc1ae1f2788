// From a fresh clone to a synthesized stack, the size of what is published and installed, and tsc of a user's app.
import { execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { alternate, number, table } from './measure.mjs';
import { root } from './project.mjs';

const PEERS = ['cdktf@0.21.0', 'constructs@10.4.2', '@cdktf/provider-okta@14.1.1'];

export function installation(project) {
  project.add('scripts/bench/apps/user.ts', 'user.ts');
  const [compile] = alternate([project.tscArguments('user.ts', '--noEmit')], {
    runs: 7,
    cwd: project.folder,
  });
  const packages = ['.', 'packages/konnect-cdktf-bindings'].map((path) => pack(path, project.folder));
  return [
    'The first two rows are single runs with a filled npm cache: they say in which order of magnitude one waits, no more.',
    table(
      ['what', 'value'],
      [
        ...fresh(project.folder),
        ...packages.map(({ name, size, unpackedSize, files }) => [
          `${name}, packed`,
          `${kilobytes(size)} KB, ${kilobytes(unpackedSize)} KB in ${files.length} files unpacked`,
        ]),
        consumer(project.folder, packages),
        [
          '`tsc --noEmit` of an app with the library and five bindings, median of 7 runs',
          `${compile.seconds} s`,
        ],
      ],
    ),
  ].join('\n\n');
}

const kilobytes = (bytes) => number(bytes / 1024);

function timed(command, args, cwd, env = process.env) {
  const start = performance.now();
  execFileSync(command, args, { cwd, env, stdio: 'ignore' });
  return (performance.now() - start) / 1000;
}

function fresh(folder) {
  const clone = join(folder, 'clone');
  execFileSync('git', ['clone', '--quiet', root, clone]);
  const install = timed('npm', ['ci', '--prefer-offline', '--no-audit', '--no-fund'], clone);
  const synthesis = timed(process.execPath, ['-r', 'sucrase/register/ts', 'main.ts'], clone);
  return [
    ['`npm ci` of a fresh clone, bindings generated and everything compiled', `${number(install)} s`],
    ['the first stack synthesized after it', `${number(synthesis)} s`],
  ];
}

function pack(path, folder) {
  const args = ['pack', '--json', '--ignore-scripts', '--pack-destination', folder];
  return JSON.parse(execFileSync('npm', args, { cwd: join(root, path), encoding: 'utf8' }))[0];
}

function consumer(folder, packages) {
  const project = join(folder, 'consumer');
  mkdirSync(project);
  writeFileSync(join(project, 'package.json'), '{ "private": true }');
  const archives = packages.map(({ filename }) => join(folder, filename));
  const options = ['--prefer-offline', '--no-audit', '--no-fund', '--silent'];
  execFileSync('npm', ['install', ...options, ...archives, ...PEERS], { cwd: project, stdio: 'ignore' });
  const files = readdirSync(project, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
  const bytes = files.reduce((sum, file) => sum + statSync(file).size, 0);
  return [
    'what a user installs, peer dependencies with it',
    `${number(bytes / 1024 / 1024)} MB in ${files.length} files`,
  ];
}
