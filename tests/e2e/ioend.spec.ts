// SPDX-License-Identifier: MIT
// An ioend as a step of its own, FOPEN_DIRECT_IO, how a device was opened, what FUSE_WRITE is answered with.
import { faultsOfThemes } from './faults.ts';
import { expect, test } from './playground.ts';

const IOEND = 'What the kernel makes of the answer to an ioend';
const AT_END = {
  format: 1,
  kernel: { revision: 'late' },
  steps: [{ do: 'iomap_ioend', pos: 65_536, flags: ['DIRECT'] }],
};

test('the answer to an ioend is chosen in the form: 0, a new size, an error', async ({
  playground,
  page,
}) => {
  await playground.open();
  await playground.drop('ioend.json', JSON.stringify(AT_END));
  await expect(playground.headline).toHaveText('Sent');
  await expect(playground.verdict).toContainText('The file has 69,632 bytes.');
  await page.getByRole('group', { name: 'Answer with' }).getByRole('button', { name: 'New size' }).click();
  await playground.field('reply newsize').fill('512');
  await expect(playground.verdict).toContainText('and 512 bytes as the server is known to have it');
  await page.getByRole('combobox', { name: /^Revision of the patch series/ }).selectOption('v6-04');
  await expect(playground.headline).toHaveText('Failed');
  await page.getByRole('group', { name: 'Answer with' }).getByRole('button', { name: 'Error' }).click();
  await playground.field('reply error').fill('-ENOSYS');
  await expect(playground.headline).toHaveText('Sent, not implemented');
});

test('where nothing has to be changed nothing is sent', async ({ playground }) => {
  await playground.open();
  await playground.drop('ioend.json', JSON.stringify(AT_END));
  await playground.field('iomap_ioend pos').fill('0');
  await expect(playground.headline).toHaveText('Not sent');
  await playground.field('iomap_ioend error').fill('-EIO');
  await expect(playground.headline).toHaveText('Sent');
});

test('a file that was opened with FOPEN_DIRECT_IO does not fall back', async ({ playground, page }) => {
  const map = { read: { type: 'MAPPED', length: 4096, addr: '1M', dev: 1 } };
  const read = { do: 'pread', direct: true, replies: [{ error: '-ENOSYS' }, map] };
  await playground.open();
  await playground.drop(
    'read.json',
    JSON.stringify({ format: 1, show: 1, steps: [{ do: 'backing_open' }, read] }),
  );
  await expect(playground.headline).toHaveText('Read 4096 bytes');
  await page
    .getByRole('combobox', { name: 'pread fopenDirectIo' })
    .selectOption({ label: 'FOPEN_DIRECT_IO' });
  await expect(playground.headline).toHaveText('Failed');
  await expect(playground.verdict).toContainText('FOPEN_DIRECT_IO, so the page cache does not stand in');
});

test('a device by an O_PATH descriptor, or one opened for reading: set among the descriptors', async ({
  playground,
  page,
}) => {
  const begin = {
    do: 'iomap_begin',
    op: ['WRITE'],
    reply: { read: { type: 'MAPPED', length: 4096, addr: '1M', dev: 1 } },
  };
  await playground.open();
  await playground.drop(
    'fd.json',
    JSON.stringify({ format: 1, show: 1, steps: [{ do: 'backing_open' }, begin] }),
  );
  await expect(playground.headline).toHaveText('Accepted');
  await page.getByText('The scenario: connection').click();
  await page.getByRole('button', { name: 'change' }).click();
  await page.getByRole('combobox', { name: 'fd 3 refers to' }).selectOption({ label: 'vda, with O_PATH' });
  await expect(playground.headline).toHaveText('Accepted, but what I/O does is undefined');
  await page.getByRole('combobox', { name: 'fd 3 refers to' }).selectOption({ label: 'block device vda' });
  await page.getByRole('combobox', { name: 'fd 3 opened' }).selectOption({ label: 'O_RDONLY' });
  await expect(playground.headline).toHaveText('Accepted');
  await page.getByRole('combobox', { name: /^Revision of the patch series/ }).selectOption('2026-05');
  await expect(playground.headline).toHaveText('No access');
});

test('the answers to FUSE_WRITE are a list in the form, where the revision writes inline data back', async ({
  playground,
  page,
}) => {
  await playground.open();
  await playground.example('-ENOSYS that counts as bytes written');
  const writes = playground.field('iomap_end inline writes');
  await expect(writes).toHaveValue('40 -ENOSYS 20');
  await expect(page.getByText('-ENOSYS to a FUSE_WRITE counts as bytes written')).toBeVisible();
  await writes.fill('-ENOSPC');
  await expect(playground.headline).toHaveText('Not written back');
});

for (const width of [1440, 390]) {
  test.describe(`${width} px`, () => {
    test.use({ viewport: { width, height: width === 390 ? 844 : 900 }, hasTouch: width === 390 });
    test('axe finds nothing, light or dark: an ioend', async ({ playground, page }) => {
      await playground.open();
      await playground.example(IOEND);
      await page
        .getByRole('group', { name: 'Answer with' })
        .getByRole('button', { name: 'New size' })
        .click();
      await expect(playground.field('reply newsize')).toBeVisible();
      expect(await faultsOfThemes(page)).toEqual([]);
      const wider = await page.evaluate(() => document.documentElement.scrollWidth > innerWidth);
      expect(wider, 'the page scrolls sideways').toBe(false);
    });
  });
}
