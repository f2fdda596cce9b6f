// SPDX-License-Identifier: MIT
import { test as base, expect, type Locator, type Page } from '@playwright/test';

/** The page, by what a reader sees and does. */
export class Playground {
  readonly page: Page;

  constructor(page: Page) {
    this.page = page;
  }

  /**
   * Opens the page, at a hash if one is given, and waits until it can be worked with.
   * @param introduction as on a first visit, with the introduction at the top
   */
  async open(hash = '', { introduction = false } = {}): Promise<void> {
    if (!introduction)
      await this.page.addInitScript(() => {
        const folder = location.pathname.replace(/[^/]*$/, '');
        // A sandboxed document has no storage.
        try {
          localStorage.setItem(`iomap-playground:${folder}:intro`, 'closed');
        } catch {
          // Nor has it an introduction.
        }
      });
    await this.page.goto(`./${hash}`);
    await expect(this.steps).toBeVisible();
    await this.settled();
  }

  /** What is shown answers the document. */
  async settled(): Promise<void> {
    const kernel = this.page.locator('main > .kernel');
    await expect(kernel.locator('h3').first()).toBeVisible();
    await expect(kernel).toHaveAttribute('aria-busy', 'false');
  }

  get verdict(): Locator {
    return this.page.getByRole('group', { name: 'Verdict' });
  }

  get headline(): Locator {
    return this.verdict.getByRole('heading');
  }

  get title(): Locator {
    return this.page.getByRole('textbox', { name: 'Title of the scenario' });
  }

  get steps(): Locator {
    return this.page.getByRole('listbox', { name: 'Steps' });
  }

  get chosen(): Locator {
    return this.steps.getByRole('option', { selected: true });
  }

  get trouble(): Locator {
    return this.page.locator('main > .kernel .trouble');
  }

  get notices(): Locator {
    return this.page.locator('.notices');
  }

  /** The sign of whether all that is shown is safe: Kept, Not kept, or neither. */
  get keptSign(): Locator {
    return this.page.getByTestId('kept');
  }

  /** Everything that is shown is safe from a crash. */
  async kept(): Promise<void> {
    await expect(this.keptSign).toHaveText('Kept');
  }

  /** A field of the form by its full name: `read offset`, `iomap_begin pos`. */
  field(name: string): Locator {
    return this.page.getByRole('textbox', { name, exact: true });
  }

  async tab(name: 'Form' | 'Document'): Promise<void> {
    await this.page.getByRole('tab', { name }).click();
  }

  /** An entry of the File menu. */
  async file(entry: string | RegExp): Promise<void> {
    await this.page.getByRole('button', { name: 'File', exact: true }).click();
    await this.page.getByRole('menuitem', { name: entry }).click();
  }

  async example(title: string): Promise<void> {
    await this.page.getByRole('button', { name: 'Examples' }).click();
    await this.page.getByRole('searchbox').fill(title);
    await this.page.getByRole('button', { name: title }).first().click();
    await expect(this.page.getByRole('dialog')).toBeHidden();
    await expect(this.title).toHaveValue(title);
  }

  /** Drops a file on the page, as from a file manager. */
  async drop(name: string, text: string): Promise<void> {
    await this.page.evaluate(
      ([fileName, content]) => {
        const dataTransfer = new DataTransfer();
        dataTransfer.items.add(new File([content!], fileName!, { type: 'application/json' }));
        document.body.dispatchEvent(new DragEvent('drop', { dataTransfer, bubbles: true, cancelable: true }));
      },
      [name, text],
    );
  }

  /** Opens the Compare dialog, at one of its views if one is named. */
  async compare(view?: 'Many scenarios' | 'Find a difference'): Promise<Locator> {
    const button = this.page.getByRole('button', { name: 'Compare', exact: true });
    if (await button.isVisible()) await button.click();
    else {
      // A narrow header has no room for it.
      await this.page.getByRole('button', { name: 'File' }).click();
      await this.page.getByRole('menuitem', { name: 'Compare' }).click();
    }
    const dialog = this.page.getByRole('dialog', { name: 'Compare' });
    await expect(dialog).toBeVisible();
    if (view) await dialog.getByRole('button', { name: view }).click();
    return dialog;
  }

  /** The link that the Share dialog offers. */
  async share(): Promise<string> {
    await this.page.getByRole('button', { name: 'Share' }).click();
    const link = await this.page.getByRole('textbox', { name: 'The link' }).inputValue();
    await this.page.keyboard.press('Escape');
    return link;
  }

  /** Undo by key, with the focus outside of any field. */
  async undo(): Promise<void> {
    await this.page.locator('body').press('Control+z');
  }
}

interface Fixtures {
  playground: Playground;
  /** What the browser's policy refused, and what was asked of anyone but the page's own origin. */
  trespasses: string[];
}

/** Every test also fails on a policy violation, a foreign request or an uncaught error. */
export const test = base.extend<Fixtures>({
  trespasses: [
    async ({ page, baseURL }, use) => {
      const found: string[] = [];
      const origin = new URL(baseURL!).origin;
      page.on('request', (request) => {
        const url = new URL(request.url());
        const own = url.origin === origin || url.protocol === 'data:' || url.protocol === 'blob:';
        if (!own) found.push(`request to ${url.origin}`);
      });
      page.on('pageerror', (error) => found.push(`uncaught: ${error.message}`));
      page.on('console', (message) => {
        if (/Content Security Policy/i.test(message.text())) found.push(message.text());
      });
      await use(found);
      expect(found).toEqual([]);
    },
    { auto: true },
  ],
  playground: async ({ page }, use) => use(new Playground(page)),
});

export { expect };
