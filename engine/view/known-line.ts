// SPDX-License-Identifier: MIT
import type { Consequence } from '../checks/consequence.ts';
import type { Execution } from '../run/types.ts';

/** What the place of the verdict's sentence has room for without growing, on the narrowest page too. */
const SENTENCE_CHARS = 120;

/** Whether the verdict tells a consequence in the place of its own sentence; a longer one is told below it. */
export const fitsVerdict = ({ text }: Pick<Consequence, 'text'>): boolean => text.length <= SENTENCE_CHARS;

/**
 * The line of the verdict that stood at `asking…`, once it is known what follows: how that is known, or that nothing is
 * wrong.
 *
 * @param follows null: the engine could not say
 */
export function knownLine(
  { do: what, trust }: Pick<Execution, 'do' | 'trust'>,
  follows: { all: readonly Consequence[]; tried: boolean } | null,
): string {
  const about = what === 'pread' ? 'Whose bytes' : 'What follows';
  if (follows === null) return `${about}: not known.`;
  if (!follows.tried) return `${about}: no I/O.`;
  if (follows.all.length > 0)
    return `${about}: ${trust === 'edited' ? 'by the edited core' : 'by reading the source'}.`;
  return what === 'pread'
    ? 'Whose bytes: no other file here claims them.'
    : 'What follows: the I/O goes well.';
}
