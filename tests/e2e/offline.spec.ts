// SPDX-License-Identifier: MIT
// The page without a network, the coming of a newer build, and the end of it.
import { copyFileSync, cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test, type Page } from '@playwright/test';
import { staticServer } from '../../scripts/serve.mjs';

const DIST = fileURLToPath(new URL('../../dist', import.meta.url));

test.use({ serviceWorkers: 'allow' });

let root = '';
let server: Server;
let origin = '';

test.beforeEach(async () => {
  root = mkdtempSync(join(tmpdir(), 'offline-'));
  server = staticServer(root, () => ({}));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
test.afterEach(() => {
  server.closeAllConnections();
  server.close();
  rmSync(root, { recursive: true, force: true });
});

const put = (folder: string) => cpSync(DIST, join(root, folder), { recursive: true });

/** Another build in the folder: its page has another mark, and its service worker knows of that page. */
function renew(folder: string, mark: string): void {
  const page = join(root, folder, 'index.html');
  const worker = join(root, folder, 'sw.js');
  writeFileSync(page, readFileSync(page, 'utf8').replace(/(<meta name="build" content=")[^"]*/, `$1${mark}`));
  writeFileSync(
    worker,
    readFileSync(worker, 'utf8').replace(/("url":"index\.html","revision":")[^"]*/, `$1${mark}`),
  );
}

const build = (page: Page) => page.locator('meta[name=build]').getAttribute('content');
const verdict = (page: Page) => page.getByRole('group', { name: 'Verdict' }).getByRole('heading');

/** Opens the page, and waits until its service worker has everything. */
async function visit(page: Page, folder: string): Promise<void> {
  await page.goto(`${origin}/${folder}/`);
  await expect(verdict(page)).toHaveText('Accepted');
  await page.evaluate(async () => {
    const { active } = await navigator.serviceWorker.ready;
    if (active!.state !== 'activated')
      await new Promise((resolve) => active!.addEventListener('statechange', resolve));
  });
}

/** What is kept, by the name of the cache. */
const kept = (page: Page) =>
  page.evaluate(async () => {
    const found: Record<string, number> = {};
    for (const name of await caches.keys()) found[name] = (await (await caches.open(name)).keys()).length;
    return found;
  });

test('without a network the page comes again, and loads what it did not need before', async ({
  page,
  context,
}) => {
  put('one');
  await visit(page, 'one');
  await context.setOffline(true);
  await page.reload();
  await expect(verdict(page)).toHaveText('Accepted');
  await page.getByRole('textbox', { name: 'read offset', exact: true }).fill('8192');
  await expect(verdict(page)).toHaveText('Refused');
  // Parts and cores that this visit had not asked for.
  await page.getByRole('button', { name: 'Compare' }).click();
  await expect(page.getByRole('dialog').getByRole('region', { name: 'late' })).toContainText('Refused');
  await page.keyboard.press('Escape');
  await page.getByRole('tab', { name: 'Document' }).click();
  await expect(page.locator('.monaco-editor .view-lines').first()).toContainText('backing_open');
  // A link has no file of its own either.
  await page.goto(`${origin}/one/?from=mail#/check/length-zero`);
  await expect(page.getByText('Why the kernel asks')).toBeVisible();
});

test('the very first visit needs no network for what it loads later', async ({ page, context }) => {
  put('one');
  await visit(page, 'one');
  await expect.poll(() => page.evaluate(() => navigator.serviceWorker.controller !== null)).toBe(true);
  await context.setOffline(true);
  await page.getByRole('button', { name: 'Examples' }).click();
  await expect(page.getByRole('searchbox')).toBeVisible();
});

test('the compiler is not kept, and everything else of the page is', async ({ page }) => {
  put('one');
  await visit(page, 'one');
  const files = await page.evaluate(async () => {
    const [name = ''] = await caches.keys();
    return (await (await caches.open(name)).keys()).map(({ url }) => new URL(url).pathname);
  });
  expect(files.filter((file) => /asc-|compiler|ts\.worker/.test(file))).toEqual([]);
  for (const part of ['engine.worker', 'late.trace', 'MonacoEditor', 'source/', 'index.html', 'embed.html'])
    expect(
      files.some((file) => file.includes(part)),
      part,
    ).toBe(true);
});

test('a newer build waits until the reader takes it, and the work is still there', async ({ page }) => {
  put('one');
  await visit(page, 'one');
  const old = await build(page);
  await page.getByRole('textbox', { name: 'read offset', exact: true }).fill('8192');
  await expect(page.getByTestId('kept')).toHaveText('Kept');
  renew('one', 'the-next');
  await page.reload();
  const offer = page.getByRole('button', { name: 'Reload with it' });
  await expect(offer).toBeVisible();
  expect(await build(page)).toBe(old);
  await page.reload();
  await expect(offer).toBeVisible();
  expect(await build(page)).toBe(old);
  await offer.click();
  await expect.poll(() => build(page).catch(() => null)).toBe('the-next');
  await expect(verdict(page)).toHaveText('Refused');
  await expect(offer).toBeHidden();
});

test('a tab learns that another one took a newer build', async ({ page, context }) => {
  put('one');
  await visit(page, 'one');
  const other = await context.newPage();
  await visit(other, 'one');
  renew('one', 'the-next');
  await other.reload();
  await other.getByRole('button', { name: 'Reload with it' }).click();
  await expect(page.getByText('Another tab took a newer build of this page.')).toBeVisible();
  await page.getByRole('button', { name: 'Reload', exact: true }).click();
  await expect.poll(() => build(page).catch(() => null)).toBe('the-next');
});

test('two copies on one origin keep apart', async ({ page, context }) => {
  put('one');
  put('two');
  await visit(page, 'one');
  await visit(page, 'two');
  const both = await kept(page);
  const names = Object.keys(both).sort();
  expect(names.map((name) => name.replace(origin, ''))).toEqual([
    expect.stringContaining('/one/'),
    expect.stringContaining('/two/'),
  ]);
  renew('two', 'the-next');
  await page.reload();
  await page.getByRole('button', { name: 'Reload with it' }).click();
  await expect.poll(() => build(page).catch(() => null)).toBe('the-next');
  await expect.poll(() => kept(page).catch(() => null)).toEqual(both);
  await context.setOffline(true);
  await page.goto(`${origin}/one/`);
  await expect(verdict(page)).toHaveText('Accepted');
  expect(await build(page)).not.toBe('the-next');
});

test('a host that wants it no more ends it, for its own folder alone', async ({ page }) => {
  put('one');
  put('two');
  await visit(page, 'one');
  await visit(page, 'two');
  copyFileSync(join(root, 'one/sw-off.js'), join(root, 'one/sw.js'));
  await page.goto(`${origin}/one/`);
  await expect.poll(async () => Object.keys(await kept(page)).length).toBe(1);
  const scopes = () =>
    page.evaluate(async () => (await navigator.serviceWorker.getRegistrations()).map(({ scope }) => scope));
  await expect.poll(scopes).toEqual([`${origin}/two/`]);
});
