// SPDX-License-Identifier: MIT
/**
 * The verdicts of iomap_begin and iomap_end alone: nearly every visit shows these first, so they load first. The words
 * of the backing table come after (explain-call.ts).
 */
import { FIRST_REVISIONS } from '../kernel/features.ts';
import type { CheckId } from '../kernel/checks.ts';
import { isUnknown, type Unknown } from '../kernel/unknown.ts';
import type { Execution } from '../run/types.ts';
import type { Scenario } from '../scenario/schema.ts';
import type { CheckWords, Said } from './entry.ts';
import { explainEnd } from './explain-end.ts';
import { explainMapping } from './explain-mapping.ts';
import { explainOutcome, type Explanation, type Words } from './verdict-words.ts';
import { MAPPING_WORDS } from './mapping-words.ts';
import { REPLY_WORDS } from './reply-words.ts';
import { unknownCheck, withFacts } from './words-of.ts';

/** The result of an iomap_begin or an iomap_end that succeeded. */
export const BEGIN_OK = {
  iomap_begin: (execution: Execution): Words => ({
    headline: 'Accepted',
    sentence: explainMapping(execution),
  }),
  iomap_end: (execution: Execution): Words => explainEnd(execution),
};

const SAID: Partial<Record<CheckId, Said>> = { ...MAPPING_WORDS, ...REPLY_WORDS };

/** A verdict of iomap_begin or iomap_end in words; null for one that needs more than is here. */
export function explainBegin(execution: Execution, scenario: Scenario): Explanation | null {
  const { do: step, decided } = execution;
  if (step !== 'iomap_begin' && step !== 'iomap_end') return null;
  if (!FIRST_REVISIONS.includes(scenario.kernel.revision)) return null;
  const words = decided === null ? null : beginWords(decided.check);
  if (decided !== null && words === null) return null;
  return explainOutcome(execution, scenario, {
    wordsOf: () => words!,
    ok: () => BEGIN_OK[step](execution),
  });
}

function beginWords(check: CheckId | Unknown): CheckWords | null {
  if (isUnknown(check)) return unknownCheck(check);
  const said = SAID[check];
  return said === undefined ? null : withFacts(check, said);
}
