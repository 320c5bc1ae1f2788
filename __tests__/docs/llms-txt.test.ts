import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { brokenLink, Page } from '../support/pages';

const ROOT = resolve(__dirname, '..', '..');
const page = new Page('llms.txt');
const folder = mkdtempSync(join(tmpdir(), 'llms-txt-'));

afterAll(() => rmSync(folder, { recursive: true }));

test('llms.txt is up to date', () => {
  const file = join(folder, 'llms.txt');
  execFileSync(process.execPath, [join(ROOT, 'scripts', 'llms-txt.mjs'), file]);
  // `npm run docs` updates it.
  expect(page.content).toBe(readFileSync(file, 'utf8'));
});

test('llms.txt describes every page of docs/README.md', () => {
  expect(page.links().flatMap((link) => brokenLink(link) ?? [])).toEqual([]);
  const paths = page.links().map(({ path }) => path);
  const indexed = new Page('docs/README.md').links().map(({ path }) => path);
  expect(indexed.filter((path) => !paths.includes(path))).toEqual([]);
  const undescribed = page.content.match(/^- \[[^\]]+\]\([^)]+\)(?!: \S).*$/gm);
  expect(undescribed).toBeNull();
});
