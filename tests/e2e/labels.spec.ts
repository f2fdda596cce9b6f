// SPDX-License-Identifier: MIT
// Every place of every tool, asked what views.spec.ts asks of a view; and labels that stand in no view as it opens.
import { STEP_KINDS } from '../../web/src/app/steps.ts';
import { faultsOfThemes } from './faults.ts';
import { unasked, unfold, unknown } from './labels.ts';
import { coveredUnderscores, spilling } from './legible.ts';
import { PLACES } from './place-views.ts';
import { expect, test, type Playground } from './playground.ts';

test('axe finds nothing, every label has an entry: each place of each tool', async ({ playground, page }) => {
  await playground.open();
  for (const [address, show] of Object.entries(PLACES))
    await test.step(address, async () => {
      await show(playground);
      expect.soft(await faultsOfThemes(page), address).toEqual([]);
      expect.soft(await coveredUnderscores(page), address).toEqual([]);
      expect.soft(await spilling(page), address).toEqual([]);
      await unfold(page);
      expect.soft(await unasked(page), address).toEqual([]);
      expect.soft(await unknown(page), address).toEqual([]);
    });
});

test('every label has an entry: a page within another page', async ({ page }) => {
  await page.goto('./embed.html#/exercise/the-other-disk');
  await expect(page.getByRole('group', { name: 'Verdict' })).toBeVisible();
  await expect(page.locator('label').first()).toBeVisible();
  await unfold(page);
  expect(await unasked(page)).toEqual([]);
  expect(await unknown(page)).toEqual([]);
});

async function withStep(playground: Playground, kind: string): Promise<void> {
  await playground.page.getByRole('button', { name: '+ step' }).click();
  await playground.page.getByRole('menuitem', { name: new RegExp(`^${kind}\\b`) }).click();
  await expect(playground.chosen).toContainText(kind);
  await playground.settled();
}

test('a label without an entry is found: in a dialog, and as a head of a column', async ({
  playground,
  page,
}) => {
  await playground.open();
  await page.keyboard.press('Control+k');
  await page.getByRole('dialog').evaluate((dialog) => {
    dialog.insertAdjacentHTML(
      'beforeend',
      '<label>No such term</label><table><tr><th>Nor this</th></tr></table>',
    );
  });
  expect(await unasked(page)).toEqual(['label No such term', 'th Nor this']);
});

test('a phase, a kind of the table and the trust in a verdict are labels too', async ({
  playground,
  page,
}) => {
  await playground.open();
  await playground.example('Copy on write, and the ioend that remaps');
  await expect(page.getByRole('listbox', { name: /Calls/ })).toBeVisible();
  expect(await unasked(page)).toEqual([]);
  await page.evaluate(() => {
    for (const word of document.querySelectorAll('.trust [data-word], .name, code.name *, td.type *'))
      word.removeAttribute('data-word');
  });
  const found = await unasked(page);
  for (const label of ['span begin 1', 'code begin 1', 'span body', 'td iomap'])
    expect(found).toContain(label);
  expect(found.some((label) => /^span .*(kernel|source)/.test(label))).toBe(true);
});

test('every label has an entry: each kind of step, with what is expected of it', async ({
  playground,
  page,
}) => {
  await playground.open();
  for (const { do: kind } of STEP_KINDS) {
    await withStep(playground, kind);
    const expectation = page.getByRole('button', { name: 'Expect what happened' });
    if (await expectation.isVisible()) await expectation.click();
    await unfold(page);
    // The form of a step that does I/O loads when it is first shown.
    await expect(page.locator('#request-title')).toBeVisible();
    expect(await unasked(page), kind).toEqual([]);
    expect(await unknown(page), kind).toEqual([]);
  }
});

test('every label has an entry: the operands of each check that is made', async ({ playground, page }) => {
  await playground.open();
  const folded = page.getByRole('button', { name: /\d passed$/, expanded: false });
  while ((await folded.count()) > 0) await folded.first().click();
  const path = page.getByRole('group', { name: 'Path of checks' });
  const chips = path.getByRole('button', { name: /, passed$/ });
  const count = await chips.count();
  expect(count).toBeGreaterThan(20);
  for (let i = 0; i < count; i++) {
    await chips.nth(i).click();
    await expect(page.getByRole('group', { name: /: details$/ })).toBeVisible();
    expect(await unasked(page)).toEqual([]);
  }
});

test('a device with bytes and faults, and everything else of the machine', async ({ playground, page }) => {
  await playground.open();
  await page.getByText('The scenario: connection').click();
  await page.getByRole('button', { name: 'Put bytes on vda' }).click();
  await page.getByRole('button', { name: 'Let vda fail' }).click();
  await expect(playground.field('vda fault 1 sector')).toBeVisible();
  expect(await unasked(page)).toEqual([]);
});
