// SPDX-License-Identifier: MIT
// What a stranger's link, file or text may write on the page.
import type { Page } from '@playwright/test';
import type { JsonValue } from '#engine/link/types.ts';
import { encodeLink } from '#engine/link/codec.ts';
import { expect, test } from './playground.ts';

const BAD = 'Harm\u202eless\u2066 \u200f\u009bm\u0007';
const SHOWN = 'Harm\\u{202e}less\\u{2066} \\u{200f}\\u{9b}m\\u{7}';
const steps: JsonValue[] = [{ do: 'backing_open' }, { do: 'backing_close', id: 7n }];
const linkOf = (title: string, verdict: { ret: string; check: string | null; revision: string } | null) =>
  encodeLink({
    scenario: { format: 1n, title, steps },
    step: 1,
    verdict: verdict && { which: null, ...verdict },
    view: '',
  });

/** Every text and attribute of the page with a control character in it, and the title and what fields hold. */
const harmed = (page: Page) =>
  page.evaluate(() => {
    // eslint-disable-next-line no-control-regex
    const harmful = /[\0-\x08\x0e-\x1f\x7f-\x9f\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]/u;
    const found = harmful.test(document.title) ? ['title'] : [];
    for (const element of document.querySelectorAll('*')) {
      if (element.closest('textarea, script, style')) continue;
      for (const { name, value } of element.attributes)
        if (harmful.test(value)) found.push(`${name}=${value}`);
      for (const child of element.childNodes)
        if (child.nodeType === Node.TEXT_NODE && harmful.test(child.nodeValue!)) found.push(child.nodeValue!);
      if (element instanceof HTMLInputElement && harmful.test(element.value)) found.push(element.value);
    }
    return found;
  });

test('a title with controls in it turns no line of the page around', async ({ playground, page }) => {
  await playground.open(linkOf(BAD, null));
  await expect(playground.title).toHaveValue(SHOWN);
  await expect(page).toHaveTitle(`${SHOWN} · iomap·playground`);
  expect(await harmed(page)).toEqual([]);

  await playground.drop(`no\u202eson.json`, '{');
  await expect(playground.notices).toContainText('no\\u{202e}son.json can');
  expect(await harmed(page)).toEqual([]);

  await playground.drop(`a\u202eb.json`, JSON.stringify({ format: 1, title: `2 ${BAD}`, steps: [] }));
  await expect(playground.title).toHaveValue(`2 ${SHOWN}`);
  await page.getByRole('button', { name: 'File', exact: true }).click();
  await expect(page.getByRole('menuitem', { name: /^Undo open a\\u\{202e\}b\.json/ })).toBeVisible();
  expect(await harmed(page)).toEqual([]);
  await page.keyboard.press('Escape');

  const dialog = await playground.compare('Many scenarios');
  await dialog.getByText('Other scenarios').click();
  await dialog.getByLabel(/^Links, text cards/).fill(linkOf(BAD, null));
  await dialog.getByRole('button', { name: 'Compare these' }).click();
  await expect(dialog.getByRole('rowheader')).toContainText(SHOWN);
  expect(await harmed(page)).toEqual([]);
  await page.keyboard.press('Escape');

  await playground.file(/^Paste/);
  await page
    .getByRole('textbox', { name: 'Pasted text' })
    .fill(linkOf(BAD, { ret: BAD, check: null, revision: 'v6-04' }));
  await expect(page.getByRole('dialog')).toContainText(
    `The scenario “${SHOWN}” of 2 steps, shown at step 2.`,
  );
  await expect(page.getByRole('dialog')).toContainText('is not compared with today');
  expect(await harmed(page)).toEqual([]);
});

test('the kept work is listed by a title that is clean', async ({ playground, page }) => {
  await playground.open();
  await playground.title.fill(BAD);
  await playground.file(/^New/);
  await playground.file(/Earlier work|earlier work/);
  await expect(page.getByRole('dialog')).toContainText('Harm\\u{202e}less');
  expect(await harmed(page)).toEqual([]);
});

test('what a link recorded is compared only if it can be', async ({ playground }) => {
  await playground.open(linkOf('a', { ret: '-ENOENT', check: 'close-badid', revision: 'v6-04' }));
  await expect(playground.notices).not.toContainText('recorded');
  await playground.open();
  await playground.page.goto('about:blank');
  await playground.open(linkOf('b', { ret: '0', check: null, revision: 'v6-04' }));
  await expect(playground.verdict).toContainText('When the link was made (v6-04), step 2 gave 0;');
  await playground.page.goto('about:blank');
  await playground.open(linkOf('c', { ret: '0', check: null, revision: 'v99' }));
  await expect(playground.notices).toContainText(
    "The verdict that the link recorded is not compared with today's: it is of a revision “v99”, which this playground does not know.",
  );
  await expect(playground.verdict).not.toContainText('When the link was made');
});

const manySteps = encodeLink({
  scenario: { format: 1n, steps: Array.from({ length: 60_000 }, () => ({ toString: 1n })) },
  step: 0,
  verdict: null,
  view: '',
});
const notes = (text: string) =>
  encodeLink({
    scenario: { format: 1n, notes: text, steps: [{ do: 'backing_open' }, { do: 'backing_close', id: 1n }] },
    step: 1,
    verdict: null,
    view: '',
  });

/** Short links whose contents once kept the page busy for seconds or minutes. */
const LINKS: Record<string, [link: string, told: RegExp]> = {
  'steps with a name that objects have': [manySteps, /toString/],
  'quotes within each other': [notes('>'.repeat(2_000)), />{2000}/],
  'emphasis that does not end': [notes('*a_'.repeat(6_666)), /(\*a_){6666}/],
};

for (const [name, [link, told]] of Object.entries(LINKS))
  test(`a link with ${name} is shown, and a key is answered`, async ({ playground, page }) => {
    await page.goto(`./${link}`);
    await expect(page.locator('main')).toContainText(told);
    const number = 'numbers: ';
    const button = page.getByRole('button', { name: number });
    const before = await button.textContent();
    await page.locator('body').press('n');
    await expect(button).not.toHaveText(before!);
    await expect(playground.title).toBeVisible();
  });
