// SPDX-License-Identifier: MIT
import { markedLines } from './marks.ts';
import { joined, usualLines, withAnyEnds, type UsualLines } from './quote-marks.ts';
import { isSigned, withoutSignature } from './signed.ts';

/** One line of a pasted text, without the quote marks before it. */
export interface PlainLine {
  text: string;
  /** 1-based line of the text that was pasted. */
  line: number;
  /** How many quote marks were taken away. */
  depth: number;
}

/** Characters that no program shows, and the blank that is not broken. */
const HIDDEN = /[\ufeff\u200b\u2060\u00a0]/g;

/**
 * A text as lines without quote marks (`> `, `>> `, `> > `, `Jane> `): the first blank after the last mark is removed
 * too, and indentation stays. Line ends of any kind; a byte order mark, zero-width characters and the frame of
 * a signature in the clear are dropped.
 *
 * @param usual the text as usualLines() returns it, for a caller that needs both
 */
export function plainLines(text: string, usual: UsualLines = usualLines(text)): PlainLine[] {
  // What is hidden may stand between the two characters of a line end.
  const lines = usual.returns === 'lone' ? usual.lines : withAnyEnds(usual);
  const marked =
    usual.ascii && usual.returns !== 'lone'
      ? lines
      : markedLines(joined(lines).replace(HIDDEN, (char) => (char === '\u00a0' ? ' ' : '')));
  const plain = marked.map(({ text: raw, end, depth }, index) => ({
    text: raw.slice(depth > 0 && raw[end] === ' ' ? end + 1 : end),
    line: index + 1,
    depth,
  }));
  return isSigned(plain) ? withoutSignature(plain) : plain;
}
