// SPDX-License-Identifier: MIT
// The built page in Firefox, over WebDriver BiDi: that it opens, answers, makes links and keeps what was done. What
// else the page does is tested in tests/e2e.
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { join, resolve } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { findFirefox } from '../../scripts/find-firefox.mjs';
import { staticServer } from '../../scripts/serve.mjs';
import { Firefox } from './browser.ts';
import type { Tab } from './tab.ts';

const HEADLINE = '[role=group][aria-label=Verdict] :is(h1, h2, h3)';
const OFFSET = 'input[aria-label="read offset"]';
const TITLE = 'input[aria-label="Title of the scenario"]';
const LINK = 'input[aria-label="The link"], textarea[aria-label="The link"]';
const KERNEL = 'main > .kernel';

const path = findFirefox();
/** What a busy machine may take to show something. */
const shown = { timeout: 30_000 };

describe.skipIf(path === null)('in Firefox, the page', () => {
  const server = staticServer(join(resolve(import.meta.dirname, '../..'), 'dist'));
  let firefox: Firefox;
  let tab: Tab;
  let page: string;

  beforeAll(async () => {
    await once(server.listen(0, '127.0.0.1'), 'listening');
    page = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
    firefox = await Firefox.start(path!);
  });
  afterAll(async () => {
    await firefox?.close();
    server.closeAllConnections();
    server.close();
  });
  beforeEach(async () => {
    tab = await firefox.newTab();
  });
  afterEach(() => expect(firefox.errors.splice(0)).toEqual([]));

  const settled = () =>
    expect.poll(() => tab.read(`document.querySelector('${KERNEL}')?.ariaBusy`), shown).toBe('false');

  async function open(url: string) {
    await tab.open(url);
    await settled();
  }
  const headline = () => tab.text(HEADLINE);

  const value = (selector: string) => expect.poll(() => tab.value(selector), shown);

  test('opens, with the verdict of the first example', async () => {
    await open(page);
    await expect.poll(headline, shown).toBe('Accepted');
  });

  test('answers each edit', async () => {
    await open(page);
    await tab.fill(OFFSET, '8192');
    await value(OFFSET).toBe('8192');
    await expect.poll(headline, shown).toBe('Refused');
    expect(await tab.text(KERNEL)).toContain('read-after-pos');
    await tab.fill(OFFSET, '4K');
    await expect.poll(headline, shown).toBe('Accepted');
  });

  test('makes a link that opens in another tab in the same state', async () => {
    await open(page);
    await tab.fill(OFFSET, '8192');
    await expect.poll(headline, shown).toBe('Refused');
    await tab.fill(TITLE, 'Past the position');
    await tab.clickButton('Share');
    await value(LINK).toMatch(/#1\./);
    const link = await tab.value(LINK);
    tab = await firefox.newTab();
    await open(link!);
    await value(TITLE).toBe('Past the position');
    await value(OFFSET).toBe('8192');
    await expect.poll(headline, shown).toBe('Refused');
  });

  test('keeps the work over a reload', async () => {
    await open(page);
    await tab.fill(TITLE, 'Mine');
    await tab.fill(OFFSET, '8192');
    await expect.poll(headline, shown).toBe('Refused');
    await tab.reload();
    await settled();
    await value(TITLE).toBe('Mine');
    await value(OFFSET).toBe('8192');
    await expect.poll(headline, shown).toBe('Refused');
  });
});
