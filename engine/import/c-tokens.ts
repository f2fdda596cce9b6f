// SPDX-License-Identifier: MIT
import type { PlainLine } from '../mail/quotes.ts';
import { CError } from './c-expression.ts';
import { quotationEnd } from './quoted.ts';

/** A word, number or mark of C. */
export interface CToken {
  text: string;
  line: number;
}

/** A word other than a string, which is found by a walk: a pattern would try each of its characters again. */
const TOKEN =
  /[A-Za-z_]\w*|0[xX][0-9a-fA-F]+[uUlL]*|\d+[uUlL]*|(?:<<|>>)=?|->|[-+*/%&|^=!<>]=|'(?:\\.|[^'\\])'|[^\s\w]/g;
/** What begins a comment. */
const COMMENT = /\/[*/]/g;

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
      COMMENT.lastIndex = at;
      const open = COMMENT.exec(text)?.index ?? text.length;
      code += `${text.slice(at, open)} `;
      if (text[open + 1] === '/') break;
      comment = open < text.length;
      at = open + 2;
    }
    for (const token of wordsOf(code)) tokens.push({ text: token, line });
  }
  return tokens;
}

/** The words of a line. A quotation mark that nothing closes is a word: then none after it is closed either. */
function* wordsOf(code: string): Generator<string> {
  let closed = true;
  TOKEN.lastIndex = 0;
  for (let match; (match = TOKEN.exec(code)) !== null;) {
    const end: number = closed && match[0] === '"' ? quotationEnd(code, match.index + 1, '"') : -1;
    if (match[0] === '"') closed = end >= 0;
    const next = end < 0 ? TOKEN.lastIndex : end + 1;
    yield code.slice(match.index, next);
    TOKEN.lastIndex = next;
  }
}

/** What a `#define` without parameters stands for, by its name. */
export type CMacros = ReadonlyMap<string, readonly CToken[]>;

/** More than any field needs; macros of macros could ask for any number without a result. */
const EXPANDED_TOKENS = 500;
const EXPANSIONS = 500;
/** Macros within macros. */
const MOST_WITHIN = 40;

/** The macros without parameters that a text defines, the last of a name. */
export function cMacros(lines: readonly PlainLine[]): CMacros {
  const macros = new Map<string, readonly CToken[]>();
  for (const { text, line, depth } of lines) {
    const match = /^\s*#\s*define\s+([A-Za-z_]\w*)(?:\s+([^]*))?$/.exec(text);
    if (match !== null) macros.set(match[1]!, cTokens([{ text: match[2] ?? '', line, depth }]));
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
