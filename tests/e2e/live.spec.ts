// SPDX-License-Identifier: MIT
import { expect, test, type Playground } from './playground.ts';

/** One page written and read back, again and again, direct and through the cache, with an fsync now and then. */
function ioSteps(count: number): object {
  const replies = [{ read: { type: 'MAPPED', length: '16M', dev: 1 } }];
  const steps: object[] = [{ do: 'backing_open' }];
  for (let i = 1; i < count - 1; i++) {
    const place = { offset: (i % 500) * 4096, length: 4096, direct: i % 4 < 2, replies };
    if (i % 5 === 0) steps.push({ do: 'fsync', replies });
    else steps.push(i % 2 === 0 ? { do: 'pread', ...place } : { do: 'pwrite', ...place, fill: i % 256 });
  }
  steps.push({ do: 'pread', offset: 0, length: 4096, direct: true, replies });
  const rest = { devices: { vda: { size: '16M' } }, inodes: { a: { size: '16M' } } };
  return { format: 1, title: `${count} I/O steps`, ...rest, steps };
}

/** Begins that are accepted, and their ends. */
function plainSteps(count: number): object {
  const steps: object[] = [{ do: 'backing_open' }];
  for (let i = 1; i < count; i++) {
    const read = { type: 'MAPPED', offset: 0, length: '1M', addr: 0, dev: 1 };
    steps.push(i % 2 === 0 ? { do: 'iomap_end' } : { do: 'iomap_begin', reply: { read } });
  }
  return { format: 1, title: `${count} steps`, devices: { vda: { size: '1M' } }, steps };
}

/** Shows a long scenario, as a file that is dropped, at its last step. */
async function openAtEnd(playground: Playground, document: object, count: number): Promise<void> {
  await playground.open();
  await playground.drop('long.json', `${JSON.stringify(document, null, 2)}\n`);
  await expect(playground.steps.getByRole('option').first()).toHaveAttribute('aria-setsize', String(count));
  await playground.steps.focus();
  await playground.page.keyboard.press('End');
  await expect(playground.chosen).toHaveAttribute('aria-posinset', String(count));
}

test('an edit of the last of 2,000 I/O steps is answered', async ({ playground }) => {
  await openAtEnd(playground, ioSteps(2000), 2000);
  await expect(playground.headline).toHaveText('Read 4096 bytes');
  const offset = playground.field('pread offset');
  await offset.fill('100');
  await expect(playground.chosen).toContainText('-EINVAL');
  await offset.fill('8K');
  await expect(playground.headline).toHaveText('Read 4096 bytes');
  await expect(playground.trouble).toBeHidden();
});

test('of 10,000 steps only those in view are in the page', async ({ playground }) => {
  await openAtEnd(playground, plainSteps(10_000), 10_000);
  const cards = playground.steps.getByRole('option');
  expect(await cards.count()).toBeLessThan(40);
  await playground.page.keyboard.press('Home');
  await expect(playground.chosen).toHaveAttribute('aria-posinset', '1');
  expect(await cards.count()).toBeLessThan(40);
});

test('nothing typed during runs is lost, and the verdict is of the last of it', async ({ playground }) => {
  await openAtEnd(playground, plainSteps(10_000), 10_000);
  await expect(playground.chosen).toContainText('iomap_begin');
  const length = playground.field('read length');
  await length.press('Control+a');
  // Each of the digits is a run, and only with the last the length is a multiple of the block size again.
  const digits = '00000000000000008192';
  await length.pressSequentially(digits);
  await expect(length).toHaveValue(digits);
  await expect(playground.headline).toHaveText('Accepted');
  await length.press('Backspace');
  await expect(playground.verdict).toContainText('length-unaligned');
});

test('the editor takes every key that is typed into it', async ({ playground, page }) => {
  await playground.open();
  await playground.tab('Document');
  const editor = page.getByTestId('monaco');
  await editor.locator('.view-line').first().click();
  await page.keyboard.press('Control+End');
  await page.keyboard.type('none of this is any JSON');
  await expect(editor.locator('.view-lines')).toContainText(/none\sof\sthis\sis\sany\sJSON/);
  await expect(playground.trouble).toContainText("can't be run");
});

test('megabytes of rubbish get a clear error, and the page lives on', async ({ playground, page }) => {
  await playground.open();
  await playground.tab('Document');
  await expect(page.getByTestId('monaco').locator('.view-line').first()).toBeVisible();
  await playground.drop('rubbish.json', '~rubbish'.repeat(640_000));
  await playground.notices.getByRole('button', { name: 'Open it as a document' }).click();
  await expect(playground.trouble).toContainText('line 1');
  await playground.undo();
  await expect(playground.trouble).toBeHidden();
  await expect(playground.headline).toHaveText('Accepted');
});
