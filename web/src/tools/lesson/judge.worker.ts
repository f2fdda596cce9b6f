// SPDX-License-Identifier: MIT
/** Judges answers to steps of lessons, beside the engine that shows what comes of them. */
import type { Revision } from '#engine/kernel/features.ts';
import { judge, revisionsOf } from '#engine/lessons/judge.ts';
import { parseDocument } from '#engine/scenario/parse.ts';
import { tellAlive } from '../../workers/alive.ts';
import { loadCore, onceEach } from '../../workers/cores.ts';
import type { JudgeAnswer, JudgeQuestion } from './judge-protocol.ts';

tellAlive();

const moduleOf = onceEach(loadCore);
const say = (answer: JudgeAnswer) => postMessage(answer);

onmessage = async ({ data }: MessageEvent<JudgeQuestion & { seq: number }>) => {
  const { seq, step, revision, start, text, edited = null } = data;
  try {
    // The reader may have chosen one different from the lesson's.
    const own = parseDocument(text).scenario?.kernel.revision ?? revision;
    const cores = new Map<Revision, WebAssembly.Module>();
    for (const one of new Set([...revisionsOf(step, revision), own])) cores.set(one, await moduleOf(one));
    say({ kind: 'judged', seq, judgement: judge(step, start, text, (one) => cores.get(one)!, edited) });
  } catch (error) {
    say({ kind: 'failed', seq, message: error instanceof Error ? error.message : String(error) });
  }
};
