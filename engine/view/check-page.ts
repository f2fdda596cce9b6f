// SPDX-License-Identifier: MIT
/** What the page of a check and the list of all checks show: read from the tables, so that nothing is said twice. */
import { CATALOGUE } from '../checks/catalogue.ts';
import { checksOf } from '../checks/of-revision.ts';
import { CHECK_FACTS, type KernelFunction } from '../kernel/check-facts.ts';
import { LOGGED_CONDITION } from '../kernel/check-conditions.ts';
import { CHECK_PLACES, type Blame } from '../kernel/check-places.ts';
import { COMPARED_WITH } from '../kernel/check-verdicts.ts';
import { CHECKS, type CheckId } from '../kernel/checks.ts';
import type { Compared } from '../kernel/compared.ts';
import { DEFAULT_REVISION, REVISIONS, type Revision } from '../kernel/features.ts';
import { wordOfMember } from '../words/of-member.ts';
import { wordOfOperand } from '../words/of-operand.ts';
import { ALL_WORDS } from '../words/glossary.ts';
import type { WordId } from '../words/ids.ts';
import { checksOf as checksOfWord } from '../words/uses.ts';
import { refusedCase, type CheckCase } from './check-case.ts';

/** An operand of a check, and the word for it. */
export interface Operand {
  name: string;
  word: WordId | undefined;
}

/** A check on one revision. */
export interface OnRevision {
  revision: Revision;
  isMade: boolean;
  /** The check that the same function makes right before it; null if it is the function's first. */
  after: CheckId | null;
  /** With what its verdicts there were compared. */
  compared: Compared;
  refused: CheckCase;
}

export const operandsOf = (check: CheckId): Operand[] =>
  CHECK_FACTS[check].operands.map((name) => ({ name, word: wordOfOperand(check, name) }));

/** The condition as the kernel would log it; null if it logs none. */
export const conditionOf = (check: CheckId): string | null => LOGGED_CONDITION[check];

/** What the check blames, in words: `length of the read mapping`; null if nothing in particular. */
export function blamesOf(check: CheckId): string | null {
  const blame: Blame = CHECK_PLACES[check].blames;
  if (blame === null) return null;
  if (blame.in === 'reply') return blame.header ? `${blame.header} of the header` : 'the reply as a whole';
  const fields = blame.fields.join(' or ');
  if (blame.in === 'step') return `${fields} of the step`;
  return `${fields} of ${blame.slot === null ? 'either mapping' : `the ${blame.slot} mapping`}`;
}

/** The revision that the smallest cases of a check are for: the default one, or the first that makes the check. */
export const revisionOfCases = (check: CheckId): Revision =>
  CATALOGUE[check].revisions?.[0] ?? DEFAULT_REVISION;

/** The check on each revision, in the order of their dates. */
export function onRevisions(check: CheckId): OnRevision[] {
  const { fn } = CHECK_FACTS[check];
  return REVISIONS.map((revision) => {
    const own = checksOf(revision).filter((one) => CHECK_FACTS[one].fn === fn);
    const at = own.indexOf(check);
    return {
      revision,
      isMade: at >= 0,
      after: own[at - 1] ?? null,
      compared: COMPARED_WITH[check][revision],
      refused: refusedCase(check, revision),
    };
  });
}

/** Every check there is, by the function that makes it: functions and checks in the kernel's order. */
export function checksByFunction(): { fn: KernelFunction; file: string; checks: CheckId[] }[] {
  const found: { fn: KernelFunction; file: string; checks: CheckId[] }[] = [];
  for (const check of inOrder()) {
    const { fn } = CHECK_FACTS[check];
    const group = found.find((one) => one.fn === fn);
    if (group) group.checks.push(check);
    else found.push({ fn, file: CATALOGUE[check].file, checks: [check] });
  }
  return found;
}

/** All checks in one order: that of the default revision, each other one before what it comes before where it is made. */
function inOrder(): CheckId[] {
  const order = [...checksOf(DEFAULT_REVISION)];
  for (const check of CHECKS.filter((one) => !order.includes(one))) {
    const own = checksOf(REVISIONS.find((revision) => CHECK_PLACES[check].isIn(revision))!);
    const next = own.slice(own.indexOf(check) + 1).find((one) => order.includes(one));
    const isOf = next !== undefined && CHECK_FACTS[next].fn === CHECK_FACTS[check].fn;
    const before = own
      .slice(0, own.indexOf(check))
      .findLast((one) => order.includes(one) && CHECK_FACTS[one].fn === CHECK_FACTS[check].fn);
    if (isOf) order.splice(order.indexOf(next), 0, check);
    else if (before) order.splice(order.indexOf(before) + 1, 0, check);
    else order.push(check);
  }
  return order;
}

/** The words that help with a check: those of its operands and of what it blames, then those whose entry names it. */
export function wordsOfCheck(check: CheckId, most = 10): WordId[] {
  const blame = CHECK_PLACES[check].blames;
  const fields = blame !== null && blame.in === 'mapping' ? blame.fields.map(wordOfMember) : [];
  const own = [...operandsOf(check).map(({ word }) => word), ...fields].filter((word) => word !== undefined);
  const others = ALL_WORDS.filter((word) => checksOfWord(word).includes(check)).map(({ id }) => id);
  return [...new Set([...own, ...others])].slice(0, most);
}

/** Whether a text in JSON expects or names a check as a value: an example or a lesson that is about it. */
export const namesCheck = (text: string, check: CheckId): boolean => text.includes(`"${check}"`);
