// SPDX-License-Identifier: MIT
/**
 * Values as a card writes them: words and numbers as they are, `WRITE|DIRECT` for a list of words, and JSON for
 * the rest. What a line break does to a value is undone when it is read:
 *
 * - in a string, any run of blanks is one space; a space that must stay otherwise is written \u0020
 * - a backslash before blanks is a joint: it and they are nothing
 * - a word that ends in `|` goes on with the next
 */

import { FUSE_IOMAP_TYPE, nameOf } from '../kernel/names.ts';
import { opNames, typeNumber } from '../kernel/codes.ts';
import type { JsonValue } from '../scenario/json.ts';
import { minify } from '../scenario/write.ts';
import { hexText } from './json.ts';

/** Words that open a row together with a name; as a value they stand in quotes. */
export const HEADS: ReadonlySet<string> = new Set(['device', 'fd', 'inode', 'step', 'answer']);

/** Characters of one piece: what fits after the labels of a row. */
const PIECE = 56;
const WORD = /^(?!-?[0-9]+$)-?[A-Za-z0-9_][A-Za-z0-9_.-]*$/;
const FLAG = /^[A-Za-z0-9_]+$/;
const SUFFIX: readonly [string, bigint][] = [
  ['E', 60n],
  ['P', 50n],
  ['T', 40n],
  ['G', 30n],
  ['M', 20n],
  ['K', 10n],
];

/** The pieces of a value: they may stand on different lines, and join by the rules above. */
export function valuePieces(value: JsonValue, key = ''): string[] {
  if (typeof value === 'bigint' || typeof value === 'number') return [numberText(BigInt(value), key)];
  if (typeof value === 'string') {
    if (WORD.test(value) && !isSpecial(value) && value.length <= PIECE) return [value];
    return stringPieces(/^(?:[0-9a-f]{2})+$/.test(value) && isBytes(key) ? grouped(value) : value);
  }
  if (Array.isArray(value) && value.every(isFlag)) {
    if (isFlags(key) && value.length === 0) return ['0'];
    if (isFlags(key) || value.length > 1) return flagPieces(value);
  }
  return jsonPieces(value);
}

/** Where a mapping of the wire stands; the structs of the kernel have types of their own. */
const MAPPINGS: ReadonlySet<string> = new Set(['read', 'write', 'map']);

/** A number, of which op flags and types of mappings are codes: see numbering.ts. */
function numberValue(value: number, key: string, ofMapping: boolean): JsonValue {
  if (key === 'op' || key === 'opflags') return opNames(value);
  if (key === 'type' && ofMapping) return nameOf(FUSE_IOMAP_TYPE, value) ?? BigInt(typeNumber(value));
  return BigInt(value);
}

/** A scenario as the engine holds it, in the words of a document: filled-in defaults stay. */
export function documentValue(value: unknown, key = '', ofMapping = false): JsonValue {
  if (value instanceof Uint8Array) return hexText(value);
  if (typeof value === 'number') return numberValue(value, key, ofMapping);
  if (Array.isArray(value)) return value.map((item) => documentValue(item, key));
  if (typeof value === 'object' && value !== null) {
    const entries = Object.entries(value).filter(([, item]) => item !== undefined && !isLeftOut(item));
    const mapping = MAPPINGS.has(key);
    return Object.fromEntries(entries.map(([name, item]) => [name, documentValue(item, name, mapping)]));
  }
  return value as JsonValue;
}

/** A reply that a step left out: what stands for it is not in the document. */
const isLeftOut = (item: unknown): boolean => typeof item === 'object' && item !== null && 'leftOut' in item;

const isFlag = (item: JsonValue): item is string =>
  typeof item === 'string' && FLAG.test(item) && !isSpecial(item) && !/^\d+$/.test(item);
const isSpecial = (word: string) => HEADS.has(word) || ['true', 'false', 'null'].includes(word);
const isFlags = (key: string) => key === 'op' || key === 'flags' || key === 'opflags';
const isBytes = (key: string) => key === 'hex' || key === 'payload' || key === 'arg';

/** Sizes with their suffix, addresses in hex, the rest in decimal while that is readable. */
function numberText(value: bigint, key: string): string {
  if (value < 0n) return String(value);
  if (/^addr$|^padding$/.test(key)) return `0x${value.toString(16)}`;
  if (/size$|bytes$/i.test(key) && value > 0n) {
    const found = SUFFIX.find(([, bits]) => (value >> bits) << bits === value);
    if (found !== undefined) return `${value >> found[1]}${found[0]}`;
  }
  return value < 1n << 40n ? String(value) : `0x${value.toString(16)}`;
}

/** `WRITE|DIRECT`, in more than one piece only if it is long. */
function flagPieces(words: readonly string[]): string[] {
  const pieces = [''];
  words.forEach((word, i) => {
    const text = i < words.length - 1 ? `${word}|` : word;
    const longer = pieces.at(-1)! + text;
    if (longer.length <= PIECE) pieces[pieces.length - 1] = longer;
    else pieces.push(text);
  });
  return pieces;
}

/** Four bytes to a word, as a dump has them. */
function grouped(hex: string): string {
  return hex.match(/.{1,8}/g)?.join(' ') ?? '';
}

function jsonPieces(value: JsonValue): string[] {
  if (typeof value === 'string') return stringPieces(value);
  if (typeof value !== 'object' || value === null) return [minify(value)];
  const items = Array.isArray(value)
    ? value.map(jsonPieces)
    : Object.entries(value).map(([name, item]) => [
        ...glue(stringPieces(name), ':', []),
        ...jsonPieces(item),
      ]);
  const [open, close] = Array.isArray(value) ? ['[', ']'] : ['{', '}'];
  const inside = items.flatMap((pieces, i) => (i < items.length - 1 ? glue(pieces, ',', []) : pieces));
  return glue([], open, glue(inside, close, []));
}

/** Two lists of pieces with a mark between them that stands alone nowhere. */
function glue(before: string[], mark: string, after: string[]): string[] {
  if (before.length === 0) return [mark + (after[0] ?? ''), ...after.slice(1)];
  return [...before.slice(0, -1), before.at(-1)! + mark, ...after];
}

/** A JSON string in pieces: between two there is a space, or a joint if the first ends in a backslash. */
function stringPieces(text: string): string[] {
  const words = [...escaped(text)].join('').split(' ');
  const pieces = words.flatMap((word) => joints(word));
  return glue([], '"', glue(pieces, '"', []));
}

/** The text with everything escaped that a mail program might change. */
function* escaped(text: string): Generator<string> {
  let before = ' ';
  for (let i = 0; i < text.length; i++) {
    const char = text[i]!;
    if (char === ' ') yield before === ' ' || i === text.length - 1 ? '\\u0020' : ' ';
    else if (char === '>' && (before === ' ' || before === '>')) yield '\\u003e';
    else if (char === '"' || char === '\\') yield `\\${char}`;
    else if (char === '\n') yield '\\n';
    else if (char < ' ' || char > '~') yield `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`;
    else yield char;
    before = char;
  }
}

/** A long word cut at joints, never within an escape, and no piece beginning with a quote mark of mails. */
function joints(word: string): string[] {
  const pieces: string[] = [];
  let piece = '';
  for (const [unit] of word.matchAll(/\\u[0-9a-f]{4}|\\.|./gs)) {
    if (piece.length + unit.length >= PIECE && unit !== '>') {
      pieces.push(`${piece}\\`);
      piece = '';
    }
    piece += unit;
  }
  return [...pieces, piece];
}
