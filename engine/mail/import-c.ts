// SPDX-License-Identifier: GPL-2.0-only
import type { WireMapping } from '../run/types.ts';
import { CError, evaluate } from './c-expression.ts';
import { cMacros, cTokens, expandMacros, type CToken } from './c-tokens.ts';
import { plainLines } from './quotes.ts';
import { replyValue } from './reply-value.ts';
import { IMPORT_CHARS, refuse, type ImportError, type ImportedReply } from './types.ts';

/** How many bits each field of a mapping has. */
const BITS: Readonly<Record<string, bigint>> = {
  offset: 64n,
  length: 64n,
  addr: 64n,
  type: 16n,
  flags: 16n,
  dev: 32n,
};
const MAPPING = new Set(['fuse_iomap_io', 'fuse_file_iomap']);

/** An initialiser list: values by the path of their designators, such as `read.offset`. */
type Values = Map<string, { tokens: CToken[]; line: number }>;

interface Initialiser {
  /** The struct's tag, the variable's name or designator; '' where the text does not say. */
  tag: string;
  name: string;
  values: Values;
  line: number;
}

/**
 * Designated initialisers of struct fuse_iomap_begin_out, or of one or two struct fuse_iomap_io or
 * fuse_file_iomap, as a reply. The one whose name has `write` in it is the write mapping; without names the
 * first is read. A call with NULL for the write mapping, or none at all, leaves it out. Never throws.
 */
export function importC(text: string): ImportedReply | ImportError {
  if (text.length > IMPORT_CHARS) return refuse(`At most ${IMPORT_CHARS} characters are read.`);
  try {
    const lines = plainLines(text);
    const macros = cMacros(lines);
    const tokens = cTokens(lines);
    const found = initialisers(tokens);
    for (const { values } of found)
      for (const value of values.values()) value.tokens = expandMacros(value.tokens, macros);
    const cut: string[] = [];
    const mappings = found.flatMap((one) => mappingsOf(one, cut));
    if (mappings.length === 0)
      return refuse(
        'Expected a designated initialiser such as "struct fuse_iomap_io read = { .offset = 0, .length = 4096, … };".',
        tokens[0]?.line ?? 1,
      );
    const write =
      mappings.find(({ write }) => write === true) ?? mappings.filter(({ write }) => write === null)[1];
    const read = mappings.find((mapping) => mapping !== write && mapping.write !== true);
    if (read === undefined)
      return refuse(
        'There is a write mapping and no read mapping: name one of them "read".',
        write?.line ?? 1,
      );
    const unknown =
      write === undefined
        ? ['The write mapping: it is left out, so that a pure overwrite of read stands in.']
        : [];
    unknown.push(...cut);
    if (mappings.length > 2) unknown.push(`${mappings.length - 2} more mappings were passed over.`);
    return {
      ok: true,
      reply: replyValue(read.map, write?.map ?? null),
      read: read.map,
      write: write?.map ?? null,
      unknown,
    };
  } catch (error) {
    if (!(error instanceof CError)) throw error;
    return refuse(`The C can't be read: ${error.message}.`, error.line);
  }
}

/** Whether the text looks like C that importC() is for: what sniffing asks. */
export function looksLikeC(text: string): boolean {
  return (
    /\bstruct\s+(?:fuse_iomap_begin_out|fuse_iomap_io|fuse_file_iomap)\b[^;{]{0,80}\{/.test(text) ||
    /\{\s*\.(?:read\s*[.=]|write\s*[.=]|offset|length|addr|type|dev)\b/.test(text)
  );
}

interface Found {
  map: WireMapping;
  /** Null: the name does not say. */
  write: boolean | null;
  line: number;
}

/** @param cut is told which values are wider than their fields */
function mappingsOf({ tag, name, values, line }: Initialiser, cut: string[]): Found[] {
  const keys = [...values.keys()];
  if (tag === 'fuse_iomap_begin_out' || keys.some((key) => /^(read|write)(\.|$)/.test(key))) {
    for (const [key, { line }] of values)
      if (!/^(read|write)\./.test(key))
        throw new CError(`struct fuse_iomap_begin_out has no field "${key}"`, line);
    // In a struct of both, what is left out is zeroed.
    return (['read', 'write'] as const).map((which) => {
      const own = new Map(
        [...values].flatMap(([key, value]) =>
          key.startsWith(`${which}.`) ? [[key.slice(which.length + 1), value]] : [],
        ),
      );
      return { map: mapping(own, cut), write: which === 'write', line };
    });
  }
  if (!MAPPING.has(tag) && !keys.some((key) => Object.hasOwn(BITS, key))) return [];
  return [
    {
      map: mapping(values, cut),
      write: /write|wr\b/i.test(name) ? true : /read|rd\b/i.test(name) ? false : null,
      line,
    },
  ];
}

function mapping(values: Values, cut: string[]): WireMapping {
  const fields: Record<string, bigint> = { offset: 0n, length: 0n, addr: 0n, type: 0n, flags: 0n, dev: 0n };
  for (const [key, { tokens, line }] of values) {
    const bits = Object.hasOwn(BITS, key) ? BITS[key]! : undefined;
    if (bits === undefined) throw new CError(`a mapping has no field "${key}"`, line);
    const value = evaluate(tokens, line);
    const kept = BigInt.asUintN(Number(bits), value);
    // What a narrower number with a sign extends to is not lost: -1 fills the field.
    if (kept !== value && BigInt.asUintN(64, BigInt.asIntN(Number(bits), value)) !== value)
      cut.push(
        `.${key} = 0x${value.toString(16)}: the field has ${bits} bits, 0x${kept.toString(16)} is left.`,
      );
    fields[key] = kept;
  }
  const { offset, length, addr, type, flags, dev } = fields as Record<keyof WireMapping, bigint>;
  return { offset, length, addr, type: Number(type), flags: Number(flags), dev: Number(dev) };
}

/** Every `… = { .field = …` and `(struct tag) { .field = …` in the text, outermost lists only. */
function initialisers(tokens: readonly CToken[]): Initialiser[] {
  const found: Initialiser[] = [];
  for (let at = 0; at < tokens.length; at++) {
    if (tokens[at]!.text !== '{') continue;
    const head = headOf(tokens, at);
    const designated = tokens[at + 1]?.text === '.';
    const empty =
      head.tag !== '' &&
      (tokens[at + 1]?.text === '}' || (tokens[at + 1]?.text === '0' && tokens[at + 2]?.text === '}'));
    if (!designated && !empty) continue;
    const values: Values = new Map();
    const line = tokens[at]!.line;
    at = designated
      ? listOf(tokens, at, '', values, 0)
      : tokens.findIndex(({ text }, i) => i > at && text === '}');
    found.push({ ...head, values, line });
  }
  return found;
}

/** The struct's tag and the name before an opening brace. */
function headOf(tokens: readonly CToken[], at: number): { tag: string; name: string } {
  let tag = '';
  let name = '';
  for (let i = at - 1; i >= 0 && i >= at - 14; i--) {
    const { text } = tokens[i]!;
    if (text === ';' || text === '{' || text === '}') break;
    if (tokens[i - 1]?.text === 'struct') tag ||= text;
    else if (/^[A-Za-z_]/.test(text) && text !== 'struct') name ||= text;
  }
  return { tag, name };
}

/** Reads a list from its `{` on, and gives the index of its `}`. */
function listOf(
  tokens: readonly CToken[],
  open: number,
  prefix: string,
  values: Values,
  depth: number,
): number {
  if (depth > 4) throw new CError('the braces are nested too deeply', tokens[open]!.line);
  let at = open + 1;
  if (tokens[at]?.text === '0' && tokens[at + 1]?.text === '}') at++;
  while (tokens[at]?.text !== '}') {
    const start = tokens[at];
    if (start === undefined) throw new CError('a brace is not closed', tokens[open]!.line);
    let path = prefix;
    while (tokens[at]?.text === '.') {
      path += `${path === '' ? '' : '.'}${tokens[at + 1]?.text ?? ''}`;
      at += 2;
    }
    if (path === prefix)
      throw new CError(`expected a designator such as ".offset", found "${start.text}"`, start.line);
    if (tokens[at]?.text !== '=') throw new CError(`expected "=" behind ".${path}"`, start.line);
    at = skipCompound(tokens, at + 1);
    if (tokens[at]?.text === '{') at = listOf(tokens, at, path, values, depth + 1) + 1;
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
    else if (tokens[at]?.text !== '}') throw new CError(`expected "," or "}" behind ".${path}"`, start.line);
  }
  return at;
}

/** Passes over `(struct fuse_iomap_io)` before a brace. */
function skipCompound(tokens: readonly CToken[], at: number): number {
  const close = at + 3;
  return tokens[at]?.text === '(' && tokens[at + 1]?.text === 'struct' && tokens[close]?.text === ')'
    ? close + 1
    : at;
}
