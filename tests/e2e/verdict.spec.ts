// SPDX-License-Identifier: MIT
import { expect, test } from './playground.ts';

test('the first visit shows an accepted reply', async ({ playground }) => {
  await playground.open();
  await expect(playground.headline).toHaveText('Accepted');
  await expect(playground.chosen).toContainText('2 iomap_begin');
});

test('editing a field flips the verdict, says what changed, and marks the field', async ({
  playground,
  page,
}) => {
  await playground.open();
  await playground.field('read offset').fill('8192');
  await expect(playground.headline).toHaveText('Refused');
  await expect(playground.verdict).toContainText('-EFSCORRUPTED');
  await expect(playground.verdict).toContainText('Before this edit: accepted.');
  await expect(playground.field('read offset')).toHaveAttribute('aria-invalid', 'true');
  await expect(playground.field('read offset')).toHaveAccessibleDescription(
    /read-after-pos.*read\.offset 8192 > pos 4096/,
  );
  await expect(page.getByTestId('announcement')).toContainText('Step 2: Refused');
  await expect(playground.chosen).toContainText('-EFSCORRUPTED');
});

test('a value that does not fit is refused in place, and the verdict stays', async ({ playground }) => {
  await playground.open();
  const field = playground.field('read length');
  await field.fill('4KB');
  await expect(field).toHaveAccessibleDescription(/integer/i);
  await expect(field).toHaveAttribute('aria-invalid', 'true');
  await expect(playground.headline).toHaveText('Accepted');
  await field.press('Escape');
  await expect(field).toHaveValue('8192');
});

test('numbers can be spelled in hex, with a suffix and by name, and stay as they are spelled', async ({
  playground,
}) => {
  await playground.open();
  for (const spelling of ['0x2000', '8K', '8192']) {
    await playground.field('read length').fill(spelling);
    await expect(playground.field('read length')).toHaveValue(spelling);
    await expect(playground.headline).toHaveText('Accepted');
  }
  await playground.field('read addr').fill('NULL_ADDR');
  await expect(playground.verdict).toContainText('addr-missing');
});

test('the arrow keys go to the next block, with Shift to the next byte', async ({ playground }) => {
  await playground.open();
  const field = playground.field('read length');
  await field.press('ArrowUp');
  await expect(field).toHaveValue('12288');
  await field.press('Shift+ArrowDown');
  await expect(field).toHaveValue('12287');
  await expect(playground.verdict).toContainText('length-unaligned');
});

test('interesting values are one key away', async ({ playground, page }) => {
  await playground.open();
  await playground.field('read addr').press('Alt+ArrowDown');
  await expect(page.getByRole('listbox', { name: 'Values for read addr' })).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(playground.field('read addr')).toHaveValue('NULL_ADDR');
  await expect(playground.field('read addr')).toBeFocused();
});

test('a click in a field shows its values, and typing goes on in the field', async ({ playground, page }) => {
  await playground.open();
  const field = playground.field('read addr');
  const list = page.getByRole('listbox', { name: 'Values for read addr' });
  await field.click();
  await expect(list).toBeVisible();
  await expect(field).toBeFocused();
  await field.pressSequentially('0');
  await expect(list).toBeHidden();
  await field.click();
  await list.getByRole('option', { name: 'NULL_ADDR' }).click();
  await expect(field).toHaveValue('NULL_ADDR');
  await expect(list).toBeHidden();
  await field.click();
  await page.keyboard.press('Escape');
  await expect(list).toBeHidden();
  await field.click();
  await expect(list).toBeVisible();
  await page.keyboard.press('Tab');
  await expect(list).toBeHidden();
});

test('the button of a list closes it again', async ({ playground, page }) => {
  await playground.open();
  const button = page.getByRole('button', { name: 'Values for read addr' });
  const list = page.getByRole('listbox', { name: 'Values for read addr' });
  await button.click();
  await expect(list).toBeFocused();
  await button.click();
  await expect(list).toBeHidden();
  await expect(playground.field('read addr')).toBeFocused();
});

test('a number may be a product, and what is not read is told', async ({ playground }) => {
  await playground.open();
  await playground.field('read addr').fill('2049*512');
  await expect(playground.field('read addr')).toHaveValue('2049*512');
  await expect(playground.verdict).toContainText('sector 2049');
  await playground.field('read addr').fill('2048+1');
  await expect(playground.field('read addr')).toHaveAttribute('aria-invalid', 'true');
  await expect(
    playground.page.getByText(/Products are read, .* Nothing else is computed\./).first(),
  ).toBeVisible();
});

test('flags are switched on and off by name', async ({ playground, page }) => {
  await playground.open();
  await playground.field('read flags').press('Alt+ArrowDown');
  await page.getByRole('option', { name: 'SHARED' }).click();
  await page.keyboard.press('Escape');
  await expect(playground.field('read flags')).toHaveValue('SHARED');
  await playground.field('read flags').fill('SIZE_CHANGED');
  await expect(playground.verdict).toContainText('flags-unknown');
});

test('the write mapping is left out, zeroed or given', async ({ playground, page }) => {
  await playground.open();
  const write = page.getByRole('combobox', { name: 'The write mapping is' });
  await expect(write).toHaveValue('left out');
  await write.selectOption('zeroed');
  await expect(playground.verdict).toContainText('length-zero');
  await write.selectOption('given');
  await expect(playground.field('write length')).toHaveValue('0');
  await write.selectOption('left out');
  await expect(playground.headline).toHaveText('Accepted');
});

test('the reply is mappings, an error or raw bytes', async ({ playground, page }) => {
  await playground.open();
  await page.getByRole('button', { name: 'Error', exact: true }).click();
  await expect(playground.verdict).toContainText('-ENOSPC');
  await page.getByRole('button', { name: 'Mappings' }).click();
  await expect(playground.headline).toHaveText('Accepted');
  await page.getByRole('button', { name: 'Raw bytes' }).click();
  await expect(playground.headline).toHaveText('Accepted');
  await playground.field('reply bytes in hex').fill('00');
  await expect(playground.headline).not.toHaveText('Accepted');
});

test('an expectation is recorded, held against later edits, and removed', async ({ playground, page }) => {
  await playground.open();
  const expectation = page.getByRole('region', { name: 'Expectation' });
  await expectation.getByRole('button', { name: 'Expect what happened' }).click();
  await expect(expectation).toContainText('✓ met');
  await playground.field('read dev').fill('7');
  await expect(expectation).toContainText('ret: expected 0, got -EFSCORRUPTED');
  await expect(playground.chosen).toContainText('expectation not met');
  await expectation.getByRole('button', { name: 'Expect nothing' }).click();
  await expect(expectation).toContainText('nothing yet');
});

test('everything else of the scenario is edited in place', async ({ playground, page }) => {
  await playground.open();
  await page.getByText('The scenario: connection').click();
  await page.getByRole('combobox', { name: 'iomap', exact: true }).selectOption('not negotiated');
  await expect(playground.verdict).toContainText('dev-not-found');
  await playground.undo();
  await expect(playground.headline).toHaveText('Accepted');
  await playground.field('a block size').fill('16K');
  await expect(playground.verdict).toContainText('offset-unaligned');
  await playground.undo();
  await page.getByRole('button', { name: '+ device' }).click();
  await expect(playground.field('vdb size')).toBeVisible();
});

test('a check opens its entry in the catalogue, with the mail that brought it', async ({
  playground,
  page,
}) => {
  await playground.open();
  await playground.field('read length').fill('0');
  await playground.verdict.getByRole('link', { name: 'length-zero' }).click();
  const panel = page.getByRole('dialog', { name: 'length-zero' });
  const mail = panel.getByRole('link', { name: /^\[PATCH/ });
  await expect(mail).toHaveAttribute('href', /^https:\/\/lore\.kernel\.org\//);
  expect(new URL(page.url()).hash).toBe('#/check/length-zero');
  await page.keyboard.press('Escape');
  await expect(panel).toBeHidden();
  expect(new URL(page.url()).hash).not.toContain('check');
});

test('another revision answers when it is chosen', async ({ playground, page }) => {
  await playground.open();
  const revision = page.getByRole('combobox', { name: 'Revision of the patch series that answers' });
  await revision.selectOption('v6-03');
  await expect(playground.verdict).toContainText('dev-unsupported');
  await expect(playground.verdict).toContainText('Before this edit: accepted.');
  await playground.undo();
  await expect(revision).toHaveValue('v6-04');
  await expect(playground.headline).toHaveText('Accepted');
});

test('numbers are read in decimal, hex and blocks', async ({ playground, page }) => {
  await playground.open();
  const kernel = page.getByRole('region', { name: 'The kernel' });
  const notation = kernel.getByRole('button', { name: /^numbers:/ });
  const cycle = async (to: string) => {
    for (let i = 0; i < 5 && (await notation.innerText()) !== `numbers: ${to}`; i++) {
      await page.locator('body').press('n');
    }
    await expect(notation).toHaveText(`numbers: ${to}`);
  };
  await cycle('hex');
  await expect(kernel.getByText('0x100000').first()).toBeVisible();
  await expect(playground.field('read addr')).toHaveAccessibleDescription('0x100000');
  await cycle('blocks');
  await expect(kernel.getByText('sector 2048').last()).toBeVisible();
  await cycle('decimal');
  await expect(playground.field('read addr')).toHaveAccessibleDescription('sector 2048');
});
