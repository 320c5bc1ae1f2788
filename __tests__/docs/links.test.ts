import { execFileSync } from 'node:child_process';
import { resolve } from 'node:path';
import { brokenLink, Page } from '../support/pages';

const ROOT = resolve(__dirname, '..', '..');
const pages = Page.all();

/** Pages that a page links to. */
function linkedPages(path: string): string[] {
  return new Page(path).links().flatMap((link) => (link.path.endsWith('.md') ? [link.path] : []));
}

test.each(pages.map((page) => [page.path, page] as const))('every link of %s leads somewhere', (_, page) => {
  expect(page.links().flatMap((link) => brokenLink(link) ?? [])).toEqual([]);
});

test('every page is two clicks from the README', () => {
  const first = linkedPages('README.md');
  const reached = new Set(['README.md', ...first, ...first.flatMap(linkedPages)]);
  expect(pages.map(({ path }) => path).filter((path) => !reached.has(path))).toEqual([]);
});

test('the index links every page of the documentation and every example', () => {
  const linked = new Set(linkedPages('docs/README.md'));
  const paths = pages.map(({ path }) => path).filter((path) => /^(docs|examples)\//.test(path));
  expect(paths.filter((path) => path !== 'docs/README.md' && !linked.has(path))).toEqual([]);
});

test('CONTRIBUTING links every folder of the repository', () => {
  const tracked = execFileSync('git', ['ls-files'], { cwd: ROOT, encoding: 'utf8' }).split('\n');
  const folders = tracked
    .filter((path) => path.includes('/') && !path.startsWith('.'))
    .map((path) => (/^(packages\/)?[^/]+/.exec(path) ?? [''])[0]);
  const linked = new Page('CONTRIBUTING.md').links().map(({ path }) => path.replace(/\/README\.md$/, ''));
  expect([...new Set(folders)].filter((folder) => !linked.includes(folder))).toEqual([]);
});
