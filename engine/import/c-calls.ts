// SPDX-License-Identifier: MIT
import type { CToken } from './c-tokens.ts';
import { isName, isWrapper } from './c-words.ts';

/** What the walk through a text of C does not do, by its words, with the lines where it stands. */
export class Passed {
  readonly #lines = new Map<string, number[]>();

  add(words: string, line: number): void {
    const lines = this.#lines.get(words) ?? [];
    if (lines.at(-1) !== line) lines.push(line);
    this.#lines.set(words, lines);
  }

  /** A sentence each: `Line 4: the call of fill_hole() is not carried out.` */
  sentences(): string[] {
    const all = [...this.#lines].map(([words, lines]) => `${linesText(lines)}: ${words}.`);
    const more = all.length - MOST_TOLD;
    return more <= 0 ? all : [...all.slice(0, MOST_TOLD), `${more} more things are not carried out.`];
  }
}

const MOST_TOLD = 12;
const MOST_LINES = 8;

function linesText(lines: readonly number[]): string {
  if (lines.length === 1) return `Line ${lines[0]}`;
  const more = lines.length > MOST_LINES ? ', …' : '';
  return `Lines ${lines.slice(0, MOST_LINES).join(', ')}${more}`;
}

/** What a keyword means here; null for one that changes nothing. */
export function keywordWords(word: string): string | null {
  switch (word) {
    case 'for':
    case 'while':
    case 'do':
      return `the loop ("${word}") is not carried out, its body counts once`;
    case 'if':
    case 'switch':
      return `"${word}" is not decided, every branch counts, one after the other`;
    case 'goto':
      return '"goto" is not carried out';
    default:
      return null;
  }
}

const NOT_CALLS: ReadonlySet<string> = new Set([
  ...['sizeof', 'offsetof', 'typeof', '__typeof__', 'alignof', '_Alignof', '__attribute__', 'defined'],
  ...['return', 'if', 'for', 'while', 'switch', 'do', 'else', 'case'],
  ...['likely', 'unlikely'],
]);

/** More tokens than the arguments of a call have. */
const MOST_ARGUMENTS = 200;

/**
 * The call that begins with the name at `at`: its arguments as tokens, and the index of its closing parenthesis. Null for
 * a definition, a declaration, and what only looks like a call.
 */
export function callAt(tokens: readonly CToken[], at: number): { args: CToken[][]; end: number } | null {
  const name = tokens[at]?.text ?? '';
  if (tokens[at + 1]?.text !== '(' || !isName(name) || isWrapper(name) || NOT_CALLS.has(name)) return null;
  const args: CToken[][] = [[]];
  let deep = 0;
  let end = at + 1;
  for (; end < tokens.length && end < at + MOST_ARGUMENTS; end++) {
    const { text } = tokens[end]!;
    if (text === '(' || text === '[') deep++;
    if (text === ')' || text === ']') deep--;
    if (deep === 0) break;
    if (text === ';' || text === '{') return null;
    if (text === ',' && deep === 1) args.push([]);
    else if (!(text === '(' && deep === 1 && end === at + 1)) args.at(-1)!.push(tokens[end]!);
  }
  if (tokens[end]?.text !== ')') return null;
  // A body makes it a definition, and a type before it a declaration.
  const after = tokens[end + 1]?.text;
  const before = tokens[at - 1]?.text ?? '';
  if (after === '{' || (isName(before) && !/^(?:return|else|do|case)$/.test(before))) return null;
  return { args, end };
}
