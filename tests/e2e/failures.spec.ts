// SPDX-License-Identifier: MIT
// Whatever is missing or too old, the page says what failed and what to do.
import { expect, test } from './playground.ts';

const MISSING = { status: 404, contentType: 'text/plain', body: 'No such file' };

test('the page’s own script is missing', async ({ page }) => {
  await page.route('**/assets/index-*.js', (route) => route.fulfill(MISSING));
  await page.goto('./');
  await expect(page.locator('#first')).toHaveText(
    /^The page did not start\. Reload it to try again; if that does not help, the server lacks this file: http:.*\/assets\/index-.*\.js$/,
  );
});

test('a later script of the page is missing', async ({ page }) => {
  await page.route('**/assets/page-*.js', (route) => route.fulfill(MISSING));
  await page.goto('./');
  await expect(page.locator('#first')).toHaveText(
    /^The page did not start: .+\/assets\/page-.+\. Reload it to try again; if that does not help, the server lacks a file of it\.$/,
  );
});

test('a browser without WebAssembly is told so', async ({ page }) => {
  await page.addInitScript(() => Reflect.deleteProperty(globalThis, 'WebAssembly'));
  await page.goto('./');
  await expect(page.locator('#first')).toHaveText(
    'This browser can’t run the page: it is from before 2023, or WebAssembly is switched off in it. Use a newer one, ' +
      'or switch it on.',
  );
});

test('a browser that starts no module workers is told so', async ({ playground, page }) => {
  await page.addInitScript(() => {
    const Plain = Worker;
    globalThis.Worker = class extends Plain {
      constructor(url: string | URL, { name }: WorkerOptions = {}) {
        super(url, { name: name ?? '' });
      }
    };
  });
  await page.goto('./');
  await expect(playground.trouble).toContainText('The engine did not load');
  await expect(playground.trouble).toContainText(
    'If that does not help, reload the page; a browser from before 2023 is too old for it.',
  );
});

test('a server that answers with a page in place of the core', async ({ playground, page }) => {
  await page.route('**/*.trace-*.wasm', (route) =>
    route.fulfill({ contentType: 'text/html', body: '<!doctype html><title>Not here</title>' }),
  );
  await page.goto('./');
  await expect(playground.trouble).toContainText(
    'The core of v6-04 did not load: the server sent something else in its place, perhaps a page of its own.',
  );
  await page.unroute('**/*.trace-*.wasm');
  await playground.trouble.getByRole('button', { name: 'Try again' }).click();
  await expect(playground.headline).toHaveText('Accepted');
});

for (const [what, file, answer, words] of [
  [
    'that gives up without a place',
    'asc',
    {
      contentType: 'text/javascript',
      body: 'export default { main: async () => ({ error: new Error("exit 1") }) };',
    },
    'The compiler gave up and named no place (exit 1). Undo the last change of the source, or build again.',
  ],
  ['that is missing', 'compiler.worker', MISSING, 'The compiler did not load. Build again to try once more.'],
] as const)
  test(`a compiler ${what}`, async ({ playground, page }) => {
    await playground.open('#/edit');
    await page.route(`**/assets/${file}-*.js`, (route) => route.fulfill(answer));
    const view = page.getByRole('dialog', { name: 'Change the core' });
    await view.getByRole('button', { name: /^Build/ }).click();
    await expect(view).toContainText(words);
  });
