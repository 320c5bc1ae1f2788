import { readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { readIndex } from './docs-index.mjs';

/*
 * Writes llms.txt, the list of all pages for language models (llmstxt.org), from the tables of docs/README.md, or into
 * the file that is named.
 */
const root = join(import.meta.dirname, '..');
const target = resolve(process.argv[2] ?? join(root, 'llms.txt'));
const { name, description } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
const sections = readIndex(root).map(({ title, pages }) => {
  const links = pages.map((page) => `- [${page.title}](${page.path}): ${page.description}`);
  return `## ${title}\n\n${links.join('\n')}\n`;
});
const introduction = [
  `# ${name}`,
  `> ${description}`,
  'The [README](README.md) has an app to copy and the commands to deploy it. All pages are in the package as Markdown.',
];
writeFileSync(target, [...introduction, ...sections].join('\n\n').replace(/\n{3,}/g, '\n\n'));
