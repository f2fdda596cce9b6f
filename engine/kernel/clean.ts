// SPDX-License-Identifier: MIT
/**
 * A stranger's text before it is shown: in a title, a list, a notice, a sentence, a terminal. Nothing in it may move
 * a cursor, colour a terminal, or turn the direction in which the rest of the line is read.
 */

/**
 * Characters that steer a terminal or the direction of a text, take no room, or have no meaning yet. One joiner after
 * something beyond ASCII stays: Persian words and many emoji need it.
 */
const HIDDEN = /(?!(?<=[^\0-\x7f\u200c\u200d])[\u200c\u200d])[\p{Cc}\p{Cf}\p{Co}\p{Cn}\p{Cs}\p{Zl}\p{Zp}]/gu;
const BEYOND_ASCII = /[^\x20-\x7e]/gu;

const named = (char: string): string => `\\u{${char.codePointAt(0)?.toString(16)}}`;

/**
 * A stranger's text as one line, each hidden character written out as `\u{…}`.
 *
 * @param ascii the same for whatever is not printable ASCII
 */
export function clean(text: string, ascii = false): string {
  const line = text.replace(/[\t\r\n]+/g, ' ').replace(HIDDEN, named);
  return ascii ? line.replace(BEYOND_ASCII, named) : line;
}

/** Printed JSON whose strings hold no hidden character: they are escaped as JSON does it, so nothing is lost. */
export function cleanJson(json: string): string {
  return json.replace(HIDDEN, (char) =>
    char === '\n' || char === '\t' || char === '\r' ? char : unitsOf(char).map(unitText).join(''),
  );
}

const unitsOf = (char: string): number[] => Array.from({ length: char.length }, (_, i) => char.charCodeAt(i));
const unitText = (unit: number): string => `\\u${unit.toString(16).padStart(4, '0')}`;

/** A stranger's lines, as many as before, each hidden character replaced by U+FFFD. */
export function cleanLines(text: string): string {
  return text.replace(HIDDEN, (char) => (char === '\n' || char === '\t' ? char : '\ufffd'));
}

/** A stranger's word in quotation marks, cut to a length that still reads. */
export function quoted(word: string): string {
  return cleanJson(JSON.stringify(word.length > 40 ? `${word.slice(0, 40)}…` : word));
}
