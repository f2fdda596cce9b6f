// SPDX-License-Identifier: MIT
import { ordinal } from '#engine/kernel/ordinal.ts';
import { told } from '#engine/kernel/unknown.ts';
import type { OpenedLink } from '#engine/link/open.ts';
import { LAST_RUN } from '#engine/view/chosen.ts';
import { recorded } from './address.ts';
import type { App } from './app.svelte.ts';
import { sameReturn } from './same-return.ts';

/** The link that the document came from, until the document is edited; or why it did not come from one. */
export class OpenedLinkStore {
  readonly #app: App;
  #opened = $state.raw<OpenedLink | null>(null);
  #broken = $state.raw<string | null>(null);

  constructor(app: App) {
    this.#app = app;
  }

  /** Why the link that this visit began with is not shown, until the reader goes on without it. */
  get broken(): string | null {
    return this.#broken;
  }

  /**
   * What the link said its verdict was, if it was different from today's; null otherwise. An edited core says nothing about
   * what the revision answers today.
   */
  get difference(): string | null {
    const { edited, summary, scenario, status } = this.#app.run;
    const verdict = edited === null ? this.#opened?.verdict : null;
    if (!verdict || !this.#opened || status !== 'ready' || scenario !== this.#app.document.parsed.scenario)
      return null;
    const line = summary?.at({ step: this.#opened.step, repeat: LAST_RUN });
    if (!line) return null;
    const today = recorded(line, this.#app);
    const step = scenario?.steps[line.step]?.do;
    if (sameReturn(verdict.ret, today.ret, step) && today.check === verdict.check) return null;
    const words = (one: { ret: string; check: string | null }) =>
      one.check ? `${one.ret} by ${told('check', one.check)}` : one.ret;
    return (
      `When the link was made (${verdict.revision}), step ${ordinal(line.step)} gave ${words(verdict)}; ` +
      `today (${today.revision}) it gives ${words(today)}.`
    );
  }

  /** The link can't be used: there is no verdict until the reader goes on without it. */
  fail(why: string): void {
    this.#broken = why;
  }

  /** What is shown is no longer what a link brought, nor in the place of one. */
  forget(): void {
    this.#opened = null;
    this.#broken = null;
  }

  /** What a link carries beside its scenario: the verdict of then, the view, and what a tool makes of the rest. */
  takeUp(opened: OpenedLink): void {
    this.#opened = opened;
    this.#app.selection.showTab(opened.view === 'document' ? 'document' : 'form');
    if (opened.recordTrouble !== null)
      this.#app.notices.show(opened.recordTrouble, { kind: 'warning', about: 'recorded verdict' });
    for (const tool of this.#app.tools.all) tool.linkOpened?.(this.#app, opened);
  }
}
