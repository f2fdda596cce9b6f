// SPDX-License-Identifier: MIT
import type { Page } from '@playwright/test';
import { faultsOfThemes } from './faults.ts';
import { expect, test, type Playground } from './playground.ts';

const THREE = 'One read, three mappings';
const PAST = 'A mapping that runs past the end of its device';

const loop = (page: Page) => page.getByRole('listbox', { name: 'Calls inside the step' });
const strip = (page: Page, device: string) => page.getByRole('slider', { name: `Part of ${device} in view` });

test('a read of three mappings shows three begins and three ends, and what each was', async ({
  playground,
  page,
}) => {
  await playground.open();
  await playground.example(THREE);
  await expect(playground.headline).toHaveText('Read 12,288 bytes');
  await expect(loop(page).getByRole('option', { name: /begin \d/ })).toHaveCount(3);
  await expect(loop(page).getByRole('option', { name: /end \d/ })).toHaveCount(3);
  await expect(loop(page).getByRole('option', { name: /begin 2/ })).toContainText('pos 4096, count 8192');
});

test('a call is explored as a step of its own: checks, structs, bytes, and its reply in the form', async ({
  playground,
  page,
}) => {
  await playground.open();
  await playground.example(THREE);
  await loop(page).focus();
  await page.keyboard.press('End');
  await expect(page.getByRole('region', { name: 'end 3 of this step' })).toContainText('Not sent');
  await page.keyboard.press('ArrowLeft');
  const call = page.getByRole('region', { name: 'begin 3 of this step' });
  await expect(call).toContainText('Accepted');
  await expect(call.getByRole('group', { name: 'Path of checks' })).toContainText('fuse_iomap_find_dev');
  await expect(call.getByRole('table', { name: 'Fields of iomap' })).toContainText('vdb');
  await expect(call.getByRole('heading', { name: 'The 64 bytes of the reply' })).toBeVisible();
  // The reply that answered it is the one in the form.
  await expect(page.getByRole('radio', { name: /^3 MAPPED/ })).toBeChecked();
  await expect(playground.field('read offset')).toHaveValue('8192');
});

test('a refused reply decides the step, and its field is marked', async ({ playground, page }) => {
  await playground.open();
  await playground.example(THREE);
  await page.getByRole('radio', { name: /^2 HOLE/ }).click();
  await playground.field('read offset').fill('8192');
  await expect(playground.headline).toHaveText('Failed');
  await expect(playground.verdict).toContainText('-EFSCORRUPTED');
  const decided = loop(page).getByRole('option', { name: /decided/ });
  await expect(decided).toHaveCount(1);
  await expect(decided).toContainText('read-after-pos');
  await expect(playground.field('read offset')).toHaveAttribute('aria-invalid', 'true');
  await expect(page.getByRole('radio', { name: /^3 MAPPED ?, not asked for/ })).toBeVisible();
});

test('replies are added, moved and removed; what was left unanswered is answered by a click', async ({
  playground,
  page,
}) => {
  await playground.open();
  await playground.example(THREE);
  const replies = page.getByRole('radiogroup', { name: 'Replies' }).getByRole('radio');
  await page.getByRole('radio', { name: /^3 MAPPED/ }).click();
  await page.getByRole('button', { name: 'Remove reply' }).click();
  await expect(replies).toHaveCount(2);
  await expect(playground.headline).toHaveText('No reply left');
  await page.getByRole('button', { name: 'Add a reply' }).click();
  await expect(replies).toHaveCount(3);
  await expect(playground.headline).toHaveText('Read 12,288 bytes');
  await expect(playground.field('read offset')).toHaveValue('8192');
  await page.getByRole('button', { name: 'Move reply earlier' }).click();
  await expect(replies.nth(1)).toContainText('MAPPED');
  await expect(replies.nth(2)).toContainText('HOLE');
  await expect(playground.headline).toHaveText('Failed');
  await expect(playground.verdict).toContainText('-EFSCORRUPTED');
});

test('a step of I/O is added from the menu and edited in its form', async ({ playground, page }) => {
  await playground.open();
  await page.getByRole('button', { name: '+ step' }).click();
  await page.getByRole('menuitem', { name: /^pread/ }).click();
  await expect(playground.headline).toHaveText('Read 4096 bytes');
  await playground.field('pread length').fill('512');
  await expect(playground.headline).toHaveText('Read 512 bytes');
  await page.getByRole('combobox', { name: 'pread direct' }).selectOption('through the page cache');
  await expect(loop(page).getByRole('option', { name: /begin 1/ })).not.toContainText('DIRECT');
});

test('the x-ray zooms and moves by keys, and tells what it shows', async ({ playground, page }) => {
  await playground.open();
  await playground.example(THREE);
  const vda = strip(page, 'vda');
  await vda.focus();
  await page.keyboard.press('0');
  await expect(vda).toHaveAttribute('aria-valuetext', /^sectors 0\.\.32.767 of 32.768/);
  for (let i = 0; i < 13; i++) await page.keyboard.press('+');
  await expect(vda).toHaveAttribute('aria-valuetext', /^sectors 16.382\.\.16.385 of/);
  await page.keyboard.press('ArrowRight');
  await expect(vda).toHaveAttribute('aria-valuetext', /^sectors 16.383\.\.16.386 of/);
  await page.keyboard.press('-');
  await expect(vda).toHaveAttribute('aria-valuetext', /^sectors 16.381\.\.16.388 of/);
  await page.keyboard.press('f');
  await expect(vda).toHaveAttribute('aria-valuetext', /^sectors 2047\.\.2056 of/);
});

test('what no check could know is found on the device', async ({ playground, page }) => {
  await playground.open();
  await playground.example(PAST);
  await playground.steps.press('End');
  await expect(page.getByRole('list', { name: 'Findings on vda' })).toContainText(
    'past the end Bytes 0..8191 of file a (step 4): 4096 of its 8192 bytes lie past the end of vda',
  );
  await expect(page.getByRole('list', { name: 'What the x-ray marks' }).getByRole('listitem')).toHaveText([
    'read mapping',
    'write mapping',
    'replaced since',
    'was read',
    'was written',
    'untouched',
    'past the end of the device',
    /past the end, or a write into a shared extent/,
    /misaligned, or claimed by two ranges of files/,
  ]);
});

test('the bytes of a read say where each came from', async ({ playground, page }) => {
  await playground.open();
  await playground.example(THREE);
  const legend = page.getByRole('list', { name: 'Where the bytes come from' });
  await expect(legend.getByRole('listitem')).toHaveText([
    /vda 4096 bytes, sectors 2048\.\.2055/,
    /zeros of a hole 4096 bytes/,
    /vdb 4096 bytes, sectors 4096\.\.4103/,
  ]);
  const bytes = page.getByRole('grid', { name: 'Bytes of the file' });
  await bytes.focus();
  await page.keyboard.press('Control+End');
  await expect(bytes).toHaveAccessibleDescription(/^byte 12.287: .*vdb, sector 4103 \+ 511/);
  await page.keyboard.press('Control+Home');
  await expect(bytes).toHaveAccessibleDescription(/^byte 0: 76 'v', vda, sector 2048 \+ 0/);
  // Only what is in view is in the page.
  expect(await bytes.getByRole('row').count()).toBeLessThan(40);
});

test('the bytes of a device are those of the chosen step, and say where each came from', async ({
  playground,
  page,
}) => {
  await playground.open();
  const replies = [{ read: { length: 4096, addr: 4096, type: 'MAPPED', dev: 1 }, times: 2 }];
  const text = (title: string) =>
    JSON.stringify({
      format: 1,
      title,
      show: 3,
      devices: { vda: { size: '1M', contents: 'pattern' } },
      inodes: { a: { size: 4096 } },
      steps: [
        { do: 'backing_open' },
        { do: 'pwrite', direct: true, offset: 512, length: 512, fill: '0x41', replies },
        { do: 'pwrite', length: 100, fill: '0x42', replies },
        { do: 'fsync', replies },
      ],
    });
  await playground.drop('x.json', text('Two writes'));
  await expect(playground.title).toHaveValue('Two writes');
  await playground.steps.focus();
  await page.keyboard.press('End');
  await page.getByText('1 mapping', { exact: true }).click();
  await page.getByRole('button', { name: 'Bytes of sectors 8..15' }).click();
  const bytes = page.getByRole('grid', { name: 'Bytes of vda' });
  const byte = (name: RegExp) => bytes.getByRole('gridcell', { name });
  const legend = page.getByRole('list', { name: 'Where the bytes come from' });
  await expect(
    byte(/^byte 4096: 42 'B', .* by fsync \(step 4\): bytes of pwrite \(step 3\), byte 0 of file a/),
  ).toBeVisible();
  await expect(
    byte(/^byte 4196: .* bytes read from vda, byte 100 of file a, read from vda sector 8 \+ 100/),
  ).toBeVisible();
  await expect(legend.getByRole('listitem')).toHaveText([
    /written back from the page cache by fsync \(step 4\): bytes of pwrite \(step 3\) 100 bytes/,
    /written back from the page cache by fsync \(step 4\): bytes read from vda 3996 bytes/,
  ]);
  await playground.steps.focus();
  await page.keyboard.press('ArrowLeft');
  await expect(byte(/^byte 4096: 76 'v', the pattern that names each sector/)).toBeVisible();
  await expect(legend.getByRole('listitem')).toHaveText([
    /the pattern that names each sector, from the start 3584 bytes/,
    /written directly by pwrite \(step 2\) 512 bytes/,
  ]);
  // Another document's device of the same name is shown where that document uses it.
  await playground.drop('y.json', text('Two others'));
  await expect(playground.title).toHaveValue('Two others');
  await expect(page.getByRole('region', { name: 'X-ray of vda' })).toBeVisible();
  await expect(bytes).toBeHidden();
});

test('an accepted mapping tells what I/O will make of it', async ({ playground, page }) => {
  await playground.open();
  // The first scenario's device has 4 MiB.
  await playground.field('read addr').fill('4M');
  await expect(playground.headline).toHaveText('Accepted, but the read fails');
  await expect(playground.verdict).toContainText(
    'The read will fail with -EIO: the mapping runs 8192 bytes past the end of vda.',
  );
  await expect(playground.verdict).toContainText('a reading');
  await playground.field('read addr').fill('4M');
  await playground.field('read length').fill('16M');
  await playground.field('read addr').fill('1M');
  await expect(playground.verdict).toContainText('The mapping runs');
  // What else follows stands below, beside what the verdict tells.
  await playground.field('read addr').fill('1048832');
  await expect(playground.headline).toHaveText('Accepted, but the bytes are not the ones meant');
  await expect(page.getByRole('note', { name: 'What follows from it' })).toContainText('The mapping runs');
  await playground.field('read length').fill('8192');
  await expect(page.getByRole('note', { name: 'What follows from it' })).toHaveCount(0);
  await playground.field('read addr').fill('1M');
  await expect(playground.headline).toHaveText('Accepted');
});

test('faults and contents of a device are edited in place', async ({ playground, page }) => {
  await playground.open();
  await playground.example(THREE);
  await page.getByText('The scenario: connection').click();
  await page.getByRole('button', { name: 'Let vdb fail' }).click();
  await playground.field('vdb fault 1 sector').fill('4096');
  await expect(playground.headline).toHaveText('Failed');
  await expect(playground.verdict).toContainText('-EIO');
  await expect(loop(page).getByRole('option', { name: /decided/ })).toContainText('read 4096 bytes');
  await page.getByRole('button', { name: 'Remove fault 1 of vdb' }).click();
  await expect(playground.headline).toHaveText('Read 12,288 bytes');
});

test('nothing of I/O loads before it is wanted', async ({ playground, page }) => {
  const asked: string[] = [];
  page.on('request', (request) => asked.push(request.url()));
  await playground.open();
  expect(asked.filter((url) => /IoStep|IoForm|XRay|HexView/.test(url))).toEqual([]);
  await playground.example(THREE);
  await expect(loop(page)).toBeVisible();
  expect(asked.some((url) => /IoStep/.test(url))).toBe(true);
});

const VIEWS: Record<string, (playground: Playground) => Promise<void>> = {
  'a read, its calls and bytes': async ({ page }) => {
    await expect(strip(page, 'vda')).toBeVisible();
    await expect(page.getByRole('grid', { name: 'Bytes of the file' })).toBeVisible();
  },
  'a refused call': async (playground) => {
    const { page } = playground;
    await page.getByRole('radio', { name: /^2 HOLE/ }).click();
    await playground.field('read offset').fill('8192');
    await expect(playground.headline).toHaveText('Failed');
    await expect(playground.verdict).toContainText('-EFSCORRUPTED');
  },
  'what lies between two calls, bytes of a device, answers to ends': async ({ page }) => {
    await loop(page).focus();
    await page.keyboard.press('ArrowDown');
    await expect(page.getByRole('region', { name: 'Between the calls' })).toBeVisible();
    await page.getByRole('button', { name: 'Bytes of what is shown' }).first().click();
    await expect(page.getByRole('grid', { name: 'Bytes of vda' })).toBeVisible();
    await page.getByRole('button', { name: 'Add to ioendReplies' }).click();
    await page.getByText('The scenario: connection').click();
    await page.getByRole('button', { name: 'Put bytes on vda' }).click();
    await page.getByRole('button', { name: 'Let vdb fail' }).click();
  },
  'a mapping past the end': async (playground) => {
    await playground.example(PAST);
    await expect(playground.page.getByRole('list', { name: 'Findings on vda' })).toBeVisible();
  },
};

for (const width of [1440, 390]) {
  test.describe(`${width} px`, () => {
    test.use({ viewport: { width, height: width === 390 ? 844 : 900 }, hasTouch: width === 390 });
    for (const [view, show] of Object.entries(VIEWS)) {
      test(`axe finds nothing, light or dark: ${view}`, async ({ playground, page }) => {
        await playground.open();
        await playground.example(THREE);
        await expect(loop(page)).toBeVisible();
        // On a phone the machine is folded at first.
        if (width === 390) await page.getByRole('button', { name: 'The machine' }).click();
        await show(playground);
        expect(await faultsOfThemes(page, { except: LATER_ROWS })).toEqual([]);
        const wider = await page.evaluate(() => document.documentElement.scrollWidth > innerWidth);
        expect(wider, 'the page scrolls sideways').toBe(false);
      });
    }
  });
}

/** The rows of a hex dump are alike: the first ones stand for the others. */
const LATER_ROWS = '[role=grid] [role=row]:nth-child(n + 4)';

test('an example of I/O opens where it goes wrong, and silence is not success', async ({ playground }) => {
  await playground.open();
  await playground.example('A HOLE answered to writeback loses the data');
  await expect(playground.chosen).toContainText('3 fsync');
  await expect(playground.headline).toHaveText('Synced, data lost');
  await expect(playground.verdict).toHaveClass(/warn/);
  await expect(playground.chosen).toContainText('went wrong without an error');
});

test('another document is read from its top', async ({ playground, page }) => {
  await page.setViewportSize({ width: 1440, height: 500 });
  await playground.open();
  const columns = page.locator('main > section');
  const scrolled = () => columns.evaluateAll((all) => all.map(({ scrollTop }) => scrollTop));
  await playground.example(THREE);
  await playground.settled();
  await expect
    .poll(async () => {
      await columns.evaluateAll((all) => all.forEach((one) => one.scrollTo(0, 200)));
      return (await scrolled()).every((top) => top > 0);
    })
    .toBe(true);
  await playground.example('A write that allocates');
  await expect.poll(scrolled).toEqual([0, 0, 0]);
});

test('a reply that was an error from the start gets mappings of its own, and stays a reply', async ({
  playground,
  page,
}) => {
  const document = (title: string, first: object) =>
    JSON.stringify({
      format: 1,
      title,
      show: 1,
      steps: [{ do: 'backing_open' }, { do: 'pread', length: 4096, replies: [first, { error: '-EIO' }] }],
    });
  await playground.open();
  await playground.drop('placed.json', document('Placed', { read: { length: 4096, addr: 12345 } }));
  await expect(playground.title).toHaveValue('Placed');
  const kinds = page.getByRole('group', { name: 'Answer with' });
  const replies = page.getByRole('radiogroup', { name: 'Replies' }).getByRole('radio');
  await kinds.getByRole('button', { name: 'Error' }).click();
  await kinds.getByRole('button', { name: 'Mappings' }).click();
  await expect(playground.field('read addr')).toHaveValue('12345');
  await kinds.getByRole('button', { name: 'Error' }).click();

  await playground.drop('refuses.json', document('Refuses', { error: '-ENOSPC' }));
  await expect(playground.title).toHaveValue('Refuses');
  await expect(replies).toHaveCount(2);
  await kinds.getByRole('button', { name: 'Mappings' }).click();
  await expect(replies).toHaveCount(2);
  await expect(replies.first()).toContainText('HOLE');
  // What was written in another document is not remembered here.
  await expect(playground.field('read addr')).toHaveValue('');
});
