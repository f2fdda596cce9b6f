// SPDX-License-Identifier: MIT
import { CHECKS } from '../kernel/checks.ts';
import { clean } from '../kernel/clean.ts';
import { errnoFromText } from '../kernel/errno.ts';
import { REVISIONS } from '../kernel/features.ts';
import type { RecordedVerdict } from './types.ts';

/** Outcomes that a link records in place of a return value. */
const WORDS = ['waiting', 'retry-cache', 'not-called', 'oops', 'error'];

/** No integer of 64 bits has more digits. */
const INTEGER = /^(?:0|-?[1-9]\d{0,18})$/;

/**
 * Why a verdict that a link recorded can't be compared with today's, as a sentence; null if it can. The link may be a
 * newer playground's, or a forgery: nothing of it is shown before this was asked.
 */
export function recordProblem({ ret, check, revision }: RecordedVerdict): string | null {
  const wrong = !isReturn(ret)
    ? `its return value is ${shown(ret)}`
    : check !== null && !CHECKS.some((known) => known === check)
      ? `it names a check ${shown(check)}`
      : !REVISIONS.some((known) => known === revision)
        ? `it is of a revision ${shown(revision)}`
        : null;
  return (
    wrong &&
    `The verdict that the link recorded is not compared with today's: ${wrong}, which this playground does not know.`
  );
}

/** As `expect.ret` has it: a number of 64 bits, the name of an errno, or a word for an outcome without either. */
function isReturn(ret: string): boolean {
  if (WORDS.includes(ret) || errnoFromText(ret) !== undefined) return true;
  return INTEGER.test(ret) && BigInt.asIntN(64, BigInt(ret)) === BigInt(ret);
}

const SHOWN_CHARS = 40;

function shown(word: string): string {
  const line = clean(word.slice(0, SHOWN_CHARS));
  return `“${line}${word.length > SHOWN_CHARS ? '…' : ''}”`;
}
