// SPDX-License-Identifier: MIT
/**
 * A stranger's text before it is shown: in a title, a list, a notice, a sentence, a terminal. Nothing in it may move
 * a cursor, colour a terminal, or turn the direction in which the rest of the line is read.
 */

/** Characters that steer a terminal or the direction of a text, take no room, or have no meaning yet. */
const HIDDEN = /[\p{Cc}\p{Cf}\p{Co}\p{Cn}\p{Cs}\p{Zl}\p{Zp}]/gu;
/** One joiner after something beyond ASCII stays: Persian words and many emoji need it. */
const JOINERS = '\u200c\u200d';
const BEYOND_ASCII = /[^\x20-\x7e]/gu;

const named = (char: string): string => `\\u{${char.codePointAt(0)?.toString(16)}}`;

/** A text with each hidden character replaced by what is written for it. */
const withoutHidden = (text: string, written: (char: string) => string): string =>
  text.replace(HIDDEN, (char, at: number) => {
    const before = text.charAt(at - 1);
    const joins = JOINERS.includes(char) && before > '\x7f' && !JOINERS.includes(before);
    return joins ? char : written(char);
  });

/**
 * A stranger's text as one line, each hidden character written out as `\u{…}`.
 *
 * @param ascii the same for whatever is not printable ASCII
 */
export function clean(text: string, ascii = false): string {
  const line = withoutHidden(text.replace(/[\t\r\n]+/g, ' '), named);
  return ascii ? line.replace(BEYOND_ASCII, named) : line;
}

/** Printed JSON whose strings hold no hidden character: they are escaped as JSON does it, so nothing is lost. */
export function cleanJson(json: string): string {
  return withoutHidden(json, (char) =>
    char === '\n' || char === '\t' || char === '\r' ? char : unitsOf(char).map(unitText).join(''),
  );
}

const unitsOf = (char: string): number[] => Array.from({ length: char.length }, (_, i) => char.charCodeAt(i));
const unitText = (unit: number): string => `\\u${unit.toString(16).padStart(4, '0')}`;

/** A stranger's lines, as many as before, each hidden character replaced by U+FFFD. */
export function cleanLines(text: string): string {
  return withoutHidden(text, (char) => (char === '\n' || char === '\t' ? char : '\ufffd'));
}

/** A stranger's word in quotation marks, cut to a length that still reads. */
export function quoted(word: string): string {
  return cleanJson(JSON.stringify(word.length > 40 ? `${word.slice(0, 40)}…` : word));
}
