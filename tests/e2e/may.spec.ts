// SPDX-License-Identifier: MIT
// What only the revisions of May 2026 have, in the form.
import { expect, test } from './playground.ts';

const ASKS_AGAIN = {
  format: 1,
  kernel: { revision: '2026-05-cache' },
  inodes: { a: { caches: true } },
  show: 1,
  steps: [
    { do: 'backing_open' },
    {
      do: 'iomap_begin',
      count: 4096,
      reply: { read: { type: 'RETRY_CACHE', length: 4096, addr: 'NULL_ADDR' } },
    },
  ],
};

test('a pending signal is set in the form, where the revision looks at it', async ({ playground, page }) => {
  await playground.open();
  await playground.drop('retry.json', JSON.stringify(ASKS_AGAIN));
  await expect(playground.headline).toHaveText('Asks again');
  const signal = page.getByRole('combobox', { name: 'signal' });
  await signal.selectOption({ label: 'one is pending' });
  await expect(playground.headline).toHaveText('Interrupted');
  await expect(playground.verdict).toContainText('-EINTR');
  await signal.selectOption({ label: 'none is pending' });
  await expect(playground.headline).toHaveText('Asks again');
  await expect(playground.field('iomap_begin inline read')).toBeVisible();
  await page.getByRole('combobox', { name: /^Revision of the patch series/ }).selectOption('v6-04');
  await expect(signal).toHaveCount(0);
  await expect(playground.field('iomap_begin inline read')).toHaveCount(0);
});

test('inline data that can’t be read fails the begin', async ({ playground }) => {
  const reply = { read: { type: 'INLINE', length: 4096, addr: 'NULL_ADDR' } };
  const [open, begin] = ASKS_AGAIN.steps;
  await playground.open();
  await playground.drop('i.json', JSON.stringify({ ...ASKS_AGAIN, steps: [open, { ...begin, reply }] }));
  await expect(playground.headline).toHaveText(/^Accepted/);
  await playground.field('iomap_begin inline read').fill('-EIO');
  await expect(playground.headline).toHaveText('No inline data');
  await expect(playground.verdict).toContainText('-EIO');
});
