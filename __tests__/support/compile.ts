import { execFileSync } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';

const ROOT = resolve(__dirname, '..', '..');

/** Compiles the library, the command and the test kit into a folder, as `npm run build` does into `dist`. */
export function compileLibrary(folder: string): void {
  run(join('rolldown', 'bin', 'cli.mjs'), '--config', '--dir', folder, '--logLevel', 'silent');
  tsc('-p', 'tsconfig.build.json', '--incremental', 'false', '--outDir', folder);
}

/** Updates `dist`. Does not touch unchanged files: another test may be reading them. */
export function refreshLibrary(): void {
  const folder = mkdtempSync(join(tmpdir(), 'compiled-'));
  compileLibrary(folder);
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' });
  for (const file of files.filter((each) => /[.]m?(js|ts)$/.test(each))) {
    const text = readFileSync(join(folder, file), 'utf8');
    const target = join(ROOT, 'dist', file);
    if (!existsSync(target) || readFileSync(target, 'utf8') !== text) {
      mkdirSync(dirname(target), { recursive: true });
      writeFileSync(target, text);
    }
  }
  rmSync(folder, { recursive: true });
}

/** Runs the TypeScript compiler in the repository. */
export function tsc(...args: readonly string[]): void {
  run(join('typescript', 'bin', 'tsc'), ...args);
}

function run(script: string, ...args: readonly string[]): void {
  execFileSync(process.execPath, [join(ROOT, 'node_modules', script), ...args], {
    cwd: ROOT,
    stdio: ['ignore', 'ignore', 'inherit'],
  });
}
