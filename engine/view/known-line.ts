// SPDX-License-Identifier: MIT
import { worstOf, type Consequence } from '../checks/consequence.ts';
import type { Execution } from '../run/types.ts';
import { INSIDE, doubtOf, type Tone } from './tone.ts';

/** What the place of the verdict's sentence has room for without growing, on the narrowest page too. */
const SENTENCE_CHARS = 120;

/** Whether the verdict tells a consequence in the place of its own sentence; a longer one is told below it. */
export const fitsVerdict = ({ text }: Pick<Consequence, 'text'>): boolean => text.length <= SENTENCE_CHARS;

/** The colour of what went well, once it is known what follows: none where not all of it could be tried. */
export const toneKnown = ({ all, left }: { all: readonly Consequence[]; left: number }): Tone =>
  worstOf(all) !== null ? 'warn' : left > 0 ? 'asking' : 'ok';

/**
 * The line of the verdict that stood at `asking…`, once it is known what follows: how that is known, or that nothing is
 * wrong.
 *
 * @param follows null: the engine could not say
 */
export function knownLine(
  { do: what, trust }: Pick<Execution, 'do' | 'trust'>,
  follows: { all: readonly Consequence[]; tried: boolean; left: number } | null,
): string {
  const about = doubtOf(what);
  if (follows === null) return `${about}: not known.`;
  const { all, tried, left } = follows;
  if (all.length > 0) {
    return trust === 'edited' ? 'Known by trying the edited core.' : 'Known by reading the kernel’s source.';
  }
  if (left > 0) return `${INSIDE}: ${left} are not tried.`;
  if (what === 'pread') return `${about}: no other file of this scenario has them.`;
  if (!tried) return `${about}: ${what === 'iomap_begin' ? 'no I/O' : 'I/O uses none'}.`;
  return what === 'iomap_begin' ? `${about}: the I/O goes well.` : `${about}: no harm found in them.`;
}
