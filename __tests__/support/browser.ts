import { spawnSync } from 'node:child_process';
import { type Browser, chromium } from 'playwright-core';

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
