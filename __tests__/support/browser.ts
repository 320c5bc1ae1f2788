import { spawnSync } from 'node:child_process';
import axe, { type AxeResults } from 'axe-core';
import { type Browser, chromium, type Page } from 'playwright-core';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome'];

/** Path of a browser, `undefined` without one. */
export function findChromium(): string | undefined {
  const { stdout } = spawnSync('which', NAMES, { encoding: 'utf8' });
  return stdout.split('\n').find((path) => path !== '');
}

/** Starts a browser without a window. */
export function launchChromium(): Promise<Browser> {
  // Containers run as root, where the sandbox of Chromium does not start.
  return chromium.launch({ executablePath: findChromium(), args: ['--no-sandbox'] });
}

/** What axe finds wrong with a page, one line for each element. */
export async function accessibilityProblems(page: Page): Promise<string[]> {
  // Not a script tag, which the content security policy of the page forbids.
  await page.evaluate(axe.source);
  const { violations } = await page.evaluate<AxeResults>('axe.run()');
  return violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html}`));
}
