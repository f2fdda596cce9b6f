// SPDX-License-Identifier: MIT
import { WorkerClient } from '../../workers/client.ts';
import type { JudgeAnswer, JudgeQuestion } from './judge-protocol.ts';

/** An answer that takes longer than this does not end by itself. */
const PATIENCE_MS = 8_000;

const plainJudge = () =>
  new Worker(new URL('./judge.worker.ts', import.meta.url), { type: 'module', name: 'judge' });

/**
 * Asks a worker how a document does as an answer to a goal; its cores load with the first question.
 * @param hear is given each answer with its question
 * @param broke is told why there is none, in words
 * @param create the worker: another one where an edited core is asked, which an embed never does
 */
export function judgeClient<Question extends JudgeQuestion>(
  hear: (answer: JudgeAnswer, question: Question) => void,
  broke: (trouble: string) => void,
  create: () => Worker = plainJudge,
): WorkerClient<Question, JudgeAnswer> {
  const client = new WorkerClient<Question, JudgeAnswer>({
    create,
    name: 'What judges the answer',
    again: 'The next change starts it again.',
    queue: true,
    message: ({ step, revision, start, text, edited }) => ({ step, revision, start, text, edited }),
    isLast: () => true,
    asked: () => client.watch(PATIENCE_MS, broke),
    hear,
    broke,
  });
  return client;
}
