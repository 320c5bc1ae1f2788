import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { synthesizeCode, synthesizeTypescript } from '../support/languages';
import { Page } from '../support/pages';

const ROOT = resolve(__dirname, '..', '..');
const SOURCES = join(ROOT, '__tests__', 'support', 'sources.js');
const README = new Page('README.md');

test.each(['README.md', 'docs/start.md'])('the app of %s synthesizes without a setting', (path) => {
  const [code = ''] = new Page(path).codeBlocks('ts');
  const folder = mkdtempSync(join(tmpdir(), 'readme-'));
  const outdir = join(folder, 'cdktf.out');
  try {
    symlinkSync(join(ROOT, 'node_modules'), join(folder, 'node_modules'));
    writeFileSync(join(folder, 'main.ts'), code);
    const { PATH = '', HOME = '' } = process.env;
    const app = ['-r', SOURCES, '-r', 'sucrase/register/ts', join(folder, 'main.ts')];
    const { status, stderr } = spawnSync(process.execPath, app, {
      cwd: ROOT,
      encoding: 'utf8',
      env: { PATH, HOME, CDKTF_OUTDIR: outdir },
    });
    expect([stderr, status]).toEqual(['', 0]);
    expect(readdirSync(join(outdir, 'stacks'))).toEqual(['dev-portal']);
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test('the app of docs/start.md is the same as that of init', () => {
  const [code = ''] = new Page('docs/start.md').codeBlocks('ts');
  const template = synthesizeTypescript(join(ROOT, 'templates', 'typescript', 'main.ts'));
  expect(template).toEqual(synthesizeCode({ 'main.ts': code }));
});

test('every prop and method that the README names exists', () => {
  const cells = README.tables('Step of the how-to').flatMap(([, code = '']) => code);
  const names = cells.flatMap((cell) => [...cell.matchAll(/`([A-Za-z]+)`/g)].map(([, name = '']) => name));
  const source = sourceOf('lib') + sourceOf('cli');
  expect(names).not.toEqual([]);
  expect(names.filter((name) => !declares(source, name))).toEqual([]);
});

/** The TypeScript of a folder without its comments. */
function sourceOf(folder: string): string {
  return readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts'))
    .map((file) => readFileSync(join(ROOT, folder, file), 'utf8').replace(/\/\*[\s\S]*?\*\//g, ''))
    .join('\n');
}

/** Whether a class, a property, a method or a function is declared by that name. */
function declares(source: string, name: string): boolean {
  return new RegExp(`(?:class|readonly|get|static|public|function) ${name}\\b|^  ${name}\\(`, 'm').test(
    source,
  );
}
