// SPDX-License-Identifier: MIT
/**
 * What a share link carries, and what can be wrong with one.
 */
import type { CoreEdit } from '../core-edit/types.ts';
import type { JsonValue } from '../scenario/json.ts';

export type { JsonValue };

/** The answer to the chosen step when the link was made, to compare with today's. */
export interface RecordedVerdict {
  /** As `expect.ret` would write it: `-EFSCORRUPTED`, `0`, `waiting`, `not-called`. */
  ret: string;
  /** The check that decided; null if none refused. */
  check: string | null;
  which: 'read' | 'write' | null;
  /** The revision of the patch series that answered. */
  revision: string;
}

export interface LinkState {
  /** The document, canonical. Nothing here validates it: parseDocument does, on both sides. */
  scenario: JsonValue;
  /** Index of the chosen step, or of the chosen execution: the page decides which. Never negative. */
  step: number;
  verdict: RecordedVerdict | null;
  /** Which view was open; the page's own word, '' for the usual one. */
  view: string;
  /**
   * An edit of the core that goes along; left out if there is none. It comes from a stranger: the diff is not
   * validated, and none of it is compiled or run unless the reader wants it.
   */
  edit?: CoreEdit;
}

/**
 * - `empty`: there is nothing here
 * - `not-a-link`: text, but no share link in it (a place in the app also ends up here)
 * - `truncated`: its end is missing
 * - `damaged`: characters were changed, exchanged or added
 * - `too-long`: over the cap of what is read
 * - `too-new`: made by a later build than this one
 * - `hostile`: intact, and built to do harm: it inflates or nests without end, or names a prototype
 * - `invalid`: intact, and not what a playground writes
 */
export type LinkErrorKind =
  'empty' | 'not-a-link' | 'truncated' | 'damaged' | 'too-long' | 'too-new' | 'hostile' | 'invalid';

export interface LinkErrorDetails {
  /** Characters of the link that arrived, head and check pair included, `#` not. */
  arrivedChars?: number;
  /** Characters that the link says it has, counted likewise; null if its head is cut too. */
  expectedChars?: number | null;
  /** The most that is accepted, in the unit that the message names. */
  limit?: number;
  /** The format version in the link. */
  version?: number;
  /** 0-based position, within the link, of a character that cannot be there. */
  position?: number;
}

export interface LinkError {
  kind: LinkErrorKind;
  /** One to three sentences for the reader: what is wrong, and what to do. */
  message: string;
  details: LinkErrorDetails;
}

export type LinkResult = { ok: true; state: LinkState } | { ok: false; error: LinkError };
