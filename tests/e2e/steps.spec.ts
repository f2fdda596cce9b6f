// SPDX-License-Identifier: MIT
import { expect, test } from './playground.ts';

test('the arrow keys travel through the steps, with the whole machine', async ({ playground, page }) => {
  await playground.open();
  const machine = page.getByRole('region', { name: 'The machine' });
  await expect(machine.getByRole('cell', { name: 'vda' })).toBeVisible();
  await page.locator('body').press('ArrowLeft');
  await expect(playground.chosen).toContainText('1 backing_open');
  await expect(playground.field('backing_open fd')).toHaveValue('3');
  await page.locator('body').press('ArrowRight');
  await page.locator('body').press('ArrowRight');
  await expect(playground.chosen).toContainText('3 backing_close');
  await expect(playground.verdict).toContainText('-EBUSY');
});

test('steps are added, copied, moved and removed, each undone in one', async ({ playground, page }) => {
  await playground.open();
  const cards = playground.steps.getByRole('option');
  await page.getByRole('button', { name: '+ step' }).click();
  await page.getByRole('menuitem', { name: /^unmount/ }).click();
  await expect(playground.chosen).toContainText('3 unmount');
  await page.getByRole('group', { name: 'This step' }).getByRole('button', { name: 'Copy' }).click();
  await expect(cards).toHaveCount(5);
  await expect(playground.chosen).toContainText('4 unmount');
  await page.getByRole('button', { name: 'Move step later' }).click();
  await expect(playground.chosen).toContainText('5 unmount');
  await page.getByRole('group', { name: 'This step' }).getByRole('button', { name: 'Remove' }).click();
  await expect(cards).toHaveCount(4);
  for (const count of [5, 5, 4, 3]) {
    await playground.undo();
    await expect(cards).toHaveCount(count);
  }
  await expect(playground.chosen).toContainText('2 iomap_begin');
});

test('a repeated step is one card that unfolds', async ({ playground }) => {
  await playground.open();
  await playground.drop(
    'many.json',
    '{"format":1,"title":"Many","steps":[{"do":"backing_open","times":1025},{"do":"backing_close","id":9}]}',
  );
  await expect(playground.title).toHaveValue('Many');
  const cards = playground.steps.getByRole('option');
  await expect(cards).toHaveCount(2);
  await expect(playground.chosen).toContainText('×1025');
  await playground.steps.press('Enter');
  await playground.steps.press('End');
  await expect(playground.chosen).toContainText('2 backing_close');
  await playground.steps.press('ArrowLeft');
  await expect(playground.chosen).toContainText('1.1025 backing_open');
  await expect(playground.verdict).toContainText('-ENOSPC');
});

test('thousands of steps put only those in view into the page', async ({ playground, page }) => {
  await playground.open();
  const steps = Array.from({ length: 2000 }, () => ({ do: 'backing_open' }));
  await playground.drop('large.json', JSON.stringify({ format: 1, title: 'Large', steps }));
  await expect(playground.title).toHaveValue('Large');
  await playground.steps.press('End');
  await expect(playground.chosen).toContainText('2000 backing_open');
  await expect(playground.chosen).toBeInViewport();
  await expect(playground.chosen).toHaveAttribute('aria-setsize', '2000');
  await expect(playground.verdict).toContainText('-ENOSPC');
  expect(await playground.steps.getByRole('option').count()).toBeLessThan(40);
  // Still answers as one types.
  await playground.steps.press('Home');
  await playground.field('backing_open fd').fill('99');
  await expect(playground.verdict).toContainText('-EBADF');
  await expect(page.getByTestId('announcement')).toContainText('Step 1');
});
