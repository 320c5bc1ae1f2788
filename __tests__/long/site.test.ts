import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { Browser } from 'playwright-core';
import { findChromium, launchChromium } from '../support/browser';
import { publishedVersions } from '../support/cdktn/registry';
import { describeUnless } from '../support/describe-unless';
import { Page } from '../support/pages';

/*
 * The documentation site, as `npm run docs:site` builds it.
 */
const ROOT = resolve(__dirname, '..', '..');
const SITE = join(ROOT, 'artifacts', 'site');

const isInstalled = existsSync(join(ROOT, 'scripts', 'site', 'node_modules'));
const missing =
  isInstalled || publishedVersions('@rspress/core', '2').length > 0
    ? undefined
    : 'its generator is not installed, and no npm registry can be reached';

/** A page of the search index. */
interface IndexedPage {
  readonly routePath: string;
  readonly content: string;
}

describeUnless(missing, 'the documentation site', () => {
  beforeAll(() => {
    execFileSync('npm', ['run', '--silent', 'docs:site'], { cwd: ROOT, stdio: ['ignore', 'ignore', 'pipe'] });
  }, 600_000);

  const read = (path: string) => readFileSync(join(SITE, path), 'utf8');
  const filesWith = (extension: string) =>
    readdirSync(SITE, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith(extension));

  test('has every page, as HTML and as Markdown', () => {
    for (const { path, content } of Page.all()) {
      const html = path.replace(/README\.md$/, 'index.md').replace(/\.md$/, '.html');
      const [, title = ''] = /^# (.+)$/m.exec(content) ?? [];
      const heading = title.replace(/[`\\]/g, '').replace(/&/g, '&amp;');
      expect([path, read(html).replace(/<[^>]+>/g, '')]).toEqual([path, expect.stringContaining(heading)]);
      expect(read(path)).toBe(content);
    }
    expect(read('llms.txt')).toBe(new Page('llms.txt').content);
  });

  test('every link of every page leads to a file and a heading', () => {
    const ids = new Map(
      filesWith('.html').map((file) => [
        file,
        new Set([...read(file).matchAll(/ id="([^"]+)"/g)].map(([, id]) => id)),
      ]),
    );
    const links = [...ids.keys()].flatMap((file) =>
      [...read(file).matchAll(/ href="([^"]+)"/g)]
        .map(([, href = '']) => new URL(href, `http://site/${file}`))
        .filter(({ host }) => host === 'site')
        .map((url) => ({
          file,
          path: decodeURI(url.pathname).slice(1),
          id: decodeURIComponent(url.hash.slice(1)),
        })),
    );
    const broken = links.filter(({ path, id }) => {
      const target = path === '' || path.endsWith('/') ? `${path}index.html` : path;
      return !existsSync(join(SITE, target)) || (id !== '' && !ids.get(target)?.has(id));
    });
    expect(links.length).toBeGreaterThan(ids.size);
    expect(broken).toEqual([]);
  });

  test('the search has the text and the code of every Markdown page, and no source files', () => {
    const [index = ''] = readdirSync(join(SITE, 'static')).filter((file) => file.startsWith('search_index'));
    const pages = JSON.parse(read(join('static', index))) as IndexedPage[];
    const found = (term: string) =>
      pages.filter(({ content }) => content.includes(term)).map(({ routePath }) => routePath);
    expect(pages).toHaveLength(filesWith('.md').length);
    expect(found('OKTA_UNREGISTERED_CLIENT_SECRET')).toContain('/cli/');
    expect(found('new OktaDevPortalOidc(')).toContain('/');
  });

  describeUnless(findChromium() ? undefined : 'chromium is not on the PATH', 'in a browser', () => {
    let browser: Browser;

    beforeAll(async () => {
      browser = await launchChromium();
    });

    afterAll(async () => {
      await browser?.close();
    });

    test('has an icon, and a search that says that it waits for its index', async () => {
      const page = await browser.newPage();
      const errors: string[] = [];
      page.on('pageerror', ({ message }) => errors.push(message));
      page.on('console', (message) => message.type() === 'error' && errors.push(message.text()));
      let sendIndex = () => {};
      const isAllowed = new Promise<void>((resolve) => {
        sendIndex = resolve;
      });
      const missingFiles: string[] = [];
      await page.route('http://localhost/**', async (route) => {
        const { pathname } = new URL(route.request().url());
        const path = join(SITE, decodeURI(pathname), pathname.endsWith('/') ? 'index.html' : '');
        if (existsSync(path)) {
          await route.fulfill({ path });
        } else {
          missingFiles.push(pathname);
          await route.fulfill({ status: 404 });
        }
      });
      await page.route('**/static/search_index*', async (route) => {
        await isAllowed;
        await route.fallback();
      });
      await page.goto('http://localhost/');
      await page.getByRole('button', { name: 'Search' }).click();
      await page.getByRole('textbox').fill('rotate a secret');
      const style = "getComputedStyle(document.querySelector('.rp-search-panel__header'), '::after')";
      const note = () => page.evaluate<string>(`${style}.content`);
      expect(await note()).toBe('"Searching…"');
      sendIndex();
      await page.locator('.rp-search-panel__results').getByText('Rotate a secret').first().waitFor();
      expect(await note()).toBe('none');
      expect(missingFiles).toEqual([]);
      expect(errors).toEqual([]);
      await page.close();
    });
  });

  test('a link to a file that does not exist fails the build', () => {
    const folder = mkdtempSync(join(tmpdir(), 'site-'));
    writeFileSync(join(folder, 'README.md'), '# Home\n\n[Start](start.md)\n');
    const module = JSON.stringify(join(ROOT, 'scripts', 'site', 'repository-pages.mjs'));
    const code = `import { collectPages } from ${module}; collectPages(${JSON.stringify(folder)});`;
    const { status, stderr } = spawnSync(process.execPath, ['--input-type=module', '-e', code], {
      encoding: 'utf8',
    });
    rmSync(folder, { recursive: true });
    expect([status, stderr]).toEqual([
      1,
      expect.stringContaining('README.md links start.md, which does not exist'),
    ]);
  });
});
