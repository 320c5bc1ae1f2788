// Measures the library against raw bindings, alternately in one run, and prints ratios of medians.
import { execFileSync } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const RUNS = 15;
const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const work = mkdtempSync(join(tmpdir(), 'bench-'));
const tsc = join(root, 'node_modules', 'typescript', 'bin', 'tsc');

const median = (values) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];

function seconds(command, args) {
  const start = process.hrtime.bigint();
  execFileSync(command, args, {
    cwd: work,
    stdio: 'ignore',
    env: { ...process.env, CDKTF_OUTDIR: join(work, 'out-tf') },
  });
  return Number(process.hrtime.bigint() - start) / 1e9;
}

/** Medians of several commands that take turns, after one round that does not count. */
function alternate(commands) {
  const rounds = Array.from({ length: RUNS + 1 }, () =>
    commands.map((args) => seconds(process.execPath, args)),
  );
  return commands.map((_, index) => median(rounds.slice(1).map((round) => round[index])));
}

function project(name, entry) {
  // In the work folder, so that packages resolve from there, as for a user.
  copyFileSync(join(root, entry), join(work, `${name}.ts`));
  const config = {
    compilerOptions: {
      strict: true,
      target: 'es2022',
      module: 'node16',
      types: ['node'],
      typeRoots: [join(root, 'node_modules', '@types')],
      skipLibCheck: true,
      outDir: join(work, name),
      rootDir: work,
    },
    files: [join(work, `${name}.ts`)],
  };
  const path = join(work, `tsconfig.${name}.json`);
  writeFileSync(path, JSON.stringify(config));
  return path;
}

try {
  execFileSync(process.execPath, [tsc, '-p', 'tsconfig.build.json'], { cwd: root });
  mkdirSync(join(work, 'node_modules'));
  for (const name of ['cdktf', 'constructs', '@cdktf', '@kong', '@types']) {
    symlinkSync(join(root, 'node_modules', name), join(work, 'node_modules', name));
  }
  symlinkSync(root, join(work, 'node_modules', 'okta-dev-portal-oidc'));
  const configs = { library: project('library', 'main.ts'), raw: project('raw', 'bench/apps/raw.ts') };
  for (const config of Object.values(configs)) {
    execFileSync(process.execPath, [tsc, '-p', config], { cwd: work, stdio: 'inherit' });
  }
  const [library, raw] = alternate([[join(work, 'library', 'library.js')], [join(work, 'raw', 'raw.js')]]);
  const [compile] = alternate([[tsc, '-p', project('user', 'bench/apps/user.ts'), '--noEmit']]);

  console.log(`Node ${process.version}, ${cpus().length} cores, medians of ${RUNS} alternating runs`);
  console.log(
    `synthesis of the how-to, compiled: library ${library.toFixed(3)} s, raw bindings ${raw.toFixed(3)} s`,
  );
  console.log(`  ratio ${(library / raw).toFixed(2)} (goal: below 1.30)`);
  console.log(`tsc of an app with the library and five bindings: ${compile.toFixed(2)} s (goal: below 5)`);
} finally {
  rmSync(work, { recursive: true });
}
