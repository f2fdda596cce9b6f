// SPDX-License-Identifier: MIT
import type { Revision } from '#engine/kernel/features.ts';
import type { JsonValue } from '#engine/scenario/path.ts';
import type { CaseAnswer } from '#engine/view/case-answer.ts';

/** Documents whose last steps are asked of the cores of their revisions. */
export interface CasesQuestion {
  cases: readonly { revision: Revision; document: JsonValue }[];
}

/** One answer for each document, in their order; a string says in words why there is none. */
export type CasesAnswer = { seq: number; answers: (CaseAnswer | string)[] };
