// SPDX-License-Identifier: MIT
import type { Locator } from '@playwright/test';
import { faultsOfThemes } from './faults.ts';
import { expect, test, type Playground } from './playground.ts';

const fieldsOf = (dialog: Locator, reply: 'A' | 'B') =>
  dialog.getByRole('group', { name: `Fields of reply ${reply}` });
const sourceOf = (dialog: Locator, side: 'Left' | 'Right') =>
  dialog.getByRole('combobox', { name: `${side} scenario` });
const sameRevision = (dialog: Locator) =>
  dialog.getByRole('combobox', { name: 'Right revision' }).selectOption('v6-04');

/** Two opens where the page's own example has one, and an answer that is refused. */
const OTHER = JSON.stringify({
  format: 1,
  title: 'Two devices',
  devices: { vda: {}, vdb: {} },
  steps: [
    { do: 'backing_open' },
    { do: 'backing_open', fd: 4 },
    { do: 'iomap_begin', pos: 4096, reply: { read: { type: 'MAPPED', offset: 8192, length: 4096, dev: 1 } } },
  ],
});

test('an example stands beside the scenario, and is opened as one change', async ({ playground }) => {
  await playground.open();
  const dialog = await playground.compare();
  await sameRevision(dialog);
  await sourceOf(dialog, 'Right').selectOption({ label: 'Reading a hole' });
  await expect(
    dialog.getByText(/^This scenario and “Reading a hole” differ in \d of \d steps\.$/),
  ).toBeVisible();
  const right = dialog.getByRole('region', { name: '“Reading a hole”' });
  await expect(right).toContainText('Accepted');
  await expect(dialog.getByRole('region', { name: 'this scenario' })).not.toContainText('Open left');
  await right.getByRole('button', { name: 'Open right as the scenario' }).click();
  await expect(dialog).toBeHidden();
  await expect(playground.title).toHaveValue('Reading a hole');
  await playground.undo();
  await expect(playground.title).toHaveValue('Your first reply');
});

test('a pasted document, card and link each become a side; what is none is told', async ({ playground }) => {
  await playground.open();
  const link = await playground.share();
  const dialog = await playground.compare();
  await sameRevision(dialog);
  const paste = async (text: string) => {
    await sourceOf(dialog, 'Right').selectOption({ label: 'Paste, or choose a file…' });
    const box = dialog.getByRole('textbox', { name: /^Right: a link/ });
    await expect(box).toBeFocused();
    await box.fill(text);
    await dialog.getByRole('button', { name: 'Use this' }).click();
  };
  await paste('nothing of the kind');
  await expect(dialog.getByRole('alert')).toContainText('no link, no text card and no scenario');
  await dialog.getByRole('button', { name: 'Cancel' }).click();
  await expect(dialog.getByText('v6-04 and v6-04 do the same in every step.')).toBeVisible();
  await paste(OTHER);
  await expect(dialog.getByText(/^This scenario and “Two devices” differ/)).toBeVisible();
  await expect(sourceOf(dialog, 'Right').locator('option:checked')).toHaveText('Two devices');
  await paste(`see ${link} there`);
  await expect(
    dialog.getByText('This scenario and “Your first reply” do the same in every step.'),
  ).toBeVisible();
});

test('steps that only one side has stand alone; later ones stand beside their counterparts', async ({
  playground,
}) => {
  await playground.open();
  const dialog = await playground.compare();
  await sameRevision(dialog);
  await sourceOf(dialog, 'Right').selectOption({ label: 'Paste, or choose a file…' });
  await dialog.getByRole('textbox', { name: /^Right: a link/ }).fill(OTHER);
  await dialog.getByRole('button', { name: 'Use this' }).click();
  const steps = dialog.getByRole('toolbar', { name: 'Steps of both sides' });
  await expect(steps.getByRole('button')).toHaveText([
    /1 backing_open/,
    /– \| 2 backing_open ≠ only right/,
    /2 \| 3 iomap_begin ≠ differs/,
    /3 \| – backing_close ≠ only left/,
  ]);
  await steps.getByRole('button', { name: /only right/ }).click();
  await expect(dialog.getByRole('region', { name: 'this scenario' })).toContainText('no such step');
  await steps.getByRole('button', { name: /iomap_begin/ }).click();
  await expect(dialog.getByRole('table', { name: 'The reply' })).toContainText('read.offset');
  await expect(dialog.getByRole('table', { name: 'Backing table afterwards' })).toContainText('id 2');
});

test('a dropped file is the right side, and the page keeps its scenario', async ({ playground, page }) => {
  await playground.open();
  const dialog = await playground.compare();
  await sameRevision(dialog);
  await dialog.getByRole('group', { name: 'Both sides' }).evaluate((element, text) => {
    const dataTransfer = new DataTransfer();
    dataTransfer.items.add(new File([text], 'from-a-mail.json', { type: 'application/json' }));
    element.dispatchEvent(new DragEvent('drop', { dataTransfer, bubbles: true, cancelable: true }));
  }, OTHER);
  await expect(dialog.getByText(/^This scenario and “from-a-mail” differ/)).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(playground.title).toHaveValue('Your first reply');
});

test('what this tab had before an edit is a side', async ({ playground }) => {
  await playground.open();
  await playground.field('read length').fill('1000');
  await playground.field('read length').blur();
  await expect(playground.headline).toHaveText('Refused');
  const dialog = await playground.compare();
  await sameRevision(dialog);
  await sourceOf(dialog, 'Left').selectOption({ label: 'before: edit read length' });
  const left = dialog.getByRole('region', { name: '“before: edit read length”' });
  await expect(left).toContainText('Accepted');
  await expect(dialog.getByRole('region', { name: 'this scenario' })).toContainText('Refused');
});

async function twoReplies(playground: Playground): Promise<Locator> {
  await playground.open();
  const dialog = await playground.compare();
  await dialog.getByRole('button', { name: 'Two replies' }).click();
  await expect(dialog.getByText('Reply A and Reply B do the same in every step.')).toBeVisible();
  return dialog;
}

test('reply B is edited beside A, judged as it is typed, and taken as one change', async ({ playground }) => {
  const dialog = await twoReplies(playground);
  const field = fieldsOf(dialog, 'B').getByRole('textbox', { name: 'read offset' });
  await field.fill('8192');
  const [a, b] = ['A', 'B'].map((name) => dialog.getByRole('region', { name: `Reply ${name}`, exact: true }));
  await expect(b!).toContainText('Refused');
  await expect(a!).toContainText('Accepted');
  // The field at fault is marked as on the page.
  await expect(dialog.getByRole('button', { name: 'read-after-pos' })).toBeVisible();
  await field.press('Control+z');
  await expect(b!).toContainText('Accepted');
  await field.press('Control+Shift+z');
  await expect(b!).toContainText('Refused');
  await dialog.getByRole('button', { name: 'Take B as the reply' }).click();
  await expect(dialog).toBeHidden();
  await expect(playground.headline).toHaveText('Refused');
  await playground.undo();
  await expect(playground.headline).toHaveText('Accepted');
});

test('every field of reply A stands beside that of B, whatever is said under either', async ({
  playground,
  page,
}) => {
  const dialog = await twoReplies(playground);
  await fieldsOf(dialog, 'B').getByRole('textbox', { name: 'read offset' }).fill('8192');
  await expect(dialog.getByRole('button', { name: 'write-after-pos' })).toBeVisible();
  const tops = (reply: 'A' | 'B') =>
    fieldsOf(dialog, reply)
      .locator('[data-field]')
      .evaluateAll((rows) => rows.map((row) => Math.round(row.getBoundingClientRect().top)));
  expect(await tops('A')).toHaveLength(12);
  expect(await tops('A')).toEqual(await tops('B'));
  await expect(fieldsOf(dialog, 'A').getByRole('textbox', { name: 'read offset' })).toBeDisabled();
  // On a phone they stand one under the other.
  await page.setViewportSize({ width: 390, height: 844 });
  expect((await tops('B'))[0]).toBeGreaterThan((await tops('A'))[11]!);
});

test('a nearest reply with the other verdict is one click from being B', async ({ playground, page }) => {
  await playground.open();
  await expect(page.getByTestId('nearest')).toHaveAttribute('data-ready', 'true');
  const dialog = await playground.compare();
  await dialog.getByRole('button', { name: 'Two replies' }).click();
  const choice = dialog.getByRole('group', { name: 'Begin reply B with' });
  await choice
    .getByRole('button', { name: /refused by/ })
    .first()
    .click();
  const b = dialog.getByRole('region', { name: 'Reply B', exact: true });
  await expect(b).toContainText('Refused');
  await choice.getByRole('button', { name: 'A', exact: true }).click();
  await expect(b).toContainText('Accepted');
});

test('a pasted reply becomes B; what is none is told', async ({ playground }) => {
  const dialog = await twoReplies(playground);
  await dialog.getByRole('button', { name: 'Paste…' }).click();
  const box = dialog.getByRole('textbox', { name: /^A reply: / });
  const use = dialog.getByRole('button', { name: 'Use it as B' });
  await box.fill('neither');
  await use.click();
  await expect(dialog.getByRole('alert')).toContainText('This is not a reply');
  await box.fill('{ "read": { "type": "HOLE", "length": 8192, "addr": "NULL_ADDR" } }');
  await use.click();
  await expect(fieldsOf(dialog, 'B').getByRole('textbox', { name: 'read length' })).toHaveValue('8192');
  await dialog.getByRole('button', { name: 'Paste…' }).click();
  await box.fill('struct fuse_iomap_io read = { .offset = 4096, .length = 12288, .type = 2, .dev = 1 };');
  await use.click();
  await expect(fieldsOf(dialog, 'B').getByRole('textbox', { name: 'read length' })).toHaveValue('12288');
});

test('a reply is kept as A, and compared with the one that the page has later', async ({
  playground,
  page,
}) => {
  await playground.open();
  await page.keyboard.press('Control+k');
  await page.getByRole('combobox', { name: /command/i }).fill('Keep this reply');
  await page.keyboard.press('Enter');
  await expect(playground.notices).toContainText('kept as A');
  await playground.field('read length').fill('1000');
  await playground.field('read length').blur();
  await expect(playground.headline).toHaveText('Refused');
  await playground.notices.getByRole('button', { name: 'Compare now' }).click();
  const dialog = page.getByRole('dialog', { name: 'Compare' });
  await expect(dialog.getByText('Kept from step 2.')).toBeVisible();
  await expect(dialog.getByRole('region', { name: 'Reply A', exact: true })).toContainText('Accepted');
  await expect(dialog.getByRole('region', { name: 'Reply B', exact: true })).toContainText('Refused');
  await dialog.getByRole('button', { name: /^Let it go/ }).click();
  await expect(dialog.getByText('Reply A and Reply B do the same in every step.')).toBeVisible();
});

for (const width of [1440, 390]) {
  test(`axe finds nothing in two scenarios and two replies at ${width} px`, async ({ playground, page }) => {
    await page.setViewportSize({ width, height: 844 });
    await playground.open();
    const dialog = await playground.compare();
    const fits = async () => {
      expect(await faultsOfThemes(page, { within: '[role=dialog]' })).toEqual([]);
      expect(await dialog.evaluate((element) => element.scrollWidth > element.clientWidth)).toBe(false);
    };
    await sourceOf(dialog, 'Right').selectOption({ label: 'Reading a hole' });
    await expect(dialog.getByText(/^This scenario · v6-04 and “Reading a hole” · late differ/)).toBeVisible();
    await expect(dialog.locator('tr.differs').first()).toBeVisible();
    await sourceOf(dialog, 'Left').selectOption({ label: 'Paste, or choose a file…' });
    await fits();
    await dialog.getByRole('button', { name: 'Two replies' }).click();
    await fieldsOf(dialog, 'B').getByRole('textbox', { name: 'read offset' }).fill('8192');
    await expect(dialog.getByRole('region', { name: 'Reply B', exact: true })).toContainText('Refused');
    await dialog.getByRole('button', { name: 'Paste…' }).click();
    await fits();
  });
}

test('the reply that is only read offers nothing to press', async ({ playground }) => {
  const dialog = await twoReplies(playground);
  await expect(dialog.getByRole('button', { name: 'Values for read offset' })).toHaveCount(1);
  await expect(dialog.getByRole('button', { name: 'Map', exact: true })).toHaveCount(1);
});
