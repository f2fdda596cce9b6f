// SPDX-License-Identifier: MIT
/**
 * Places in the app: a hash that begins with `#/`. A hash that begins with a digit is a share link.
 */
export interface Place {
  /** The first part: `check` of `#/check/length-zero`. */
  kind: string;
  /** The second part, '' if there is none: `length-zero`. */
  id: string;
}

const PLACE = /^#?\/([a-z][a-z-]{0,31})(?:\/([A-Za-z0-9_.-]{0,64}))?\/?$/;

/** Whether a hash (with or without its `#`) names a place; it may be one that does not exist. */
export function isPlace(hash: string): boolean {
  return /^#?\//.test(hash);
}

/** The place that a hash names, or null if it names none. Whether there is such a place, the app knows. */
export function parsePlace(hash: string): Place | null {
  const match = PLACE.exec(hash);
  return match === null ? null : { kind: match[1] ?? '', id: match[2] ?? '' };
}

/** The hash of a place, `#` included. */
export function placeHash({ kind, id }: Place): string {
  return id === '' ? `#/${kind}` : `#/${kind}/${id}`;
}
