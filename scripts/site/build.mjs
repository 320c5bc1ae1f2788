import { cpSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT, run } from '../package/run.mjs';
import { collectPages, writePages } from './repository-pages.mjs';

/*
 * Builds the documentation site in artifacts/site. Takes options of `rspress build`, for example `--base`. The generator
 * is installed on first use, apart from the packages of the repository, so that `npm ci` stays fast.
 */
const folder = import.meta.dirname;
const site = join(ROOT, 'artifacts', 'site');
const staged = join(ROOT, 'artifacts', 'site-pages');

if (!isInstalled()) {
  run('npm', ['ci'], folder);
}
const pages = collectPages(ROOT);
rmSync(staged, { recursive: true, force: true });
writePages(pages, staged);
const rspress = join(folder, 'node_modules', '@rspress', 'core', 'bin', 'rspress.js');
run(process.execPath, [rspress, 'build', ...process.argv.slice(2)], folder);
// Plain Markdown beside each page.
for (const path of ['llms.txt', ...pages.keys()]) {
  cpSync(join(ROOT, path), join(site, path));
}
process.stdout.write(`${pages.size} pages: ${join(site, 'index.html')}\n`);

/** Whether the installed packages are those of the lock file. */
function isInstalled() {
  const installed = statSync(join(folder, 'node_modules', '.package-lock.json'), { throwIfNoEntry: false });
  return installed !== undefined && installed.mtimeMs >= statSync(join(folder, 'package-lock.json')).mtimeMs;
}
