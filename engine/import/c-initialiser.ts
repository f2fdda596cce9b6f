// SPDX-License-Identifier: MIT
import { CError } from './c-expression.ts';
import { BOTH, FIELDS, MAPPING } from './c-mapping.ts';
import type { CToken } from './c-tokens.ts';
import { isName } from './c-words.ts';

/** Values of an initialiser list by the path of their designators, such as `read.offset`. */
export type Values = Map<string, { tokens: readonly CToken[]; line: number }>;

/** A `{ .field = …` or an empty list of a struct. */
export interface Initialiser {
  /** The struct's tag, the variable's name or designator; '' where the text does not say. */
  tag: string;
  name: string;
  values: Values;
  /** Index of its closing brace. */
  end: number;
}

/** Reads the initialiser that opens with the `{` at `at`; null if the brace opens something else. */
export function initialiserAt(tokens: readonly CToken[], at: number): Initialiser | null {
  const head = headOf(tokens, at);
  const next = tokens[at + 1]?.text;
  if (next === '.') {
    const values: Values = new Map();
    const shape = head.tag === BOTH ? 'both' : MAPPING.has(head.tag) ? 'mapping' : null;
    return { ...head, values, end: listOf(tokens, at, '', values, 0, shape) };
  }
  const shape = head.tag === BOTH ? 'both' : MAPPING.has(head.tag) ? 'mapping' : null;
  const opens =
    tokens[at - 1]?.text === '=' || (tokens[at - 1]?.text === ')' && tokens[at - 3]?.text === 'struct');
  // A body of a function opens with a brace, too.
  if (shape !== null && opens && next !== '}' && tokens[at + 2]?.text !== '}') {
    const values: Values = new Map();
    return { ...head, values, end: listOf(tokens, at, '', values, 0, shape) };
  }
  const close = next === '0' ? at + 2 : at + 1;
  if (head.tag === '' || tokens[close]?.text !== '}') return null;
  return { ...head, values: new Map(), end: close };
}

/** The struct's tag and the name before an opening brace. */
function headOf(tokens: readonly CToken[], at: number): { tag: string; name: string } {
  let tag = '';
  let name = '';
  for (let i = at - 1; i >= 0 && i >= at - 14; i--) {
    const { text } = tokens[i]!;
    if (text === ';' || text === '{' || text === '}') break;
    if (tokens[i - 1]?.text === 'struct') tag ||= text;
    else if (isName(text) && text !== 'struct') name ||= text;
  }
  return { tag, name };
}

/** What the values of a list are for that have no designator. */
type Shape = 'both' | 'mapping' | null;

/** The field at a position of a struct; braces within one of both may be left out. */
function positionName(shape: Shape, position: number, braced: boolean): string | undefined {
  if (shape === 'mapping') return FIELDS[position];
  if (shape !== 'both') return undefined;
  if (braced) return ['read', 'write'][position];
  if (!(position < 2 * FIELDS.length)) return undefined;
  const field = FIELDS[position % FIELDS.length]!;
  return `${position < FIELDS.length ? 'read' : 'write'}.${field}`;
}

/** Reads a list from its `{` on, and returns the index of its `}`. */
function listOf(
  tokens: readonly CToken[],
  open: number,
  prefix: string,
  values: Values,
  depth: number,
  shape: Shape,
): number {
  if (depth > 4) throw new CError('the braces are nested too deeply', tokens[open]!.line);
  let at = open + 1;
  if (tokens[at]?.text === '0' && tokens[at + 1]?.text === '}') at++;
  let position = 0;
  while (tokens[at]?.text !== '}') {
    const start = tokens[at];
    if (start === undefined) throw new CError('a brace is not closed', tokens[open]!.line);
    let path = prefix;
    const positional = start.text === '.' ? undefined : positionName(shape, position++, start.text === '{');
    // After a designator the order of the fields says nothing here.
    if (positional === undefined) position = Infinity;
    else path += `${path === '' ? '' : '.'}${positional}`;
    while (tokens[at]?.text === '.') {
      path += `${path === '' ? '' : '.'}${tokens[at + 1]?.text ?? ''}`;
      at += 2;
    }
    if (path === prefix)
      throw new CError(`expected a designator such as ".offset", found "${start.text}"`, start.line);
    if (positional === undefined && tokens[at++]?.text !== '=')
      throw new CError(`expected "=" after ".${path}"`, start.line);
    at = skipCompound(tokens, at);
    if (tokens[at]?.text === '{')
      at = listOf(tokens, at, path, values, depth + 1, shape === 'both' ? 'mapping' : null) + 1;
    else {
      const from = at;
      for (let deep = 0; at < tokens.length; at++) {
        const { text } = tokens[at]!;
        if (text === '(') deep++;
        else if (text === ')') deep--;
        else if (deep <= 0 && (text === ',' || text === '}')) break;
        else if (text === ';' || text === '{')
          throw new CError(`".${path}" has no value that can be read`, start.line);
      }
      values.set(path, { tokens: tokens.slice(from, at), line: start.line });
    }
    if (tokens[at]?.text === ',') at++;
    else if (tokens[at]?.text !== '}') throw new CError(`expected "," or "}" after ".${path}"`, start.line);
  }
  return at;
}

/** Skips `(struct fuse_iomap_io)` before a brace. */
function skipCompound(tokens: readonly CToken[], at: number): number {
  const close = at + 3;
  return tokens[at]?.text === '(' && tokens[at + 1]?.text === 'struct' && tokens[close]?.text === ')'
    ? close + 1
    : at;
}
