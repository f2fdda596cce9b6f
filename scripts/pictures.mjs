// SPDX-License-Identifier: MIT
// `npm run pictures`: takes the pictures of the docs anew from the built page, into docs/pictures/.
import { execFileSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium } from '@playwright/test';
import { findChromium } from './find-chromium.mjs';
import { staticServer } from './serve.mjs';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const OUT = join(ROOT, 'docs/pictures');

/**
 * @typedef {object} Picture
 * @property {string} name
 * @property {string} example a file of examples/, without its ending
 * @property {'light' | 'dark'} scheme
 * @property {number} width
 * @property {number} height
 * @property {(page: import('@playwright/test').Page) => Promise<unknown>} [before]
 */

/** @type {Picture[]} */
const PICTURES = [
  { name: 'refused', example: 'check-read-after-pos', scheme: 'light', width: 1440, height: 900 },
  { name: 'accepted', example: 'begin-out-of-place', scheme: 'dark', width: 1440, height: 900 },
  { name: 'phone', example: 'check-read-after-pos', scheme: 'light', width: 390, height: 844 },
  {
    name: 'document',
    example: 'check-read-after-pos',
    scheme: 'light',
    width: 1440,
    height: 900,
    before: async (page) => {
      await page.getByRole('tab', { name: 'Document' }).click();
      await page.locator('.monaco-editor .view-line').first().waitFor();
    },
  },
  {
    name: 'share',
    example: 'check-read-after-pos',
    scheme: 'light',
    width: 1440,
    height: 900,
    before: async (page) => {
      await page.getByRole('button', { name: 'Share' }).click();
      await page.getByRole('dialog').waitFor();
    },
  },
];

mkdirSync(OUT, { recursive: true });
const server = staticServer(join(ROOT, 'dist'));
await new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(undefined)));
const address = server.address();
const port = typeof address === 'object' && address !== null ? address.port : 0;
const executablePath = await findChromium();
const browser = await chromium.launch({
  ...(executablePath === undefined ? {} : { executablePath }),
  args: [...(process.getuid?.() === 0 ? ['--no-sandbox'] : []), '--disable-gpu'],
});
for (const { name, example, scheme, width, height, before } of PICTURES) {
  const file = join(ROOT, 'examples', `${example}.json`);
  const hash = execFileSync(process.execPath, [join(ROOT, 'build/node/cli.js'), 'link', file], {
    encoding: 'utf8',
  }).trim();
  const context = await browser.newContext({ viewport: { width, height }, colorScheme: scheme });
  const page = await context.newPage();
  await page.goto(`http://127.0.0.1:${port}/${hash}`);
  await page.getByRole('group', { name: 'Verdict' }).first().waitFor();
  await page.waitForLoadState('networkidle');
  await before?.(page);
  await page.screenshot({ path: join(OUT, `${name}.png`) });
  console.log(`docs/pictures/${name}.png`);
  await context.close();
}
await browser.close();
server.close();
