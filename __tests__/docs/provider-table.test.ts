import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { Page } from '../support/pages';

const ROOT = resolve(__dirname, '..', '..');
const { content } = new Page('docs/upgrade-providers.md');
const folder = mkdtempSync(join(tmpdir(), 'provider-table-'));

afterAll(() => rmSync(folder, { recursive: true }));

/** The page as the script writes it. */
function written(page: string): string {
  const file = join(folder, 'page.md');
  writeFileSync(file, page);
  const script = join(ROOT, 'scripts', 'provider-table.ts');
  execFileSync(process.execPath, ['--import', 'tsx', script, file], { cwd: ROOT });
  return readFileSync(file, 'utf8');
}

test('the table of provider versions is up to date, and every cell synthesizes and validates', () => {
  // `npm run docs` updates it.
  expect(content).toBe(written(content));
});

test('the script writes the table from its header alone', () => {
  expect(written('# Page\n\n| konnect | okta 4 |\n| --- | --- |\n\nEnd\n')).toMatch(
    /^# Page\n\n\| konnect \| okta 4 \| okta 5 \| okta 6 \| okta 7 \|\n.*\n\| 3\.19 \| schema \| docs \| schema \| docs \|\n/,
  );
});
