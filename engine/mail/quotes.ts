// SPDX-License-Identifier: MIT
import { quoteDepth, quoteMarksEnd } from './marks.ts';
import { usualQuotes } from './quote-marks.ts';
import { isSigned, withoutSignature } from './signed.ts';

/** One line of a pasted text, without the quote marks before it. */
export interface PlainLine {
  text: string;
  /** 1-based line of the text that was pasted. */
  line: number;
  /** How many quote marks were taken away. */
  depth: number;
}

/**
 * A text as lines without quote marks (`> `, `>> `, `> > `, `Jane> `): the first blank after the last mark is removed
 * too, and indentation stays. Line ends of any kind; a byte order mark, zero-width characters and the frame of
 * a signature in the clear are dropped.
 */
export function plainLines(text: string): PlainLine[] {
  const lines = usualQuotes(text)
    .replace(/[\ufeff\u200b\u2060]/g, '')
    .replace(/\u00a0/g, ' ')
    .split(/\r\n?|\n/)
    .map((raw, index) => {
      const marks = quoteMarksEnd(raw);
      return {
        text: raw.slice(marks > 0 && raw[marks] === ' ' ? marks + 1 : marks),
        line: index + 1,
        depth: quoteDepth(raw, marks),
      };
    });
  return isSigned(lines) ? withoutSignature(lines) : lines;
}
