// SPDX-License-Identifier: MIT
import { faultsOfThemes } from './faults.ts';
import { expect, test } from './playground.ts';

const BROKEN = JSON.stringify({
  format: 1,
  steps: [
    { do: 'backing_open', fd: 3, type: 'IOMAP' },
    {
      do: 'iomap_begin',
      pos: 4096,
      count: 4096,
      reply: { read: { type: 'MAPPED', offset: 8192, length: 4096, addr: '1M', dev: 1 } },
    },
  ],
});

test('a refused reply has a nearest accepted one, applied by a click and undone by a key', async ({
  playground,
  page,
}) => {
  await playground.open();
  await playground.field('read offset').fill('8192');
  const row = page.getByRole('group', { name: 'Nearest accepted' });
  await expect(row).toContainText('read.offset 8192 → 4096');
  await row.getByRole('button', { name: 'Apply read.offset 8192 → 4096' }).click();
  await expect(playground.headline).toHaveText('Accepted');
  await expect(playground.field('read offset')).toHaveValue('4096');
  await playground.undo();
  await expect(playground.headline).toHaveText('Refused');
  await expect(playground.field('read offset')).toHaveValue('8192');
  await expect(row).toContainText('read.offset 8192 → 4096');
});

test('an accepted reply has a smallest edit that breaks it, with the check that then refuses', async ({
  playground,
  page,
}) => {
  await playground.open();
  const row = page.getByRole('group', { name: 'Smallest edit that breaks it' });
  const apply = row.getByRole('button', { name: /^Apply / }).first();
  await expect(row).toContainText('refused by');
  const check = await row.locator('.by').first().textContent();
  await apply.focus();
  await page.keyboard.press('Enter');
  await expect(playground.headline).toHaveText('Refused');
  await expect(playground.verdict).toContainText(check!);
  // The focus waits where the way back is, and is not lost on the way.
  await expect(page.getByRole('button', { name: 'Undo the edit' })).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(playground.headline).toHaveText('Accepted');
  await expect(row).toBeFocused();
  // The row is there before its offers are.
  await expect(row).toHaveAttribute('data-ready', 'true');
  await page.keyboard.press('Tab');
  await expect(apply).toBeFocused();
});

test('the way back stays under the pointer while the next offers arrive', async ({ playground, page }) => {
  await playground.open();
  const row = page.getByTestId('nearest');
  await expect(row).toHaveAttribute('data-ready', 'true');
  // Every frame from the new verdict to its offers: where the button stood in it.
  const places = page.evaluate(async () => {
    const seen = new Set<string>();
    let waited = false;
    for (;;) {
      await new Promise((frame) => requestAnimationFrame(frame));
      const nearest = document.querySelector('[data-testid=nearest]');
      if (nearest?.ariaLabel !== 'Nearest accepted') continue;
      const undo = [...nearest.querySelectorAll('button')].find((one) => one.textContent === 'Undo the edit');
      const { x, y } = undo!.getBoundingClientRect();
      seen.add(`${x} ${y}`);
      if ((nearest as HTMLElement).dataset.ready !== 'true') waited = true;
      else if (nearest.textContent.includes('more')) return { waited, places: [...seen] };
    }
  });
  await row
    .getByRole('button', { name: /^Apply / })
    .first()
    .click();
  expect(await places).toEqual({ waited: true, places: [expect.any(String)] });
  await page.getByRole('button', { name: 'Undo the edit' }).click();
  await expect(playground.headline).toHaveText('Accepted');
});

test('every alternative that is offered is accepted', async ({ playground, page }) => {
  await playground.open();
  await playground.drop('x.json', BROKEN);
  await expect(playground.title).toHaveValue('');
  await playground.steps.getByRole('option').nth(1).click();
  const row = page.getByRole('group', { name: 'Nearest accepted' });
  await expect(row).toHaveAttribute('data-ready', 'true');
  await row.getByRole('button', { name: /more$/ }).click();
  const offers = await row
    .getByRole('button', { name: /^Apply / })
    .evaluateAll((all) => all.map((one) => one.getAttribute('aria-label')!));
  expect(offers.length).toBeGreaterThan(1);
  expect(offers.length).toBeLessThanOrEqual(3);
  for (const offer of offers) {
    await row.getByRole('button', { name: offer, exact: true }).click();
    await expect(playground.headline, offer).toHaveText('Accepted');
    await playground.undo();
    await expect(playground.headline).toHaveText('Refused');
    await expect(row).toHaveAttribute('data-ready', 'true');
  }
});

test('a step without mappings to mend has no such row', async ({ playground, page }) => {
  await playground.open();
  await expect(page.getByTestId('nearest')).toBeVisible();
  await playground.steps.getByRole('option').first().click();
  await expect(playground.verdict).toBeVisible();
  await expect(page.getByTestId('nearest')).toBeHidden();
});

test('the document offers the nearest accepted replies as quick fixes', async ({ playground, page }) => {
  await playground.open();
  await playground.field('read offset').fill('8192');
  await expect(page.getByTestId('nearest')).toHaveAttribute('data-ready', 'true');
  await playground.tab('Document');
  const editor = page.getByTestId('monaco');
  await expect(editor.locator('.squiggly-error')).toBeVisible();
  // To the mark, and its fixes; to its new place, if the page moved it meanwhile.
  await expect(async () => {
    const mark = (await editor.locator('.squiggly-error').boundingBox())!;
    await page.mouse.click(mark.x + mark.width / 2, mark.y + mark.height / 2);
    await page.keyboard.press('Control+.');
    const fix = page.getByText('Accepted with read.offset 8192 → 4096');
    await expect(fix).toBeVisible({ timeout: 5000 });
  }).toPass();
  await page.keyboard.press('Enter');
  await expect(playground.headline).toHaveText('Accepted');
  await page.keyboard.press('Control+z');
  await expect(playground.headline).toHaveText('Refused');
});

for (const width of [1440, 390]) {
  test(`axe finds nothing in the row, light or dark, at ${width} px`, async ({ playground, page }) => {
    await page.setViewportSize({ width, height: 844 });
    await playground.open();
    await playground.field('read offset').fill('8192');
    const row = page.getByRole('group', { name: 'Nearest accepted' });
    await expect(row).toHaveAttribute('data-ready', 'true');
    await row.getByRole('button', { name: /more$/ }).click();
    expect(await faultsOfThemes(page, { within: '[data-testid=nearest]' })).toEqual([]);
    expect(await page.evaluate(() => document.documentElement.scrollWidth > innerWidth)).toBe(false);
  });
}
