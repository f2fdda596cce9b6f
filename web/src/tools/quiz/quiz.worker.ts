// SPDX-License-Identifier: MIT
/** Draws the questions of a run, beside the engine. */
import { DEFAULT_REVISION } from '#engine/kernel/features.ts';
import { quizOf } from '#engine/quiz/quiz.ts';
import { tellAlive } from '../../workers/alive.ts';
import { loadCore, onceEach } from '../../workers/cores.ts';
import type { DrawAnswer, DrawQuestion } from './protocol.ts';

tellAlive();

const moduleOf = onceEach(loadCore);
const say = (answer: DrawAnswer) => postMessage(answer);

onmessage = async ({ data: { seq, seed } }: MessageEvent<DrawQuestion & { seq: number }>) => {
  try {
    say({ kind: 'drawn', seq, questions: quizOf(await moduleOf(DEFAULT_REVISION), seed) });
  } catch (error) {
    say({ kind: 'failed', seq, message: error instanceof Error ? error.message : String(error) });
  }
};
