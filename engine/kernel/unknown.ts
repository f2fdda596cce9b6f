// SPDX-License-Identifier: MIT
/**
 * A number from the core that has no name here. An edited core, or one newer than the page, may send any number.
 * Its meaning is not guessed: the number stands in the place of a name.
 */

export type Unknown = `unknown-${number}`;

const PREFIX = 'unknown-';

export const isUnknown = (id: string): id is Unknown => id.startsWith(PREFIX);

/** The number that an unknown id is made of. */
export const unknownNumber = (id: Unknown): number => Number(id.slice(PREFIX.length));

/** The name at `index` of a list; if there is none, `number` as an unknown id. Null in the list is not a name. */
export function idOf<T extends string>(
  ids: readonly (T | null | undefined)[],
  index: number,
  number = index,
): T | Unknown {
  return ids[index] ?? `${PREFIX}${number}`;
}

/** `unknown check 77 of this core`; `what` says what has the number. */
export const unknownWords = (what: string, id: Unknown): string =>
  `unknown ${what} ${unknownNumber(id)} of this core`;

/** A name as it is told: `unknown check 77` for one that is not known. */
export const told = (what: string, id: string): string =>
  isUnknown(id) ? `unknown ${what} ${unknownNumber(id)}` : id;
