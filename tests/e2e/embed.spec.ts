// SPDX-License-Identifier: MIT
// embed.html and index.html within pages of another origin, which is another port here.
import { encodeLink } from '#engine/link/codec.ts';
import { readFileSync } from 'node:fs';
import { linkedPart } from '#engine/exercises/link.ts';
import { readJson } from '#engine/scenario/json.ts';
import type { JsonObject } from '#engine/scenario/path.ts';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect as plain, test as base, type FrameLocator, type Page } from '@playwright/test';
import { faultsOfThemes } from './faults.ts';
import { expect, test } from './playground.ts';
import { staticServer } from '../../scripts/serve.mjs';
import { fileURLToPath } from 'node:url';

const DIST = fileURLToPath(new URL('../../dist', import.meta.url));

/** The link of the first scenario with another reply, and its title. */
async function linkOf(page: Page): Promise<string> {
  await page.getByRole('button', { name: 'Share' }).click();
  const link = await page.getByRole('textbox', { name: 'The link' }).inputValue();
  await page.keyboard.press('Escape');
  return new URL(link).hash;
}

const verdict = (at: Page | FrameLocator) => at.getByRole('group', { name: 'Verdict' });

test('an embed shows a scenario, which is edited, reset, and opened in the playground as it is then', async ({
  playground,
  page,
}) => {
  await playground.open();
  await playground.title.fill('Of a lesson');
  const hash = await linkOf(page);
  await page.goto(`./embed.html${hash}`);
  await expect(page.getByRole('heading', { name: 'Of a lesson', level: 1 })).toBeVisible();
  await expect(verdict(page)).toContainText('Accepted');
  const reset = page.getByRole('button', { name: 'Reset' });
  await expect(reset).toBeDisabled();
  await page.getByRole('textbox', { name: 'read offset', exact: true }).fill('8192');
  await expect(verdict(page)).toContainText('Refused');
  const out = page.getByRole('link', { name: 'Open in the playground' });
  await expect(out).not.toHaveAttribute('href', new RegExp(`${hash.replaceAll('.', '\\.')}$`));
  await expect(out).toHaveAttribute('href', /\/#1\./);
  await expect(out).toHaveAttribute('target', '_blank');
  const edited = (await out.getAttribute('href'))!;
  await reset.click();
  await expect(verdict(page)).toContainText('Accepted');
  await expect(page.getByRole('textbox', { name: 'read offset', exact: true })).toHaveValue('4096');
  await page.goto('about:blank');
  await page.goto(edited);
  await expect(playground.headline).toHaveText('Refused');
});

test('an embed that is only to be looked at has no field, and other steps can be looked at', async ({
  playground,
  page,
}) => {
  await playground.open();
  const hash = await linkOf(page);
  await page.goto(`./embed.html?edit=0${hash}`);
  await expect(verdict(page)).toContainText('Accepted');
  await expect(page.getByRole('group', { name: 'The step, as it is written' })).toContainText(
    '"iomap_begin"',
  );
  await expect(page.getByRole('textbox')).toHaveCount(0);
  await page.getByRole('navigation', { name: 'Steps' }).getByRole('button', { name: 'backing_open' }).click();
  await expect(page.getByRole('group', { name: 'The step, as it is written' })).toContainText(
    '"backing_open"',
  );
});

test('an embed keeps nothing in the browser', async ({ page }) => {
  await page.goto('./embed.html');
  await page.getByRole('textbox', { name: 'read offset', exact: true }).fill('8192');
  await expect(verdict(page)).toContainText('Refused');
  await page.goto('./embed.html?again');
  await expect(verdict(page)).toContainText('Accepted');
  const kept = await page.evaluate(async () => [
    localStorage.length,
    sessionStorage.length,
    (await indexedDB.databases()).length,
    (await navigator.serviceWorker.getRegistrations()).length,
  ]);
  expect(kept).toEqual([0, 0, 0, 0]);
});

test('an address without a scenario says so and leads out', async ({ page }) => {
  await page.goto('./embed.html#1.999.broken');
  await expect(page.getByRole('alert')).not.toBeEmpty();
  await expect(page.getByRole('link', { name: 'Open in the playground' })).toBeVisible();
  await page.goto('./embed.html?x#/check/length-zero');
  await expect(page.getByRole('alert')).toHaveText('The address of this embed names no scenario.');
  await expect(page.getByRole('link', { name: 'Open in the playground' })).toHaveAttribute(
    'href',
    /\/#\/check\/length-zero$/,
  );
});

test('code of others never runs in an embed: it says so, and leads to the page', async ({ page }) => {
  const steps = [{ do: 'iomap_begin', reply: { read: { length: 4096n, addr: 'NULL_ADDR' } } }];
  const link = { step: 0, verdict: null, view: '' };
  const diff = [
    '--- a/assembly/fs/fuse/file_iomap.ts',
    '+++ b/assembly/fs/fuse/file_iomap.ts',
    '@@ -1,1 +1,1 @@',
    '-a',
    '+b',
    '',
  ].join('\n');
  const withEdit = encodeLink({
    ...link,
    scenario: { format: 1n, steps },
    edit: { revision: 'v6-04', diff },
  });
  await page.goto(`./embed.html${withEdit}`);
  await expect(page.getByRole('note')).toContainText('An embed runs only the core that is shipped');
  await expect(verdict(page)).toContainText('Accepted');
  await expect(page.getByRole('link', { name: 'Open in the playground' })).toHaveAttribute(
    'href',
    new RegExp(`/${withEdit.replaceAll('.', '\\.')}$`),
  );
  const withServer = encodeLink({ ...link, scenario: { format: 1n, server: 'export default 1;', steps } });
  await page.goto(`./embed.html?server${withServer}`);
  await expect(page.getByRole('alert')).toHaveText(
    'This scenario has code of a server. An embed runs none of that.',
  );
  await expect(verdict(page)).toHaveCount(0);
});

test('an embed shows an exercise or a part of a lesson, judges the answer, and keeps nothing', async ({
  page,
}) => {
  const said = page.getByRole('region', { name: 'Goal' }).getByRole('status');
  await page.goto('./embed.html#/exercise/the-other-disk');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('The bytes of the other disk');
  await expect(said).toContainText('the program has the bytes of vdb');
  await expect(verdict(page)).toContainText('The goal is not met yet.');
  const dev = page.getByRole('textbox', { name: 'read dev', exact: true });
  await dev.fill('1');
  await expect(said).toHaveText('✓ This is what the goal asks for.');
  await expect(verdict(page)).not.toContainText('The goal is not met yet.');
  await expect(page.getByRole('link', { name: 'Open in the playground' })).toHaveAttribute(
    'href',
    /\/#\/exercise\/the-other-disk$/,
  );
  await page.getByRole('button', { name: 'Reset' }).click();
  await expect(said).toContainText('the program has the bytes of vdb');
  await page.goto('./embed.html?lesson#/lesson/holes-and-mapped/1');
  await expect(page.getByRole('region', { name: 'The task' })).toContainText(
    'Nobody ever wrote to this file',
  );
  await expect(said).toContainText('Give it a length');
  await page.goto('./embed.html?edit=0#/exercise/the-other-disk');
  await expect(page.getByRole('region', { name: 'Goal' })).toBeVisible();
  await expect(page.getByRole('textbox')).toHaveCount(0);
  expect(await page.evaluate(() => localStorage.length + sessionStorage.length)).toBe(0);
});

test('an exercise that came in a link is shown in an embed, unless it has code of a server', async ({
  page,
}) => {
  const file = readJson(readFileSync(new URL('../../exercises/the-other-disk.json', import.meta.url), 'utf8'))
    .root!.value as JsonObject;
  await page.goto(`./embed.html#/exercise/${linkedPart({ ...file, title: 'Of a teacher' })}`);
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Of a teacher');
  await expect(verdict(page)).toContainText('The goal is not met yet.');
  const start = { ...(file['start'] as JsonObject), server: 'export default 1;' };
  await page.goto(`./embed.html?code#/exercise/${linkedPart({ ...file, start })}`);
  await expect(page.getByRole('alert')).toHaveText(
    'This exercise has code of a server. An embed runs none of that.',
  );
  await expect(verdict(page)).toHaveCount(0);
  await page.goto('./embed.html?none#/exercise/no-such');
  await expect(page.getByRole('alert')).toHaveText('The address of this embed names no exercise.');
  await page.goto('./embed.html?nothing#/lesson/no-such/1');
  await expect(page.getByRole('alert')).toHaveText('The address of this embed names no part of a lesson.');
});

test('the dialog makes the line that embeds an exercise, or its scenario alone', async ({
  playground,
  page,
}) => {
  await playground.open('#/exercise/the-other-disk');
  await expect(playground.headline).toBeVisible();
  await page.getByRole('button', { name: 'Share' }).click();
  await page.getByText('Show it within a page of your own').click();
  const line = page.getByRole('group', { name: 'To embed, as text' });
  await expect(line).toContainText('/embed.html#/exercise/the-other-disk"');
  await page.getByRole('checkbox', { name: 'With its text and its goal' }).uncheck();
  await expect(line).toContainText('/embed.html#1.');
});

test('the dialog makes the line that embeds it', async ({ playground, page }) => {
  await playground.open();
  await page.getByRole('button', { name: 'Share' }).click();
  await page.getByText('Show it within a page of your own').click();
  const line = page.getByRole('group', { name: 'To embed, as text' });
  await expect(line).toContainText(/^<iframe src="http:\/\/127\.0\.0\.1:\d+\/embed\.html#1\./);
  await page.getByRole('checkbox', { name: 'Readers may edit the step' }).uncheck();
  await expect(line).toContainText('/embed.html?edit=0#1.');
});

for (const width of [320, 1024])
  test(`axe finds nothing in an embed, light or dark, at ${width} px, and nothing is cut off`, async ({
    page,
  }) => {
    await page.setViewportSize({ width, height: 700 });
    for (const query of [
      '',
      '?edit=0',
      '?task#/exercise/the-other-disk',
      '?edit=0&task#/lesson/page-cache/3',
    ]) {
      await page.goto(`./embed.html${query}`);
      await expect(verdict(page)).toBeVisible();
      if (query.includes('#')) await expect(page.getByRole('region', { name: 'The task' })).toBeVisible();
      expect(await faultsOfThemes(page)).toEqual([]);
      const over = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
      expect(over).toBeLessThanOrEqual(0);
    }
  });

base.describe('within a page of another origin', () => {
  const servers: Server[] = [];
  base.afterEach(() => {
    for (const server of servers.splice(0)) {
      server.closeAllConnections();
      server.close();
    }
  });

  async function listen(server: Server): Promise<string> {
    servers.push(server);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  }
  const framing = (src: string) =>
    createServer((_, response) =>
      response
        .writeHead(200, { 'Content-Type': 'text/html' })
        .end(
          `<!doctype html><title>Another page</title><iframe src="${src}" width="700" height="600"></iframe>`,
        ),
    );

  base('the embed works', async ({ page, baseURL }) => {
    await page.goto(await listen(framing(`${baseURL}embed.html`)));
    const frame = page.frameLocator('iframe');
    await plain(verdict(frame)).toContainText('Accepted');
    await frame.getByRole('textbox', { name: 'read offset', exact: true }).fill('8192');
    await plain(verdict(frame)).toContainText('Refused');
  });

  base(
    'a check that is asked about opens in the playground, in a tab of its own',
    async ({ page, baseURL, context }) => {
      await page.goto(await listen(framing(`${baseURL}embed.html`)));
      const frame = page.frameLocator('iframe');
      await frame.getByRole('textbox', { name: 'read offset', exact: true }).fill('8192');
      const opening = context.waitForEvent('page');
      await verdict(frame).getByRole('link', { name: 'read-after-pos' }).click();
      const opened = await opening;
      await plain(opened.getByRole('dialog', { name: 'read-after-pos' })).toBeVisible();
    },
  );

  base('the page is not shown where the host forbids it', async ({ page, baseURL }) => {
    const refused: string[] = [];
    page.on('console', (message) => refused.push(message.text()));
    await page.goto(await listen(framing(baseURL!)));
    await plain.poll(() => refused.join()).toContain('frame-ancestors');
    await plain(page.frameLocator('iframe').getByRole('group', { name: 'Verdict' })).toHaveCount(0);
  });

  base('where no header forbids it, the page shows only the way out', async ({ page }) => {
    const own = await listen(staticServer(DIST, () => ({})));
    await page.goto(await listen(framing(`${own}#/check/length-zero`)));
    const frame = page.frameLocator('iframe');
    const link = frame.getByRole('link', { name: 'Open in the playground' });
    await plain(link).toHaveAttribute('href', `${own}#/check/length-zero`);
    await plain(link).toHaveAttribute('target', '_blank');
    await plain(frame.locator('body *')).toHaveCount(2);
  });

  base('in a frame of its own origin the page works', async ({ page }) => {
    const files = staticServer(DIST, () => ({}));
    const mixed = createServer((request, response) => {
      if (request.url === '/frames') framing('/').emit('request', request, response);
      else files.emit('request', request, response);
    });
    await page.goto(`${await listen(mixed)}frames`);
    await plain(verdict(page.frameLocator('iframe'))).toContainText('Accepted');
  });
});
