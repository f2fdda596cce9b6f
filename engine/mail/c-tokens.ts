// SPDX-License-Identifier: GPL-2.0-only
import type { PlainLine } from './quotes.ts';

/** A word, number or mark of C. */
export interface CToken {
  text: string;
  line: number;
}

const TOKEN =
  /[A-Za-z_]\w*|0[xX][0-9a-fA-F]+[uUlL]*|\d+[uUlL]*|<<|>>|->|'(?:\\.|[^'\\])'|"(?:\\.|[^"\\])*"|[^\s\w]/g;

/** C source without comments and preprocessor lines, as words. */
export function cTokens(lines: readonly PlainLine[]): CToken[] {
  const tokens: CToken[] = [];
  let comment = false;
  for (const { text, line } of lines) {
    if (!comment && /^\s*#/.test(text)) continue;
    let code = '';
    for (let at = 0; at < text.length;) {
      if (comment) {
        const end = text.indexOf('*/', at);
        comment = end < 0;
        at = comment ? text.length : end + 2;
        continue;
      }
      const open = text.indexOf('/*', at);
      const slashes = text.indexOf('//', at);
      if (slashes >= 0 && (open < 0 || slashes < open)) {
        code += text.slice(at, slashes);
        break;
      }
      code += `${text.slice(at, open < 0 ? text.length : open)} `;
      comment = open >= 0;
      at = open < 0 ? text.length : open + 2;
    }
    for (const [token] of code.matchAll(TOKEN)) tokens.push({ text: token, line });
  }
  return tokens;
}
