// Synthesis of the how-to: this library, raw bindings, and how an app of CDKTF is run by default.
import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { alternate, ratio, table } from './measure.mjs';
import { root } from './project.mjs';

const RUNS = 15;
const RUNS_OF_SLOW_ONES = 5;

export function synthesis(project) {
  const main = project.add('main.ts', 'library.ts');
  const raw = project.add('scripts/bench/apps/raw.ts', 'raw.ts');
  const [library, bindings] = alternate([[project.compile('library.ts')], [project.compile('raw.ts')]], {
    runs: RUNS,
    cwd: project.folder,
  });
  const rows = [
    ['compiled, with the library', library.cpu, ratio(library.cpu, bindings.cpu), '1.10 of raw bindings'],
    ['compiled, with raw bindings', bindings.cpu, '1', ''],
  ];
  const paragraphs = [
    `The resources of main.ts, whole processes, medians of ${RUNS} runs.`,
    table(['app', 's', 'ratio', 'goal'], rows),
    'The difference is what the library takes to be loaded (Imports): compared in one process that has loaded both, an API costs what Scale says.',
  ];

  const here = ['-r', 'sucrase/register/ts', main];
  const tsNode = installTsNode(project, raw);
  const check = project.tscArguments('library.ts', '--noEmit');
  const commands = [here, check, ...tsNode];
  const [sucrase, types, slow, slowest] = alternate(commands, {
    runs: RUNS_OF_SLOW_ONES,
    cwd: project.folder,
  });
  const against = (sample) => (slow ? ratio(sample.seconds, slow.seconds) : '');
  paragraphs.push(
    `From TypeScript, by the clock, medians of ${RUNS_OF_SLOW_ONES} runs. The app of cdktf.json does not check types; \`npm run typecheck\` does.`,
    table(
      ['app', 's', 'ratio', 'goal'],
      [
        [
          '`node -r sucrase/register/ts main.ts`, the app of cdktf.json',
          sucrase.seconds,
          against(sucrase),
          '0.20 of ts-node',
        ],
        ['`tsc --noEmit` of the same app', types.seconds, against(types), ''],
        ...(slow
          ? [
              ['ts-node, raw bindings of `.gen` by file', slow.seconds, '1', ''],
              [
                'ts-node, raw bindings from the index of `.gen`, less the module that cdktf 0.21 generates with a type error',
                slowest.seconds,
                against(slowest),
                '',
              ],
            ]
          : [['ts-node', 'not measured: neither installed nor to be had from a registry', '', '']]),
      ],
    ),
  );
  return paragraphs.join('\n\n');
}

/**
 * CDKTF's default: ts-node, which checks types, with TypeScript 5 and bindings as `cdktf get` leaves them. Two commands,
 * which import them by file and from their index, less the one module that does not compile; none when it cannot be
 * installed.
 */
function installTsNode(project, raw) {
  const folder = join(project.folder, 'ts-node');
  mkdirSync(folder);
  writeFileSync(join(folder, 'package.json'), '{ "private": true }');
  try {
    const packages = ['ts-node@10.9.2', 'typescript@5.9.3', '@types/node@20'];
    const options = ['--no-audit', '--no-fund', '--prefer-offline', '--silent'];
    execFileSync('npm', ['install', ...packages, ...options], { cwd: folder, stdio: 'ignore' });
  } catch {
    return [];
  }
  for (const name of ['cdktf', 'constructs', '@cdktf']) {
    symlinkSync(join(root, 'node_modules', name), join(folder, 'node_modules', name));
  }
  cpSync(join(root, '.gen'), join(folder, '.gen'), { recursive: true });
  const index = join(folder, '.gen', 'providers', 'konnect', 'index.ts');
  writeFileSync(index, readFileSync(index, 'utf8').replace(/^.*data-konnect-platform-ip-addresses.*$/m, ''));
  const app = readFileSync(raw, 'utf8');
  const byFile = app.replaceAll('@kong/konnect-cdktf-bindings/lib/', './.gen/providers/konnect/');
  const fromIndex = app.replaceAll(
    /import \{ (\w+) \} from '@kong\/konnect-cdktf-bindings\/lib\/([\w-]+)';/g,
    (_, name, module) => {
      const namespace = module.replaceAll(/-(\w)/g, (__, letter) => letter.toUpperCase());
      return `import { ${namespace} as in${name} } from './.gen/providers/konnect';\nimport ${name} = in${name}.${name};`;
    },
  );
  writeFileSync(join(folder, 'by-file.ts'), byFile);
  writeFileSync(join(folder, 'from-index.ts'), fromIndex);
  const compilerOptions = {
    target: 'ES2020',
    lib: ['es2020'],
    module: 'CommonJS',
    moduleResolution: 'node',
    strict: true,
    skipLibCheck: true,
    types: ['node'],
  };
  writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify({ compilerOptions }));
  const tsNode = join(folder, 'node_modules', 'ts-node', 'dist', 'bin.js');
  return ['by-file.ts', 'from-index.ts'].map((name) => [tsNode, join(folder, name)]);
}
