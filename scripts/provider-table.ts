import { readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { providerTable } from './provider-table/table';

/*
 * Writes the table of provider versions into the page on upgrades, or into the file that is named.
 */
const target = resolve(process.argv[2] ?? join(__dirname, '..', 'docs', 'upgrade-providers.md'));
const page = readFileSync(target, 'utf8');
const table = /\| konnect \| okta 4 \|.*\n(\|.*\n)+/;
if (!table.test(page)) {
  throw new Error(`${target} has no table that starts with | konnect | okta 4 |`);
}
writeFileSync(target, page.replace(table, `${providerTable()}\n`));
