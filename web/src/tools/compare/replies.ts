// SPDX-License-Identifier: MIT
/** Comparing two replies to one question: each side is the document with its own reply in the step. */
import { readJson } from '#engine/scenario/json.ts';
import { editDocument } from '#engine/scenario/edit.ts';
import { at, isObject, type JsonValue } from '#engine/scenario/path.ts';

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

/**
 * A reply out of a pasted text: JSON as a step has it, C that fills in the structs, or a hexdump of the whole answer.
 * For any other text the result says in words what is wrong.
 */
export async function readReply(text: string): Promise<{ reply: JsonValue } | { trouble: string }> {
  const value = text.trim().startsWith('{') ? readJson(text).root?.value : undefined;
  if (isObject(value) && ['read', 'write', 'error', 'hex'].some((key) => Object.hasOwn(value, key)))
    return { reply: value };
  // Readers of all kinds of text, which only a paste needs.
  const { importAnything } = await import('#engine/import/import-any.ts');
  const found = await importAnything(text);
  if (found.ok && (found.kind === 'hexdump' || found.kind === 'c')) return { reply: found.reply };
  if (!found.ok && (found.kind === 'hexdump' || found.kind === 'c'))
    return { trouble: `Line ${found.line}: ${found.message}` };
  return {
    trouble:
      'This is not a reply. Paste C that fills in the two structs, a hexdump of the answer, or JSON such as ' +
      '{ "read": { "type": "HOLE", … } }.',
  };
}
