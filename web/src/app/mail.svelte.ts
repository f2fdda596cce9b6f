// SPDX-License-Identifier: MIT
import type { Patch } from '#engine/import/patch.ts';
import type { Form } from '../tools/share/forms.ts';

export type ShareTab = 'link' | 'card' | 'copy';

/**
 * Text that comes from mails and goes into them. It lives here only while it is looked at: nothing of it is
 * kept, and no link carries it.
 */
export class MailStore {
  #patch = $state.raw<Patch | null>(null);
  #pasted = '';
  /** Which part of the Share dialog is opened next, which form in it has the focus, whether an edited core goes along. */
  share: { tab: ShareTab; form: Form | null; edit?: boolean } = { tab: 'link', form: null };

  /** The patch that is shown in the place of the columns; null shows the columns. */
  get patch(): Patch | null {
    return this.#patch;
  }

  showPatch(patch: Patch | null): void {
    this.#patch = patch;
  }

  /** Hands a text over to the dialog that opens next. */
  offer(text: string): void {
    this.#pasted = text;
  }

  /** What was handed over; the second time ''. */
  take(): string {
    const text = this.#pasted;
    this.#pasted = '';
    return text;
  }
}
