import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { defineConfig } from '@rspress/core';
import { readIndex } from '../docs-index.mjs';
import { ROOT } from '../package/run.mjs';
import { remarkMermaid } from './remark-mermaid.mjs';
import { sitePath } from './repository-pages.mjs';

const sidebar = readIndex(ROOT).map(({ title, pages }) => ({
  text: title,
  items: pages.map((page) => ({
    text: page.title,
    link: `/${sitePath(page.path).replace(/(index)?\.md$/, '')}`,
  })),
}));

export default defineConfig({
  root: join(ROOT, 'artifacts', 'site-pages'),
  outDir: join(ROOT, 'artifacts', 'site'),
  title: 'okta-dev-portal-oidc',
  lang: 'en',
  icon: pathToFileURL(join(import.meta.dirname, 'icon.svg')),
  globalStyles: join(import.meta.dirname, 'site.css'),
  markdown: {
    link: { checkDeadLinks: true, checkAnchors: true },
    globalComponents: [join(import.meta.dirname, 'MermaidDiagram.jsx')],
    remarkPlugins: [remarkMermaid],
    shiki: { fallbackLanguage: 'text' },
  },
  // A page from the build cache is not checked for dead links.
  builderConfig: { output: { cleanDistPath: true }, performance: { buildCache: false } },
  search: { codeBlocks: true },
  themeConfig: { sidebar: { '/': sidebar } },
});
