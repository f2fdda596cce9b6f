// SPDX-License-Identifier: MIT
import type { Revision } from '#engine/kernel/features.ts';
import type { LessonStep } from '#engine/lessons/types.ts';
import type { JudgeAnswer, JudgeQuestion } from '../lesson/judge-protocol.ts';
import { judgeClient } from '../lesson/judge-client.ts';

/** What the core says of an exercise: it is in order, or why not. */
export type TrialResult = { fine: true } | { fine: false; why: string };

interface Asked {
  part: string;
  step: LessonStep;
  revision: Revision;
  start: string;
  /** The document that meets the goal. */
  solved: string;
}

interface Question extends JudgeQuestion {
  asked: Asked;
}

/** Judges an exercise that is being made: first its start, which must miss the goal, and then what is right. */
export class Trial {
  readonly #told: (part: string, result: TrialResult) => void;
  #asking = '';
  readonly #client = judgeClient<Question>(
    (answer, question) => this.#hear(answer, question),
    (trouble) => this.#tell({ fine: false, why: trouble }),
  );

  constructor(told: (part: string, result: TrialResult) => void) {
    this.#told = told;
  }

  ask(asked: Asked): void {
    if (asked.part === this.#asking) return;
    this.#asking = asked.part;
    this.#client.ask(questionOf(asked, asked.start));
  }

  end(): void {
    this.#asking = '';
    this.#client.end();
  }

  #hear(answer: JudgeAnswer, { asked, text }: Question): void {
    if (asked.part !== this.#asking) return;
    if (answer.kind === 'failed') return this.#tell({ fine: false, why: answer.message });
    const met = answer.judgement?.met ?? false;
    if (text === asked.start && met)
      return this.#tell({
        fine: false,
        why: 'What the solver finds meets the goal already. Let a field be found with another value, or ask for more.',
      });
    if (text === asked.start) return void this.#client.ask(questionOf(asked, asked.solved));
    this.#tell(
      met
        ? { fine: true }
        : {
            fine: false,
            why: 'The scenario as it is now does not meet the goal: is something in it refused?',
          },
    );
  }

  #tell(result: TrialResult): void {
    this.#told(this.#asking, result);
  }
}

const questionOf = (asked: Asked, text: string): Question => {
  const { step, revision, start } = asked;
  return { step, revision, start, text, asked };
};
