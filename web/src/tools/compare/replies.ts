// SPDX-License-Identifier: MIT
/** Comparing two replies to one question: each side is the document with its own reply in the step. */
import { editDocument } from '#engine/scenario/edit.ts';
import { at, type JsonValue } from '#engine/scenario/path.ts';

export const replyPath = (step: number) => ['steps', step, 'reply'];

/** The steps of a document that a server answers with mappings. */
export function beginsOf(value: JsonValue | null): number[] {
  const steps = at(value ?? undefined, ['steps']);
  if (!Array.isArray(steps)) return [];
  return steps.flatMap((step, i) => (at(step, ['do']) === 'iomap_begin' ? [i] : []));
}

/** The document with another reply in a step; undefined leaves the step without one. */
export const withReply = (text: string, step: number, reply: JsonValue | undefined): string =>
  editDocument(text, [{ path: replyPath(step), value: reply }]).text;
