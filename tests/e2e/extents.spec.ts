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

test('requests that are left to the extents are not said to be answered with 0', async ({
  playground,
  page,
}) => {
  await playground.open();
  await playground.example(HOLE);
  const ends = page.getByRole('region', { name: 'endReplies', exact: true });
  await expect(ends).toContainText('left to the extents');
  await ends.getByRole('button', { name: 'Add to endReplies' }).click();
  await expect(ends).toContainText('in order; then left to the extents');
});

test('of an ioend alone the reply is left to the extents, or 0 is written down', async ({
  playground,
  page,
}) => {
  await playground.open();
  const steps = [{ do: 'iomap_ioend', pos: 0, written: 4096, flags: 'UNWRITTEN' }];
  await playground.drop('ioend.json', JSON.stringify({ format: 1, inodes: { a: { extents: [] } }, steps }));
  const kinds = page.getByRole('group', { name: 'Answer with' });
  const left = kinds.getByRole('button', { name: 'Ask the extents' });
  await expect(left).toHaveAttribute('aria-pressed', 'true');
  const answered = page.getByRole('region', { name: 'Answered by the extents' });
  await expect(answered).toBeVisible();
  await kinds.getByRole('button', { name: '0', exact: true }).click();
  await expect(left).toHaveAttribute('aria-pressed', 'false');
  await expect(answered).toBeHidden();
  await left.click();
  await expect(answered).toBeVisible();
});

for (const width of [1440, 390])
  test(`an extent is moved and resized on the strip, at ${width} px`, async ({ playground, page }) => {
    await page.setViewportSize({ width, height: 900 });
    await playground.open();
    await playground.example(HOLE);
    const unfold = page.getByRole('button', { name: 'The machine' });
    if (width < 960) await unfold.click();
    const strip = page.getByRole('group', { name: 'Extents at the start' });
    const piece = strip.getByRole('slider', { name: 'a extent 2 on vda' });
    const placed = (text: string) => expect(piece).toHaveAttribute('aria-valuetext', text);
    await placed('at 0x200000, 4096 bytes long: bytes 8192 to 12,287 of a');
    expect(await faultsOfThemes(page)).toEqual([]);

    await piece.press('ArrowRight');
    await piece.press('Shift+ArrowRight');
    await placed('at 0x201000, 8192 bytes long: bytes 8192 to 16,383 of a');
    await expect(strip).toContainText('at 0x201000, 8192 bytes long');
    await expect(piece).toBeFocused();
    await piece.press('Shift+ArrowLeft');
    await piece.press('Shift+ArrowLeft');
    await placed('at 0x201000, 4096 bytes long: bytes 8192 to 12,287 of a');
    // Keys one after the other are one change, and a pause between them, however it came, begins another.
    const start = 'at 0x200000, 4096 bytes long: bytes 8192 to 12,287 of a';
    await expect
      .poll(async () => {
        const now = await piece.getAttribute('aria-valuetext');
        if (now !== start) await playground.undo();
        return now;
      })
      .toBe(start);

    const box = (await piece.boundingBox())!;
    const drag = async (from: number, by: number) => {
      await page.mouse.move(box.x + from, box.y + 8);
      await page.mouse.down();
      await page.mouse.move(box.x + from + by / 2, box.y + 8);
      await page.mouse.move(box.x + from + by, box.y + 8);
    };
    await drag(8, 2 * box.width);
    await placed('at 0x202000, 4096 bytes long: bytes 8192 to 12,287 of a');
    await page.keyboard.press('Escape');
    await page.mouse.up();
    await placed('at 0x200000, 4096 bytes long: bytes 8192 to 12,287 of a');
    await drag(8, 2 * box.width);
    await page.mouse.up();
    await placed('at 0x202000, 4096 bytes long: bytes 8192 to 12,287 of a');
    await playground.undo();
    await placed('at 0x200000, 4096 bytes long: bytes 8192 to 12,287 of a');
    await drag(box.width - 3, 3 * box.width);
    await page.mouse.up();
    await placed('at 0x200000, 16,384 bytes long: bytes 8192 to 24,575 of a');
    await playground.undo();
    await placed('at 0x200000, 4096 bytes long: bytes 8192 to 12,287 of a');
  });

test('an extent that passes another on the strip keeps the focus', async ({ playground, page }) => {
  await playground.open();
  await playground.example(HOLE);
  const strip = page.getByRole('group', { name: 'Extents at the start' });
  const names = () => strip.getByRole('slider').allInnerTexts();
  await expect.poll(names).toEqual(['a 1', 'a 2']);
  const piece = strip.getByRole('slider', { name: 'a extent 1 on vda' });
  await piece.focus();
  for (let i = 0; i < 17; i++) await page.keyboard.press('PageUp');
  await expect(piece).toHaveAttribute('aria-valuetext', /^at 0x210000,/);
  await expect.poll(names).toEqual(['a 2', 'a 1']);
  await expect(piece).toBeFocused();
});
