import { readFileSync } from 'node:fs';
import { join, posix } from 'node:path';

/**
 * Reads the tables of docs/README.md: the sections of the documentation with their pages.
 *
 * @param {string} root folder of the repository
 * @returns {{ title: string, pages: { title: string, path: string, description: string }[] }[]} paths from the root
 */
export function readIndex(root) {
  const [, ...sections] = readFileSync(join(root, 'docs', 'README.md'), 'utf8').split(/^## /m);
  return sections.map((section) => {
    const [title] = section.split('\n');
    return { title, pages: section.split('\n').flatMap(pagesOfRow) };
  });
}

/** A row may name several pages, which share its description. */
function pagesOfRow(line) {
  const [, cell, description] = line.split(/(?<!\\)\|/).map((text) => text.trim());
  return [...(cell ?? '').matchAll(/\[([^\]]+)\]\(([^)]+)\)/g)].map(([, title, link]) => ({
    title,
    path: posix.join('docs', link),
    description,
  }));
}
