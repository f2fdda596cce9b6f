// SPDX-License-Identifier: MIT
// The code of a scenario's server: where it runs, what it reaches, when it may begin, and what the page shows of it.
import type { Page } from '@playwright/test';
import { faultsOfThemes } from './faults.ts';
import { expect, test, type Playground } from './playground.ts';
import { linkOf, scenarioWith } from './server-links.ts';

const LINEAR = `import { FUSE_IOMAP_TYPE } from 'iomap-playground';
let dev: number = 0;
let asked = 0;
export function init(se) { dev = se.device_add(3); log('hello', dev); }
export function iomap_begin(nodeid: bigint, ino: bigint, pos: bigint) {
  asked++;
  // WRONG
  return { read: { offset: 0n, length: 65536n, addr: 0n, type: FUSE_IOMAP_TYPE.MAPPED, dev } };
}
export const iomap_end = () => 0;
export const iomap_ioend = () => 0;
export function snapshot() { return { asked, dev }; }
`;

const card = (page: Page) => page.getByRole('status', { name: 'Code of the server' });
const run = (page: Page) => card(page).getByRole('button', { name: 'Run it' });

/** Opens a link with this code and lets it run. */
async function start(playground: Playground, server: string, steps?: object[]) {
  const { page } = playground;
  await page.goto(`./${linkOf(scenarioWith(server, steps))}`);
  await run(page).click();
}

test('a server of a link waits for a click, and answers then', async ({ playground, page }) => {
  await page.goto(`./${linkOf(scenarioWith(LINEAR))}`);
  await expect(card(page)).toContainText('This scenario has code of a server. Run it?');
  await expect(playground.verdict).toHaveCount(0);
  await expect(page.locator('iframe')).toHaveCount(0);
  await run(page).click();
  await expect(playground.headline).toContainText('Accepted');
  await expect(page.locator('iframe')).toHaveCount(0);
  // The reader said so for this code: a reload does not ask again.
  await page.reload();
  await expect(playground.headline).toContainText('Accepted');
});

test('what it logs and remembers is shown, and what is typed runs at once', async ({ playground, page }) => {
  await start(playground, LINEAR);
  await expect(playground.headline).toContainText('Accepted');
  await page.evaluate(() => (location.hash = '#/server'));
  const panel = page.getByRole('complementary', { name: 'Server' });
  await expect(panel.getByLabel('Log of the server')).toContainText('hello 1');
  await expect(panel.getByLabel('State of the server')).toContainText('"asked": 1');
  await playground.steps.getByRole('option').nth(1).click();
  await expect(panel.getByLabel('State of the server')).toContainText('"asked": 2');
  expect(await faultsOfThemes(page)).toEqual([]);
});

test('the editor completes the callbacks that a server may have', async ({ playground, page }) => {
  // No word of the text says their names.
  const code = LINEAR.replace(/^export const iomap_ioend.*\n/m, '').replace('import {', 'import { server,');
  await start(playground, code);
  await expect(playground.headline).toContainText('Accepted');
  await page.evaluate(() => (location.hash = '#/server'));
  await page.getByTestId('server-code').locator('.view-line').first().click();
  await page.keyboard.press('Control+End');
  await page.keyboard.type('server({ iomap_');
  const suggestions = page.locator('.suggest-widget');
  await expect(suggestions).toContainText('iomap_ioend');
  for (let i = 0; i < 'iomap_'.length; i++) await page.keyboard.press('Backspace');
  await page.keyboard.type('fallo');
  await expect(suggestions).toContainText('fallocate');
});

test.describe('on a phone', () => {
  test.use({ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true });
  test('the code is a plain field, which runs as it is typed', async ({ playground, page }) => {
    await start(playground, LINEAR);
    await page.evaluate(() => (location.hash = '#/server'));
    const field = page.getByRole('textbox', { name: /^Code of the server/ });
    await field.fill(LINEAR.replace('// WRONG', "throw new Error('no');"));
    const panel = page.getByRole('complementary', { name: 'Server' });
    await expect(panel).toContainText('it threw Error: no (line 7 of the server)');
    await field.fill('export const iomap_begin = = 1');
    await expect(panel).toContainText('Line 1: ');
    await field.fill(LINEAR);
    await expect(playground.headline).toContainText('Accepted');
    expect(await faultsOfThemes(page)).toEqual([]);
  });
});

const WRONG: [string, string, RegExp][] = [
  [
    'an endless loop',
    'for (;;);',
    /gave no answer to FUSE_IOMAP_BEGIN .*iomap_begin\(\): it gave no answer within 2 seconds/,
  ],
  ['an exception', 'null.x;', /it threw TypeError.* \(line 7 of the server\)/],
  ['a wrong shape', 'return { read: { offset: 1 } };', /read\.offset is 1, not a bigint/],
  [
    'a storm of allocations',
    "const a = []; for (;;) a.push(new Array(1e6).fill('x'));",
    /iomap_begin\(\): it /,
  ],
];
for (const [name, wrong, words] of WRONG) {
  test(`${name} is an event of the run, and the page goes on`, async ({ playground, page }) => {
    await start(playground, LINEAR.replace('// WRONG', wrong));
    await expect(playground.verdict).toContainText(words);
    await expect(page.locator('iframe')).toHaveCount(0);
  });
}

test('no answer is told as such, and not as an expectation that nobody wrote', async ({
  playground,
  page,
}) => {
  await start(playground, LINEAR.replace('// WRONG', 'null.x;'), [{ do: 'pread' }]);
  await expect(playground.headline).toHaveText('No answer');
  await expect(playground.verdict).toContainText('it threw TypeError');
  await expect(playground.steps.getByText('expectation not met')).toHaveCount(0);
  await expect(page.getByRole('region', { name: 'Expectation' })).toContainText('nothing yet');
  await expect(page.getByText('No reply is left for')).toHaveCount(0);
  await expect(
    page.getByText('The server gave no answer to FUSE_IOMAP_BEGIN pos 0 count 4096.'),
  ).toBeVisible();
});

test('code that does not start says why, with its line', async ({ playground, page }) => {
  await start(playground, "\nthrow new Error('early');");
  const alert = page.getByRole('alert', { name: 'Code of the server' });
  await expect(alert).toContainText('Error: early (line 2 of the server)');
  await start(playground, '\n\nlet a = 1; let a = 2; export default {};');
  await expect(alert).toContainText(/Line 3: .*already been declared/);
});

test('in a frame it does not run', async ({ page, baseURL }) => {
  const link = linkOf(scenarioWith(LINEAR));
  // As from a host that sets no frame-ancestors.
  await page.route('**/*', async (route) => {
    const response = await route.fetch();
    const { 'content-security-policy': _, ...headers } = response.headers();
    await route.fulfill({ response, headers });
  });
  // In a frame of another origin the page is a link and nothing else (embed.spec.ts).
  await page.goto('build-id.txt');
  await page.evaluate((src) => {
    document.body.innerHTML = `<iframe width="1200" height="900" src="${src}"></iframe>`;
  }, `${baseURL}${link}`);
  const inside = page.frameLocator('iframe');
  await expect(inside.getByText('Code runs only where the page is opened by itself.')).toBeVisible();
});

test('its answers can be kept as replies, and come back to code with Undo', async ({ playground, page }) => {
  await start(playground, LINEAR);
  const given = page.getByRole('region', { name: 'Answered by the server' });
  await expect(given).toContainText('MAPPED');
  await page.evaluate(() => (location.hash = '#/server'));
  const panel = page.getByRole('complementary', { name: 'Server' });
  await panel.getByRole('button', { name: 'Keep these answers' }).click();
  // A step in front registers the device, as init() did.
  await expect(playground.steps.getByRole('option')).toHaveCount(3);
  await expect(playground.headline).toContainText('Accepted');
  await expect(playground.field('read length')).toHaveValue('65536');
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(playground.steps.getByRole('option')).toHaveCount(2);
  await expect(playground.headline).toContainText('Accepted');
});
