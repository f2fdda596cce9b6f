// SPDX-License-Identifier: MIT
/** The word that stands at a place of a document's text: a key, or a value that has a name. */
import type { Extent, JsonNode, JsonText } from '../scenario/json.ts';
import { findWord } from './find.ts';
import { WORDS, type Word, type WordId } from './glossary.ts';
import { wordOfField } from './of-field.ts';

interface Place extends Extent {
  path: (string | number)[];
  onKey: boolean;
}

const holds = ({ start, end }: Extent, offset: number) => start <= offset && offset <= end;

/** The key or the innermost value at an offset. */
function placeAt(node: JsonNode, offset: number, path: (string | number)[]): Place {
  for (const member of node.members ?? []) {
    const inner = [...path, member.name];
    if (holds(member.key, offset)) return { ...member.key, path: inner, onKey: true };
    if (member.node && holds(member.node, offset)) return placeAt(member.node, offset, inner);
  }
  const index = (node.items ?? []).findIndex((item) => holds(item, offset));
  if (index >= 0) return placeAt(node.items![index]!, offset, [...path, index]);
  return { start: node.start, end: node.end, path, onKey: false };
}

/** What the ids of a field's values begin with. */
const PREFIX: Readonly<Partial<Record<WordId, string>>> = {
  type: '',
  flags: 'f_',
  op: 'op_',
  'backing-type': 'backing_',
};

function wordOfValue(field: WordId | undefined, text: string): Word | undefined {
  const prefix = field === undefined ? undefined : PREFIX[field];
  const id = `${prefix ?? ''}${text.toLowerCase()}`;
  if (prefix !== undefined && Object.hasOwn(WORDS, id)) return WORDS[id as WordId];
  // Steps, errnos and names of the kernel; nothing that an author wrote by himself.
  return /^-?[A-Z][A-Z0-9_]+$/.test(text) || /^[a-z]+(_[a-z]+)*$/.test(text) ? findWord(text) : undefined;
}

/** The word at an offset of the text, with its extent; null where there is none. */
export function wordInDocument(json: JsonText, offset: number): (Extent & { word: Word }) | null {
  const { root } = json;
  if (root === undefined) return null;
  const { path, onKey, start, end } = placeAt(root, offset, []);
  const field = wordOfField(root.value, path);
  if (onKey) return field === undefined ? null : { start, end, word: WORDS[field] };
  const value = path.reduce<unknown>(
    (here, key) =>
      typeof here === 'object' && here !== null ? (here as Record<string, unknown>)[key] : undefined,
    root.value,
  );
  const free = ['title', 'notes', 'note', 'server'].includes(String(path.at(-1)));
  const word = typeof value === 'string' && !free ? wordOfValue(field, value) : undefined;
  return word === undefined ? null : { start, end, word };
}
