import { existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, extname, join, posix } from 'node:path';

/** Page that the site begins with. */
const HOME = 'README.md';

const IMAGE = /\.(png|svg)$/;
const CODE = /(^ *```[\s\S]*?^ *```$|`[^`\n]*`)/m;
const LINK = /\]\((?!https?:|mailto:|#)([^)\s#]+)(#[^)\s]*)?\)/g;

/**
 * Collects what the README links, directly or by other pages: Markdown pages, source files, which become pages too, and
 * images.
 *
 * @param {string} root folder of the repository
 * @returns {Map<string, string | Buffer>} Markdown of each page for the site, or an image, by path in the repository
 */
export function collectPages(root) {
  const pages = new Map();
  const queue = [HOME];
  for (const path of queue) {
    pages.set(path, contentOf(path));
  }
  return pages;

  function contentOf(path) {
    const content = readFileSync(join(root, path));
    if (IMAGE.test(path)) {
      return content;
    }
    const text = content.toString();
    return path.endsWith('.md') ? rewriteLinks(text, path, follow) : sourcePage(path, text);
  }

  /** Queues the target of a link. Returns the link for the site, `undefined` for a folder without a page. */
  function follow(from, link) {
    const linked = posix.join(posix.dirname(from), link);
    const target = statSync(join(root, linked), { throwIfNoEntry: false });
    if (!target) {
      throw new Error(`${from} links ${link}, which does not exist. Correct the link.`);
    }
    const path = target.isDirectory() ? posix.join(linked, 'README.md') : linked;
    if (!existsSync(join(root, path))) {
      return undefined;
    }
    if (!queue.includes(path)) {
      queue.push(path);
    }
    // The generator takes an image without ./ for a module.
    return `./${posix.relative(posix.dirname(from), sitePath(path))}`;
  }
}

/** Writes pages and images for the generator into a folder. */
export function writePages(pages, folder) {
  for (const [path, text] of pages) {
    const file = join(folder, sitePath(path));
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
  }
}

/** Path of a page or an image in the site. A README is the page of its folder. */
export function sitePath(path) {
  if (IMAGE.test(path)) {
    return path;
  }
  return path.endsWith('.md') ? path.replace(/(?<=^|\/)README\.md$/, 'index.md') : `${path}.md`;
}

function rewriteLinks(text, path, follow) {
  const parts = text.split(CODE);
  const rewritten = parts.map((part, index) =>
    index % 2 === 1
      ? part
      : part.replace(LINK, (_, link, anchor = '') => {
          const target = follow(path, link);
          return target === undefined ? ']' : `](${target}${anchor})`;
        }),
  );
  return rewritten.join('');
}

/** A page with a source file. It is not searched, so that results are about tasks, and the index is small. */
function sourcePage(path, text) {
  return `---\nsearch: false\n---\n\n# ${posix.basename(path)}\n\n\`${path}\`\n\n\`\`\`\`${extname(path).slice(1) || 'text'}\n${text.trimEnd()}\n\`\`\`\`\n`;
}
