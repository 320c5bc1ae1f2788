import { execFileSync } from 'node:child_process';
import { join, resolve } from 'node:path';
import { Page } from '../test-support/pages';

const ROOT = resolve(__dirname, '..');

test('the API reference is what the docstrings say', () => {
  const printed = execFileSync(process.execPath, [join(ROOT, 'scripts', 'api-reference.mjs'), '--print'], {
    cwd: ROOT,
    encoding: 'utf8',
  });
  // npm run docs writes it anew.
  expect(new Page('docs/api.md').content).toBe(printed);
});

test('everything that the library exports has a section with words', () => {
  const sections = new Page('docs/api.md').content.split(/^### /m).slice(1);
  expect(sections.length).toBeGreaterThan(70);
  const silent = sections.filter((section) => !/^\w+\n\n[A-Z]/.test(section));
  expect(silent.map((section) => section.split('\n')[0])).toEqual([]);
});

test('every optional prop has its default', () => {
  const page = new Page('docs/api.md').content;
  const props = page.split(/^### /m).filter((section) => /^\w+(Props|Options)\n/.test(section));
  const rows = props.flatMap((section) => section.split('\n').filter((line) => line.startsWith('| `')));
  expect(rows.length).toBeGreaterThan(100);
  const optional = rows.filter((row) => !row.includes('(required)'));
  expect(optional.filter((row) => /\| \|$/.test(row) || row.split(/(?<!\\)\|/).length < 6)).toEqual([]);
});
