// SPDX-License-Identifier: MIT
import { faultsOfThemes } from './faults.ts';
import { expect, test } from './playground.ts';

const HOLE = 'A file with a hole, answered from its extents';

test('a step without replies shows what the extents answered, and what they are after it', async ({
  playground,
  page,
}) => {
  await playground.open();
  await playground.example(HOLE);
  await expect(playground.headline).toHaveText('Read 12,288 bytes');
  const answered = page.getByRole('region', { name: 'Answered by the extents' });
  await expect(answered.getByRole('listitem')).toHaveCount(3);
  await expect(answered).toContainText('HOLE offset 4096 length 4096');
  const after = page.getByRole('group', { name: 'Extents after this step' });
  await expect(after.getByRole('listitem')).toHaveCount(2);
  const piece = after.getByRole('button').first();
  await piece.click();
  await expect(piece).toHaveAttribute('aria-pressed', 'true');
  expect(await faultsOfThemes(page)).toEqual([]);
});

test('the answers are kept as replies, and an undo takes them back', async ({ playground, page }) => {
  await playground.open();
  await playground.example(HOLE);
  const answered = page.getByRole('region', { name: 'Answered by the extents' });
  await answered.getByRole('button', { name: 'Keep these answers' }).click();
  await expect(page.getByRole('radiogroup', { name: 'Replies' }).getByRole('radio')).toHaveCount(3);
  await expect(answered).toBeHidden();
  await playground.undo();
  await expect(answered).toBeVisible();
});

test('extents are added, changed and removed in the form', async ({ playground, page }) => {
  await playground.open();
  await playground.example(HOLE);
  await page.getByText('The scenario: connection, devices, descriptors, inodes').click();
  const rows = page.getByRole('group', { name: 'Extents of a', exact: true });
  await rows.getByRole('button', { name: 'Add an extent of a' }).click();
  await expect(rows.getByRole('textbox', { name: 'a extent 3 offset' })).toHaveValue('12288');
  await rows.getByRole('button', { name: 'Remove a extent 3' }).click();
  await expect(rows.getByRole('group', { name: /^a extent \d$/ })).toHaveCount(2);
});
