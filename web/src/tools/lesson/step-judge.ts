// SPDX-License-Identifier: MIT
import type { Revision } from '#engine/kernel/features.ts';
import { asksEdited } from '#engine/lessons/judge.ts';
import type { AnsweringCore } from '../../boot/answering-core.ts';
import { confinedWorker } from '../../workers/confined.ts';
import { judgeClient } from './judge-client.ts';
import judgeWorker from './judge.worker.ts?worker&url';
import type { JudgeAnswer, JudgeQuestion } from './judge-protocol.ts';

/** What judges the answers to steps: by the shipped cores, or with the edited one in a worker that may be sent it. */
export class StepJudge {
  readonly #plain;
  readonly #confined;

  /** @param hear and `broke` as those of judgeClient() */
  constructor(
    hear: (answer: JudgeAnswer, question: JudgeQuestion) => void,
    broke: (trouble: string) => void,
  ) {
    this.#plain = judgeClient<JudgeQuestion>(hear, broke);
    this.#confined = judgeClient<JudgeQuestion>(hear, broke, () => confinedWorker(judgeWorker, 'judge'));
  }

  /**
   * @param edited the edited core that answers on the page, if one does
   * @param revision that of the answer
   */
  ask(question: JudgeQuestion, edited: AnsweringCore | null, revision: Revision): void {
    if (!asksEdited(question.step)) return void this.#plain.ask(question);
    this.#confined.ask({ ...question, edited: edited?.revision === revision ? edited.module : null });
  }

  end(): void {
    this.#plain.end();
    this.#confined.end();
  }
}
