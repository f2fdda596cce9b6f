// SPDX-License-Identifier: MIT
import { errnoText } from '../kernel/errno.ts';
import type { Execution, Trust } from '../run/types.ts';
import { usesMappings } from '../scenario/io-names.ts';

/** The colour family of a verdict: green and red are for nothing else on the page. `asking`: not known yet. */
export type Tone = 'ok' | 'bad' | 'warn' | 'asking';

/** What went well so far, and may fail or turn out wrong by what follows: an accepted mapping, I/O on mappings. */
export const isDoubtful = ({ do: what, outcome }: Pick<Execution, 'do' | 'outcome'>): boolean =>
  outcome === 'ok' && (what === 'iomap_begin' || usesMappings(what));

/** The mappings that the calls of I/O got. */
export const INSIDE = 'The mappings that it got';

/** What may be doubted of it, as the beginning of a line. */
export const doubtOf = (what: Execution['do']): string =>
  what === 'iomap_begin' ? 'What follows' : what === 'pread' ? 'Whose bytes' : INSIDE;

/** Stands in the verdict until that is known. */
export const askingLine = (what: Execution['do']): string => `${doubtOf(what)}: asking…`;

/**
 * What colour a verdict has by itself: one that may be doubted has none before it is known what follows. An error of
 * the server's own, and a call that never ends, are not refusals; a system call that failed is red whatever the cause;
 * one that went wrong silently is not a success either.
 *
 * @param silently the I/O went wrong without an error: silentTrouble(), which loads later than this
 */
export function toneOf(execution: Execution, silently: boolean): Tone {
  const { outcome, io } = execution;
  if (outcome === 'ok') return silently ? 'warn' : isDoubtful(execution) ? 'asking' : 'ok';
  const failed = outcome === 'refused' || outcome === 'oops' || (outcome === 'error' && io !== null);
  return failed ? 'bad' : 'warn';
}

/** The errno that the kernel function returned, by name; null if it returned none. */
export function errnoBadge({ ret }: Execution): string | null {
  return ret !== null && ret < 0n ? errnoText(ret) : null;
}

/** How far the verdict can be trusted. */
export const TRUST_WORDS: Record<Trust, string> = {
  running: 'seen on a running kernel',
  golden: 'checked against compiled kernel C',
  reading: 'a reading of the kernel’s source',
  edited: 'an edited core: nobody vouches for it',
};
