import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { brokenLink, Page } from '../support/pages';

const pages = Page.all();
const documentation = pages.filter(({ path }) => path.startsWith('docs/'));

test.each(pages.map((page) => [page.path, page] as const))('every link of %s leads somewhere', (_, page) => {
  expect(page.links().flatMap((link) => brokenLink(link) ?? [])).toEqual([]);
});

test('every page is two clicks from the README', () => {
  const linked = (path: string) =>
    new Page(path)
      .links()
      .map((link) => link.path)
      .filter((target) => target.endsWith('.md'));
  const first = linked('README.md');
  expect(first).toContain('docs/README.md');
  const reached = new Set(['README.md', ...first, ...first.flatMap(linked)]);
  expect(pages.map(({ path }) => path).filter((path) => !reached.has(path))).toEqual([]);
});

test.each(['README.md', 'CONTRIBUTING.md'])('%s says where to read about security', (path) => {
  expect(new Page(path).links().map((link) => link.path)).toContain('SECURITY.md');
});

test('the index names every page of the documentation, and every example', () => {
  const named = new Set(new Page('docs/README.md').links().map(({ path }) => path));
  const examples = pages.filter(({ path }) => path.startsWith('examples/'));
  expect(examples.length).toBeGreaterThan(10);
  const all = [...documentation, ...examples].map(({ path }) => path);
  expect(all.filter((path) => path !== 'docs/README.md' && !named.has(path))).toEqual([]);
});

test('every page of a task is short', () => {
  const tasks = documentation.filter(({ path }) => !path.startsWith('docs/api'));
  const lengths = tasks.map(({ path, content }) => [path, content.split('\n').length] as const);
  expect(lengths.filter(([, lines]) => lines > 180)).toEqual([]);
});

test('the page of error messages has a section for each', () => {
  expect(new Page('docs/troubleshoot.md').anchors()).toEqual(
    expect.arrayContaining([
      '401-from-the-gateway',
      '403-from-the-gateway',
      '409-from-konnect',
      'invalid_client',
      'invalid_scope',
      'access_denied-policy-evaluation-failed',
      'unauthorized_client',
    ]),
  );
});

test('CONTRIBUTING names every folder of the repository', () => {
  const tracked = execFileSync('git', ['ls-files'], { cwd: join(__dirname, '..', '..'), encoding: 'utf8' });
  const folders = tracked
    .split('\n')
    .filter((path) => path.includes('/') && !path.startsWith('.'))
    .map((path) =>
      path
        .split('/')
        .slice(0, path.startsWith('packages/') ? 2 : 1)
        .join('/'),
    );
  const named = new Page('CONTRIBUTING.md').links().map(({ path }) => path.replace(/\/README\.md$/, ''));
  expect(new Set(folders).size).toBeGreaterThan(10);
  expect([...new Set(folders)].filter((folder) => !named.includes(folder))).toEqual([]);
});
