// SPDX-License-Identifier: MIT
import { READING } from '../scenario/caps.ts';
import type { JsonValue } from '../scenario/json.ts';
import type { WireMapping } from '../run/types.ts';

/** Why a pasted text could not be used: what was expected, and at which line (from 1) it is not there. */
export interface ImportError {
  ok: false;
  message: string;
  line: number;
}

/** A whole scenario made from something that is not one. */
export interface ImportedScenario {
  ok: true;
  /** The document, canonical, as text. */
  text: string;
  /** What the source does not say and was filled in, or was left out: one sentence each. */
  unknown: string[];
}

/** One reply to an iomap_begin. */
export interface ImportedReply {
  ok: true;
  /** As the scenario's `reply` has it. */
  reply: JsonValue;
  /** The mappings, if it has any. */
  read: WireMapping | null;
  write: WireMapping | null;
  /** As in ImportedScenario. */
  unknown: string[];
}

/** What the kernel asked, out of a dump of its request. */
export interface Question {
  op: number;
  pos: bigint;
  count: bigint;
  ino: bigint;
  nodeid: bigint;
  unique: bigint;
}

/** A question, and the answer to it. */
export interface Exchange extends Pick<ImportedReply, 'reply' | 'read' | 'write'> {
  question: Question;
}

/** The most that is read of a pasted text, in characters. */
export const IMPORT_CHARS = READING.importChars;

export const refuse = (message: string, line = 1): ImportError => ({ ok: false, message, line });
