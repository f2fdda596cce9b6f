// SPDX-License-Identifier: MIT
/** How often each character of a text may be looked at, and how often that of a short one. */
const VISITS = 8;
const LEAST = 10_000;

export class TooDeep extends Error {}

/**
 * A text for a parser that goes back and tries again: where types and arrow functions are nested, each level may double
 * its time. After so many looks at it the text throws TooDeep, so the time has a bound that grows with its length.
 */
export function countedText(text: string): string {
  let left = text.length * VISITS + LEAST;
  // An object for a primitive: the parser asks it for characters and for slices, as it would ask a primitive.
  return new (class extends String {
    override charCodeAt(index: number): number {
      if (left-- <= 0) throw new TooDeep();
      return super.charCodeAt(index);
    }
  })(text) as string;
}
