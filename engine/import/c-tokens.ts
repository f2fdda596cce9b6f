// SPDX-License-Identifier: MIT
import type { PlainLine } from '../mail/quotes.ts';

/** A word, number or mark of C. */
export interface CToken {
  text: string;
  line: number;
}

const TOKEN =
  /[A-Za-z_]\w*|0[xX][0-9a-fA-F]+[uUlL]*|\d+[uUlL]*|(?:<<|>>)=?|->|[-+*/%&|^=!<>]=|'(?:\\.|[^'\\])'|"(?:\\.|[^"\\])*"|[^\s\w]/g;

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

/** What a `#define` without parameters stands for, by its name. */
export type CMacros = ReadonlyMap<string, readonly CToken[]>;

/** More than any field needs; macros of macros could ask for any number. */
const EXPANDED_TOKENS = 500;

/** The macros without parameters that a text defines, the last of a name. */
export function cMacros(lines: readonly PlainLine[]): CMacros {
  const macros = new Map<string, readonly CToken[]>();
  for (const { text, line, depth } of lines) {
    const match = /^\s*#\s*define\s+([A-Za-z_]\w*)(?:\s+(.*))?$/.exec(text);
    if (match !== null) macros.set(match[1]!, cTokens([{ text: match[2] ?? '', line, depth }]));
  }
  return macros;
}

/** Words with macros put in, as the preprocessor does it: a macro is not expanded within itself. */
export function expandMacros(tokens: readonly CToken[], macros: CMacros): CToken[] {
  const out: CToken[] = [];
  const put = (some: readonly CToken[], line: number | null, within: readonly string[]) => {
    for (const token of some) {
      if (out.length > EXPANDED_TOKENS) return;
      const at = line ?? token.line;
      const body = within.includes(token.text) ? undefined : macros.get(token.text);
      if (body === undefined) out.push({ text: token.text, line: at });
      else put(body, at, [...within, token.text]);
    }
  };
  put(tokens, null, []);
  return out;
}
