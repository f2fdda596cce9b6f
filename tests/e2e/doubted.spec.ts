// SPDX-License-Identifier: MIT
/** Green that will fail: an accepted mapping and bytes that were read have no colour before it is known what follows. */
import type { Page } from '@playwright/test';
import { encodeLink } from '#engine/link/codec.ts';
import type { JsonValue } from '#engine/scenario/json.ts';
import { faultsOfThemes } from './faults.ts';
import { expect, test, type Playground } from './playground.ts';

const begin = (addr: bigint, more: Record<string, JsonValue> = {}): JsonValue => ({
  do: 'iomap_begin',
  inode: 'a',
  pos: 0n,
  count: 4096n,
  reply: { read: { offset: 0n, length: 8192n, addr, type: 'MAPPED', dev: 1n } },
  ...more,
});
const io = (what: string, inode: string): JsonValue => ({
  do: what,
  inode,
  offset: 0n,
  length: 4096n,
  direct: true,
  replies: [{ read: { offset: 0n, length: 4096n, addr: 8192n, type: 'MAPPED', dev: 1n } }],
});

/** A write whose consequence takes many words, which stand below the checks. */
const STALE: JsonValue = {
  do: 'iomap_begin',
  inode: 'a',
  op: ['WRITE'],
  pos: 0n,
  count: 4096n,
  reply: {
    read: { offset: 0n, length: 4096n, addr: 'NULL_ADDR', type: 'HOLE', dev: 0n },
    write: { offset: 0n, length: 4096n, addr: 8192n, type: 'MAPPED', dev: 1n },
  },
};

/** I/O with such a mapping, of a part of a block: it reads what lies where it writes. */
const STALE_WRITE: JsonValue = {
  do: 'pwrite',
  inode: 'a',
  offset: 0n,
  length: 100n,
  replies: [(STALE as { reply: JsonValue }).reply],
};

/** By step: good, fails at once, fails later, writes of one file what is read of another. */
const STEPS: JsonValue[] = [
  { do: 'backing_open' },
  begin(4096n),
  begin(1044480n, { op: ['DIRECT'], count: 8192n }),
  begin(1044480n),
  io('pwrite', 'a'),
  io('pread', 'b'),
  io('pread', 'a'),
  STALE,
  STALE_WRITE,
];
const SCENARIO: JsonValue = {
  format: 1n,
  devices: { vda: { size: '1M', contents: 'pattern' } },
  inodes: { a: { ino: 12n, size: 65536n }, b: { ino: 13n, size: 65536n } },
  steps: STEPS,
};
const linkTo = (step: number) => encodeLink({ scenario: SCENARIO, step, view: 'form', verdict: null });

const card = (page: Page) => page.locator('.the-verdict:not(.first-verdict)');
const timelineStep = ({ steps }: Playground, step: number) =>
  steps.getByRole('option', { name: new RegExp(`^${step + 1} `) });

test('the card tells the gravest that follows, in amber, with its errno', async ({ playground, page }) => {
  await playground.open(linkTo(2));
  await expect(playground.headline).toHaveText('Accepted, but the read fails');
  await expect(card(page)).toHaveClass(/tone-warn/);
  await expect(playground.verdict).toContainText('-EIO');
  await expect(playground.verdict).toContainText('the mapping runs 4096 bytes past the end of vda');
  // What was tried was not compared with anything.
  await expect(playground.verdict).toContainText('a reading of the kernel');
  await expect(playground.verdict).not.toContainText('checked against');
  await expect(page.getByTestId('announcement')).toContainText('Step 3: Accepted, but the read fails.');
  await page.keyboard.press('ArrowRight');
  await expect(playground.headline).toHaveText('Accepted, but sector 2048 is past the end of vda');
  await expect(card(page)).toHaveClass(/tone-warn/);
});

test('what goes well is green once that is known', async ({ playground, page }) => {
  await playground.open(linkTo(1));
  await expect(playground.verdict).toContainText('What follows: the I/O goes well.');
  await expect(playground.headline).toHaveText('Accepted');
  await expect(card(page)).toHaveClass(/tone-ok/);
  await expect(playground.verdict).toContainText('checked against compiled kernel C');
});

test("a read of another file's bytes is amber, one of its own is green", async ({ playground, page }) => {
  await playground.open(linkTo(5));
  await expect(playground.headline).toHaveText("Read 4096 bytes, but the bytes are another file's");
  await expect(card(page)).toHaveClass(/tone-warn/);
  await expect(playground.verdict).toContainText('what step 5 wrote of file a');
  await page.keyboard.press('ArrowRight');
  await expect(playground.headline).toHaveText('Read 4096 bytes');
  await expect(card(page)).toHaveClass(/tone-ok/);
});

test('I/O in which a mapping is doubted is not green, and the call inside says the same', async ({
  playground,
  page,
}) => {
  await playground.open(linkTo(8));
  const words = 'old bytes of the device may show';
  await expect(playground.headline).toHaveText(`Wrote 100 bytes, but ${words}`);
  await expect(card(page)).toHaveClass(/tone-warn/);
  await expect(playground.verdict).toContainText('Known by reading the kernel’s source.');
  await expect(page.getByRole('region', { name: 'begin 1 of this step' })).toContainText(
    `Accepted, but ${words}`,
  );
  await page.keyboard.press('ArrowLeft');
  await page.keyboard.press('ArrowLeft');
  await page.keyboard.press('ArrowLeft');
  await page.keyboard.press('ArrowLeft');
  await expect(playground.headline).toHaveText('Wrote 4096 bytes');
  await expect(playground.verdict).toContainText('The mappings that it got: no harm found in them.');
  await expect(card(page)).toHaveClass(/tone-ok/);
});

test('the timeline has a mark and words beside the colour', async ({ playground }) => {
  await playground.open(linkTo(1));
  const words = [
    '1 backing_open id 1',
    '2 iomap_begin accepted',
    '3 iomap_begin accepted !but the read fails',
    '4 iomap_begin accepted !but sector 2048 is past the end of vda',
    '5 pwrite 4096',
    "6 pread 4096 !but the bytes are another file's",
    '7 pread 4096',
    '8 iomap_begin accepted !but old bytes of the device may show',
    '9 pwrite 100 !but old bytes of the device may show',
  ];
  for (const [step, text] of words.entries()) {
    const option = timelineStep(playground, step);
    const squeezed = async () => ((await option.textContent()) ?? '').replace(/\s+/g, ' ').trim();
    await expect.poll(squeezed).toBe(text);
    await expect(option.locator('.verdict')).toHaveClass(text.includes('!') ? /warn/ : /ok/);
  }
});

const MOVES: [width: number, step: number, headline: string][] = [
  [1440, 3, 'Accepted, but sector 2048 is past the end of vda'],
  [1024, 3, 'Accepted, but sector 2048 is past the end of vda'],
  [768, 3, 'Accepted, but sector 2048 is past the end of vda'],
  [390, 3, 'Accepted, but sector 2048 is past the end of vda'],
  [320, 3, 'Accepted, but sector 2048 is past the end of vda'],
  [1440, 7, 'Accepted, but old bytes of the device may show'],
  [390, 7, 'Accepted, but old bytes of the device may show'],
];
for (const [width, step, headline] of MOVES) {
  test(`until it is known the card is neither green nor amber, and nothing moves: step ${step + 1} at ${width} px`, async ({
    playground,
    page,
  }) => {
    await page.setViewportSize({ width, height: 900 });
    // What the engine says of it is held back.
    let release = (): void => {};
    const held = new Promise<void>((resolve) => (release = resolve));
    await page.route(/\/look-[^/]*\.js$/, async (route) => {
      await held;
      await route.continue();
    });
    await playground.open(linkTo(step));
    await expect(playground.headline).toHaveText('Accepted');
    await expect(card(page)).toHaveClass(/tone-asking/);
    await expect(playground.verdict).toContainText('What follows: asking…');
    await expect(timelineStep(playground, step).locator('.verdict')).toHaveClass(/none/);
    await expect(page.getByRole('group', { name: 'Path of checks' })).toBeVisible();
    await expect(page.getByTestId('nearest')).toHaveAttribute('data-ready', 'true');
    const places = () =>
      Promise.all(
        [card(page), page.getByRole('group', { name: 'Path of checks' })].map((one) => one.boundingBox()),
      );
    const before = await places();
    release();
    await expect(playground.headline).toHaveText(headline);
    expect(await places()).toEqual(before);
  });
}

test('axe finds nothing on the amber card, light or dark, wide or narrow', async ({ playground, page }) => {
  await playground.open(linkTo(2));
  for (const width of [1440, 390]) {
    await page.setViewportSize({ width, height: 900 });
    await expect(playground.headline).toHaveText('Accepted, but the read fails');
    expect(await faultsOfThemes(page)).toEqual([]);
  }
});
