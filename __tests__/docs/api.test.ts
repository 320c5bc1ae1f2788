import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { Page } from '../support/pages';

const ROOT = resolve(__dirname, '..', '..');
const PAGES = ['docs/api.md', 'docs/api-testing.md'] as const;

/** A class, an interface, an enum or a function. */
interface Section {
  readonly name: string;
  readonly text: string;
  /** Rows of its table, cell by cell. */
  readonly rows: readonly string[][];
}

function sectionsOf(page: string): Section[] {
  return new Page(page).content
    .split(/^### /m)
    .slice(1)
    .map((text) => ({
      name: text.split('\n')[0] ?? '',
      text,
      rows: text
        .split('\n')
        .filter((line) => line.startsWith('| `'))
        .map((row) => row.split(/(?<!\\)\|/).slice(1, -1))
        .map((cells) => cells.map((cell) => cell.trim())),
    }));
}

test('the API reference is up to date', () => {
  const folder = mkdtempSync(join(tmpdir(), 'docs-api-'));
  try {
    execFileSync(process.execPath, [join(ROOT, 'scripts', 'api-reference.mjs'), folder], { cwd: ROOT });
    for (const page of PAGES) {
      // `npm run docs` updates it.
      expect(new Page(page).content).toBe(readFileSync(join(folder, page.replace('docs/', '')), 'utf8'));
    }
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test.each([
  ['lib/index.ts', 'docs/api.md'],
  ['lib/catalog/index.ts', 'docs/api.md'],
  ['testing/index.ts', 'docs/api-testing.md'],
  ['packages/sandbox/src/index.ts', 'docs/api-testing.md'],
])('everything that %s exports has a section', (entry, page) => {
  const source = readFileSync(join(ROOT, entry), 'utf8');
  const exported = [...source.matchAll(/^export (?:type )?\{([^}]+)\} from/gm)].flatMap(([, names = '']) =>
    names.split(',').map((name) => name.trim().replace(/^type /, '')),
  );
  const sections = sectionsOf(page).map(({ name }) => name);
  expect(exported).not.toEqual([]);
  expect(exported.filter((name) => name !== '' && !sections.includes(name))).toEqual([]);
});

describe.each(PAGES)('%s', (page) => {
  const sections = sectionsOf(page);

  test('has words in every section', () => {
    expect(sections).not.toEqual([]);
    const silent = sections.filter(({ text }) => !/^\w+\n\n[A-Z]/.test(text));
    expect(silent.map(({ name }) => name)).toEqual([]);
  });

  test('has words for every member but those that are constants', () => {
    const silent = sections.flatMap(({ name, text, rows }) => [
      ...rows
        .filter(([member = '', , words]) => words === '' && !/^`(static )?[A-Z]/.test(member))
        .map(([member]) => `${name} ${member}`),
      ...text.split('\n').filter((line) => /^- `[^`]*`$/.test(line)),
    ]);
    expect(silent).toEqual([]);
  });
});

test('every optional member of an exported interface says its default', () => {
  const exported = new Set(PAGES.flatMap((page) => sectionsOf(page).map(({ name }) => name)));
  const members = ['lib', 'testing', 'packages/sandbox/src']
    .flatMap((folder) => sources(join(ROOT, folder)))
    .flatMap(optionalMembers)
    .filter(({ owner }) => exported.has(owner));
  expect(members).not.toEqual([]);
  expect(members.filter(({ doc }) => !doc.includes('@default '))).toEqual([]);
});

function sources(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts'))
    .map((file) => readFileSync(join(folder, file), 'utf8'));
}

/** Optional members of the interfaces of a file, except of those that classes implement (`IName`). */
function optionalMembers(source: string) {
  const interfaces = [...source.matchAll(/^export interface (?!I[A-Z])(\w+)[^{]*\{\n([\s\S]*?)^\}/gm)];
  return interfaces.flatMap(([, owner = '', body = '']) =>
    [...body.matchAll(/(?: {2}\/\*\*((?:(?!\*\/)[\s\S])*)\*\/\n)? {2}readonly (\w+)\?:/g)].map(
      ([, doc = '', member = '']) => ({ owner, member, doc }),
    ),
  );
}
