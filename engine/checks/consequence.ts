// SPDX-License-Identifier: MIT

/** What a sentence claims. tests/property/sentence-claims.ts compares each with I/O that is run. */
export type ConsequenceId =
  | 'oops'
  | 'fails'
  | 'short'
  | 'step-fault'
  | 'writeback-delalloc'
  | 'writeback-fails'
  | 'writeback-lost'
  | 'past-device'
  | 'stale'
  | 'uncopied'
  | 'old-rest-zeroed'
  | 'zeros-around'
  | 'dropped'
  | 'read-only';

/**
 * What happens to I/O on an accepted mapping, which no check can tell. The core found it by trying the I/O
 * (engine/run/foresee.ts); this file has the words for it.
 */
export interface Consequence {
  id: ConsequenceId;
  /** `bad`: the I/O fails. `warn`: it succeeds, with bytes that may not be the intended ones. */
  tone: 'bad' | 'warn' | 'note';
  /** One sentence. */
  text: string;
  /** The errno that the I/O fails with; null if it does not. */
  error: number | null;
  /** The kernel would crash. */
  oops: boolean;
}

/** A consequence that is not an oops. */
export const says = (
  id: ConsequenceId,
  tone: Consequence['tone'],
  text: string,
  error: number | null = null,
): Consequence => ({
  id,
  tone,
  text,
  error,
  oops: false,
});
