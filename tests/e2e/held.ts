// SPDX-License-Identifier: MIT
import { expect, type Page } from '@playwright/test';

interface Held {
  on: boolean;
  waiting: (() => void)[];
}

/**
 * Keeps questions from the page's workers, from `hold()` to `release()`. `asked()` resolves once one waits.
 *
 * @param wanted a question's kind, or those of the reader of texts
 */
export async function holdQuestions(page: Page, wanted: string | { reader: true }) {
  await page.addInitScript(
    (kind) => {
      const post = Worker.prototype.postMessage as (this: Worker, ...rest: unknown[]) => void;
      const held: Held = { on: false, waiting: [] };
      (window as unknown as { held: Held }).held = held;
      const isWanted = (question: { kind?: string; readFor?: string }) =>
        kind === null ? question.readFor !== undefined : question.kind === kind;
      Worker.prototype.postMessage = function (this: Worker, ...rest: unknown[]) {
        const send = () => post.apply(this, rest);
        if (held.on && isWanted(rest[0] as object)) held.waiting.push(send);
        else send();
      } as Worker['postMessage'];
    },
    typeof wanted === 'string' ? wanted : null,
  );
  const turn = (on: boolean) =>
    page.evaluate((value) => {
      const { held } = window as unknown as { held: Held };
      held.on = value;
      if (!value) for (const send of held.waiting.splice(0)) send();
    }, on);
  return {
    hold: () => turn(true),
    release: () => turn(false),
    asked: () =>
      expect
        .poll(() => page.evaluate(() => (window as unknown as { held: Held }).held.waiting.length))
        .toBeGreaterThan(0),
  };
}
