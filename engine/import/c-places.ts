// SPDX-License-Identifier: MIT
import type { CToken } from './c-tokens.ts';
import { isName } from './c-words.ts';

/** Something that can be assigned to: `out->read.offset` is `out`, `read`, `offset`. */
export interface Place {
  parts: string[];
  /** It follows a `*`. */
  pointedAt: boolean;
  line: number;
  /** Index of the token after it. */
  end: number;
}

/** Words within brackets, and within a statement: more are neither an index nor a field's value. */
const MOST_INDEX = 40;
export const MOST_VALUE = 200;
/** Parts of a place: a field of a mapping has about four. */
export const MOST_PARTS = 16;

/** Characters of a part with its indexes. */
const MOST_CHARS = 1_000;

/** The place that begins with the token at `at`, an index a part of its name; null if none does. */
export function placeAt(tokens: readonly CToken[], at: number): Place | null {
  const start = at;
  const inParentheses =
    tokens[at]?.text === '(' && tokens[at + 1]?.text === '*' && tokens[at + 3]?.text === ')';
  if (inParentheses) at++;
  const pointedAt = tokens[at]?.text === '*';
  if (pointedAt) at++;
  if (!isName(tokens[at]?.text ?? '')) return null;
  const parts = [tokens[at]!.text];
  at += inParentheses ? 2 : 1;
  for (;;) {
    const mark = tokens[at]?.text;
    if (parts.length > MOST_PARTS) return null;
    if ((mark === '->' || mark === '.') && isName(tokens[at + 1]?.text ?? '')) {
      parts.push(tokens[at + 1]!.text);
      at += 2;
    } else if (mark === '[') {
      let close = at + 1;
      while (close < at + MOST_INDEX && tokens[close]?.text !== ']') close++;
      if (tokens[close]?.text !== ']') return null;
      const index = tokens.slice(at, close + 1).map(({ text }) => text);
      const indexed = `${parts.pop()}${index.join('')}`;
      if (indexed.length > MOST_CHARS) return null;
      parts.push(indexed);
      at = close + 1;
    } else return { parts, pointedAt, line: tokens[start]!.line, end: at };
  }
}

const BEFORE_STATEMENT: ReadonlySet<string> = new Set([';', '{', '}', ')', ':', ',', 'else', 'do']);

/** Whether a statement can begin with the token at `at`: so that `char *read = buf` is not an assignment to `*read`. */
export function beginsStatement(tokens: readonly CToken[], at: number): boolean {
  const before = tokens[at - 1]?.text;
  return before === undefined || BEFORE_STATEMENT.has(before);
}

/** Index of the `;` that ends the statement around `at`; of the `,` or `)` too, if it ends the expression. */
export function statementEnd(tokens: readonly CToken[], at: number): number {
  let deep = 0;
  const most = Math.min(tokens.length, at + MOST_VALUE);
  for (; at < most; at++) {
    const { text } = tokens[at]!;
    if (text === '(' || text === '[') deep++;
    else if ((text === ')' || text === ']') && deep-- === 0) return at;
    else if (text === ';' || text === '{' || text === '}' || (text === ',' && deep === 0)) return at;
  }
  return at;
}
