// SPDX-License-Identifier: MIT

/** What a sentence claims. tests/property/sentence-claims.ts holds each against I/O that is run. */
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
 * What I/O makes of an accepted mapping, though no check could know. That it does so is what the core did when it was
 * tried (engine/run/foresee.ts); here are the words for it.
 */
export interface Consequence {
  id: ConsequenceId;
  /** `bad`: the I/O fails. `warn`: it goes well, with bytes that may not be the ones that were meant. */
  tone: 'bad' | 'warn' | 'note';
  /** One sentence. */
  text: string;
  /** The errno that the I/O fails with; null if it does not. */
  error: number | null;
  /** The kernel would crash. */
  oops: boolean;
}

/** A consequence that is no oops. */
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
