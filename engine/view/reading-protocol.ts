// SPDX-License-Identifier: MIT
/** The messages between the page and the worker that reads what people paste, drop or open. */
import type { GatheredScenario } from '../import/gather.ts';
import type { Imported, Stage } from '../import/import-any.ts';
import type { Patch } from '../import/patch.ts';
import type { JsonValue } from '../scenario/json.ts';
import type { Description } from './pasted.ts';
import type { NamedText } from './search-protocol.ts';

/** What becomes of a text, by what it is read for. */
export interface Readings {
  /** Anything, and what the page says of it; no description of what can't be used. */
  paste: { found: Imported; described: Description | null };
  /** Patches, if the text is one that can be read. */
  patches: readonly Patch[] | null;
  /** A scenario in JSON: why it can't be used, and the step that it names to be shown (the first if it names none). */
  document: { fault: Fault | null; step: number };
  /** Every scenario in a text. */
  scenarios: Gathered;
  /** The one scenario of a text. */
  scenario: GatheredScenario | { trouble: string };
  /** A reply to an iomap_begin. */
  reply: { reply: JsonValue } | { trouble: string };
}

export type ReadFor = keyof Readings;

/** Where a text that is read as a scenario has its first fault; lines and columns from 1. */
export interface Fault {
  line: number;
  column: number;
  message: string;
}

/** What was found, and what could not be read, in words. */
export interface Gathered {
  documents: NamedText[];
  troubles: string[];
}

export interface ReadQuestion {
  readFor: ReadFor;
  text: string;
}

/** Every question is answered by one `begun`, perhaps by stages, and by one `read` or `failed` at the end. */
export type ReadAnswer =
  | { kind: 'begun'; seq: number }
  /** The text was taken for something, and is read as that now. */
  | { kind: 'stage'; seq: number; stage: Stage }
  | { kind: 'read'; seq: number; reading: Readings[ReadFor] }
  | { kind: 'failed'; seq: number; message: string };
