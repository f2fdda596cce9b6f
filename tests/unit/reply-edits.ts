// SPDX-License-Identifier: MIT
/** The edits of a reply that is no mapping, of raw bytes, and of a list of replies, as the forms offer them. */
import type { LessonEdit } from '#engine/lessons/types.ts';
import type { JsonObject, JsonValue } from '#engine/scenario/path.ts';
import { nextReply } from '../../web/src/columns/server/io/replies.ts';
import { BAD_ERRORS, ERRORS } from '../../web/src/fields/error-choices.ts';

type Path = readonly (string | number)[];

/** What a reply has in place of mappings: the key in it; undefined if it has mappings. */
export const formOf = (reply: JsonObject): string | undefined =>
  ['hex', 'payload', 'error'].find((key) => key in reply);

/** The other kind that a reply may be: an error for mappings, and no bytes in mappings for what else it is. */
export function kindEdits(place: Path, reply: JsonObject): LessonEdit[] {
  const mappings = typeof place.at(-1) === 'number' ? { read: {} } : undefined;
  const value = formOf(reply) === undefined ? { error: '-EIO' } : mappings;
  return [{ path: [...place], value }];
}

/** Each error that the list of a reply's form has. */
export const errorEdits = (place: Path): LessonEdit[] =>
  [...ERRORS, ...BAD_ERRORS].map(({ value }) => ({ path: [...place], value }));

/** Each byte one more, one less and 0; a byte less at the end, and one more. */
export function byteEdits(place: Path, written: JsonValue | undefined): LessonEdit[] {
  const hex = typeof written === 'string' ? written.replace(/\s/g, '') : '';
  const bytes = hex.match(/../g) ?? [];
  const texts = bytes.flatMap((byte, i) =>
    [1, -1, -parseInt(byte, 16)]
      .map((by) => ((parseInt(byte, 16) + by) & 0xff).toString(16).padStart(2, '0'))
      .map((next) => [...bytes.slice(0, i), next, ...bytes.slice(i + 1)].join('')),
  );
  const all = new Set([...texts, hex.slice(0, -2), `${hex}00`]);
  all.delete(hex);
  return [...all].map((value) => ({ path: [...place], value }));
}

/** One of the replies to an iomap_end or an ioend: 0, or an error. */
export const statusEdits = (place: Path): LessonEdit[] => [
  { path: [...place], value: 0n },
  ...ERRORS.map(({ value }) => ({ path: [...place], value: { error: value! } })),
];

/** What the button under a list of replies does where the reader is to find the answer; of mappings, an error as well. */
export function addedReplies(place: Path, entries: readonly JsonValue[]): LessonEdit[] {
  const path = [...place, entries.length];
  const error = { error: '-EIO' };
  if (place.at(-1) !== 'replies') return [{ path, value: error }];
  return [
    { path, value: nextReply(entries, null, 4096n, true) },
    { path, value: error },
  ];
}

/** Whether a value of a step is the raw bytes of a message. */
export const isBytes = (last: string | number | undefined): boolean =>
  last === 'hex' || last === 'payload' || last === 'arg';
