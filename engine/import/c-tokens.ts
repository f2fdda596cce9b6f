// SPDX-License-Identifier: MIT
import type { PlainLine } from '../mail/quotes.ts';
import { CError } from './c-expression.ts';
import { cWords } from './c-words.ts';

/** A word, number or mark of C. */
export interface CToken {
  text: string;
  line: number;
}

/** C source without comments and preprocessor lines, as words. */
export function cTokens(lines: readonly PlainLine[]): CToken[] {
  const tokens: CToken[] = [];
  let comment = false;
  for (const { text, line } of lines) {
    if (!comment && isDirective(text)) continue;
    let code = '';
    for (let at = 0; at < text.length;) {
      if (comment) {
        const end = text.indexOf('*/', at);
        comment = end < 0;
        at = comment ? text.length : end + 2;
        continue;
      }
      const open = commentStart(text, at);
      code += `${text.slice(at, open)} `;
      if (text[open + 1] === '/') break;
      comment = open < text.length;
      at = open + 2;
    }
    if (code !== '') for (const token of cWords(code)) tokens.push({ text: token, line });
  }
  return tokens;
}

const isDirective = (text: string): boolean => text.trimStart().startsWith('#');

/** Where the next comment begins; the end of the text if there is none. */
function commentStart(text: string, from: number): number {
  let at = from;
  while ((at = text.indexOf('/', at)) >= 0 && text[at + 1] !== '/' && text[at + 1] !== '*') at++;
  return at < 0 ? text.length : at;
}

/** What a `#define` without parameters stands for, by its name. */
export type CMacros = ReadonlyMap<string, readonly CToken[]>;

/** More than any field needs; macros of macros could ask for any number without a result. */
const EXPANDED_TOKENS = 500;
const EXPANSIONS = 500;
/** Macros within macros. */
const MOST_WITHIN = 40;

const DEFINE = /^\s*#\s*define\s+([A-Za-z_]\w*)/;

/** The macros without parameters that a text defines, the last of a name. */
export function cMacros(lines: readonly PlainLine[]): CMacros {
  const macros = new Map<string, readonly CToken[]>();
  for (const { text, line, depth } of lines) {
    if (!isDirective(text)) continue;
    const match = DEFINE.exec(text);
    if (match === null) continue;
    const end = match[0].length;
    // Parentheses right after the name are parameters.
    if (end < text.length && !/\s/.test(text[end]!)) continue;
    macros.set(match[1]!, cTokens([{ text: text.slice(end), line, depth }]));
  }
  return macros;
}

/**
 * Words with macros expanded, as the preprocessor does it: a macro is not expanded within itself.
 *
 * @throws CError if that would take more steps than any field needs
 */
export function expandMacros(tokens: readonly CToken[], macros: CMacros): CToken[] {
  const out: CToken[] = [];
  let expansions = 0;
  const put = (some: readonly CToken[], line: number | null, within: readonly string[]) => {
    for (const token of some) {
      if (out.length > EXPANDED_TOKENS) return;
      const at = line ?? token.line;
      const body = within.includes(token.text) ? undefined : macros.get(token.text);
      if (body === undefined) out.push({ text: token.text, line: at });
      else if (within.length >= MOST_WITHIN || ++expansions > EXPANSIONS)
        throw new CError(`the macros in "${token.text.slice(0, 60)}" grow too large: write its value`, at);
      else put(body, at, [...within, token.text]);
    }
  };
  put(tokens, null, []);
  return out;
}
