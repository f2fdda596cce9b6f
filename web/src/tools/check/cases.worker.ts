// SPDX-License-Identifier: MIT
/** Asks the cores for their verdicts of the smallest cases, beside the engine that answers the reader's scenario. */
import { caseAnswer, type CaseAnswer } from '#engine/view/case-answer.ts';
import { tellAlive } from '../../workers/alive.ts';
import { loadCore, onceEach } from '../../workers/cores.ts';
import type { CasesAnswer, CasesQuestion } from './cases-protocol.ts';

tellAlive();

const moduleOf = onceEach(loadCore);

async function answer({ revision, document }: CasesQuestion['cases'][number]): Promise<CaseAnswer | string> {
  try {
    return caseAnswer(await moduleOf(revision), document);
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

onmessage = async ({ data }: MessageEvent<CasesQuestion & { seq: number }>) => {
  const answers = await Promise.all(data.cases.map(answer));
  postMessage({ seq: data.seq, answers } satisfies CasesAnswer);
};
