// SPDX-License-Identifier: MIT
import { told } from '../kernel/unknown.ts';
import type { CellVerdict, MatrixCell, MatrixRow } from '../compare/matrix.ts';
import { errnoText } from '../kernel/errno.ts';

/** What a cell of the matrix shows. */
export interface CellText {
  tone: 'ok' | 'bad' | 'warn';
  /** With a mark, so that nothing is told by colour alone. */
  text: string;
  /** How it differs from the cell to its left, if the verdict alone does not tell; null otherwise. */
  difference: string | null;
}

/** The step that a row is about: the first that differs, else the last answer to an iomap_begin, else the last. */
export function tellingStep({ cells }: MatrixRow): number {
  const first = cells.find(({ beside }) => beside !== null)?.beside;
  if (first) return first.step;
  const verdicts = cells[0]?.verdicts ?? [];
  return (verdicts.findLast((one) => one.do === 'iomap_begin') ?? verdicts.at(-1))?.step ?? 0;
}

/** A cell at the step that its row is about. */
export function cellText({ verdicts, stopped, fault, beside }: MatrixCell, step: number): CellText {
  if (fault !== null) return { tone: 'bad', text: `✕ ${fault}`, difference: null };
  const verdict = verdicts.findLast((one) => one.step === step);
  if (verdict === undefined)
    return { tone: 'warn', text: stopped === null ? '· not run' : '! stopped', difference: null };
  const difference =
    beside !== null && beside.field !== 'verdict' ? `${beside.field} ${beside.left} → ${beside.right}` : null;
  return { ...wordsOf(verdict), difference };
}

/** `read length-zero`; without the mapping if the check's own name has it. */
const nameOf = (which: CellVerdict['which'], check: string | null): string =>
  [
    which === null || check?.startsWith(`${which}-`) ? [] : [told('mapping', which)],
    check === null ? [] : [told('check', check)],
  ]
    .flat()
    .join(' ');

function wordsOf({ outcome, check, which, ret, do: what }: CellVerdict): {
  tone: CellText['tone'];
  text: string;
} {
  if (outcome === 'ok') {
    const number = ret !== null && ret > 0n ? ` ${ret}` : '';
    return { tone: 'ok', text: what === 'iomap_begin' ? '✓ accepted' : `✓ ok${number}` };
  }
  const errno = ret === null ? '' : errnoText(ret);
  if (outcome === 'refused' || outcome === 'oops')
    return { tone: 'bad', text: `✕ ${nameOf(which, check) || errno || outcome}` };
  const words = {
    waiting: 'waiting',
    'retry-cache': 'looks into its cache',
    'not-called': 'not called',
    error: errno,
  };
  return { tone: 'warn', text: `· ${words[outcome]}` };
}
