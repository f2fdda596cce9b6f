// SPDX-License-Identifier: MIT
// Where a Chromium for the browser tests is: $CHROMIUM, Playwright's own, the system's, or the one that
// ensure-chromium.mjs brought into .cache/.
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { chromium } from '@playwright/test';

/** @type {Partial<Record<NodeJS.Platform, string[]>>} */
const SYSTEM = {
  // The one without a window, which Playwright's own is too, opens a page with half the work.
  linux: [
    '/usr/bin/chromium-headless-shell',
    '/usr/bin/chromium',
    '/usr/bin/chromium-browser',
    '/usr/bin/google-chrome-stable',
    '/usr/bin/google-chrome',
    '/snap/bin/chromium',
  ],
  darwin: [
    '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
    '/Applications/Chromium.app/Contents/MacOS/Chromium',
  ],
  win32: [
    'C:/Program Files/Google/Chrome/Application/chrome.exe',
    'C:/Program Files (x86)/Microsoft/Edge/Application/msedge.exe',
  ],
};

const CACHED = new URL(
  '../.cache/chromium/node_modules/@sparticuz/chromium/build/esm/index.js',
  import.meta.url,
);

/**
 * The executable to start; undefined means that Playwright's own browser is there and needs no path.
 * @returns {Promise<string | undefined>}
 * @throws if there is none; the message says what to do
 */
export async function findChromium() {
  const named = process.env.CHROMIUM;
  if (named) {
    if (!existsSync(named)) throw new Error(`CHROMIUM=${named}: there is no such file`);
    return named;
  }
  if (existsSync(chromium.executablePath())) return undefined;
  const system = (SYSTEM[process.platform] ?? []).find((path) => existsSync(path));
  if (system !== undefined) return system;
  if (existsSync(fileURLToPath(CACHED))) {
    // Makes the package unpack the libraries that a bare system lacks; it reads this while it loads.
    process.env.AWS_LAMBDA_JS_RUNTIME ??= 'nodejs20.x';
    const { default: packaged } = await import(CACHED.href);
    return packaged.executablePath();
  }
  throw new Error(
    'No Chromium found. Debian or Ubuntu: apt-get install chromium-headless-shell. Elsewhere: npx playwright install ' +
      'chromium. Or name one: CHROMIUM=/path/to/chrome.',
  );
}
