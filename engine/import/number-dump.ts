// SPDX-License-Identifier: MIT
/**
 * Dumps in decimal, octal and binary numbers. What a number is worth in bytes is never guessed: the command above the
 * dump says it, or the addresses do, or the width of od's columns. Where none does, the reader is told what to paste.
 */
import { grouped } from '../kernel/digits.ts';
import type { PlainLine } from '../mail/quotes.ts';
import { numberBlocks, type NumberBlock, type NumberLine } from './number-lines.ts';
import { refuse, type ImportError } from './types.ts';

/** More than any answer; a `*` could ask for much more. */
const DUMP_BYTES = 65_536;
/** Fewer numbers without an address are not looked at: they may be anything. */
const LEAST_WORDS = 8;
const UNITS = [1, 2, 4, 8] as const;
type Unit = (typeof UNITS)[number];

/** od's columns in decimal by bytes and sign: no other program has them. */
const COLUMNS: Readonly<Record<number, Unit>> = { 4: 1, 5: 1, 6: 2, 7: 2, 11: 4, 12: 4, 21: 8 };
/** Digits of a number that is padded with zeros. */
const OCTAL: Readonly<Record<number, Unit>> = { 3: 1, 6: 2, 11: 4, 22: 8 };
const BINARY: Readonly<Record<number, Unit>> = { 8: 1, 16: 2, 32: 4, 64: 8 };

export interface NumberDump {
  ok: true;
  bytes: Uint8Array;
  /** The line, from 1, that it begins at. */
  line: number;
}

/** Whether a text has lines that only this reader takes for a dump. */
export const hasNumberDump = (lines: readonly PlainLine[]): boolean => blocksIn(lines).length > 0;

/** Whether a command says what the numbers of a dump without addresses are: then no other reader may guess. */
export const isCommanded = (lines: readonly PlainLine[]): boolean =>
  numberBlocks(lines).some(
    ({ command, lines: own }) =>
      command?.unit != null && (command.unit > 1 || command.radix !== 16) && own[0]!.address === null,
  );

/** The dumps of a text, each whole or why it can't be read. */
export function numberDumps(
  lines: readonly PlainLine[],
  wanted: (bytes: Uint8Array) => boolean,
): (NumberDump | ImportError)[] {
  return blocksIn(lines).map((block) => dumpOf(block, wanted));
}

/** One that is surely a dump makes any other lines with an address a part of it, which something else parted from it. */
function blocksIn(lines: readonly PlainLine[]): NumberBlock[] {
  const blocks = numberBlocks(lines).filter((block) => wordsOf(block).length > 0);
  const sure = new Set(blocks.filter(isSure));
  return sure.size === 0 ? [] : blocks.filter((one) => sure.has(one) || one.lines.some(isAddressed));
}

const wordsOf = ({ lines }: NumberBlock): string[] => lines.flatMap((one) => one.words);

function isSure(block: NumberBlock): boolean {
  const { command, lines } = block;
  return (
    command !== null ||
    lines.some((one) => one.debugger) ||
    lines.filter(isAddressed).length > 1 ||
    wordsOf(block).length >= LEAST_WORDS
  );
}

const isAddressed = ({ address }: NumberLine): boolean => address !== null;

/** One way to read a dump: the radix of its addresses, and the bytes of a number. */
interface Reading {
  addresses: 8 | 10 | 16;
  unit: Unit;
}

function dumpOf(block: NumberBlock, wanted: (bytes: Uint8Array) => boolean): NumberDump | ImportError {
  const { lines, command } = block;
  const [first] = lines;
  const radix = command?.radix ?? radixOf(lines);
  const units = unitsOf(block, radix);
  const bases = first!.address === null || first!.debugger ? ([16] as const) : ([8, 10, 16] as const);
  const readings = bases.flatMap((addresses) => units.map((unit): Reading => ({ addresses, unit })));
  const results = readings.map((reading) => ({ unit: reading.unit, dump: bytesOf(block, reading, radix) }));
  const whole = results.filter(({ dump }) => dump.ok);
  const column = columnUnit(lines);
  const choices = [
    whole,
    whole.filter(({ unit }) => unit === column),
    whole.filter(({ dump }) => dump.ok && wanted(dump.bytes)),
  ];
  for (const some of choices) {
    const [only, ...others] = new Map(
      some.map(({ dump }) => [dump.ok ? String(dump.bytes) : '', dump]),
    ).values();
    if (only !== undefined && others.length === 0) return only;
  }
  // What is told is of the reading that the columns are for, or of the usual one.
  const told = results.find(({ unit }) => unit === column) ?? results[0];
  if (whole.length === 0 && told !== undefined && (units.length === 1 || column !== null)) return told.dump;
  return refuse(UNSAID, first!.line);
}

const UNSAID =
  'These are numbers, and nothing says how many bytes each has. Paste the command with them (od -A d -t u4 FILE), its ' +
  'addresses too, or a dump of bytes: xxd FILE, od -t x1 FILE, x/80xb ADDRESS in gdb.';

/** The radix that numbers without a command are in: octal begins with 0, and binary has nothing but bits. */
function radixOf(lines: readonly NumberLine[]): 2 | 8 | 10 {
  const words = lines.flatMap((one) => one.words);
  const [{ length = 0 } = ''] = words;
  const same = words.every((word) => word.length === length);
  if (same && BINARY[length] !== undefined && words.every((word) => /^[01]+$/.test(word))) return 2;
  const long = words.filter((word) => word.length > 1);
  const octal = long.length > 0 && long.every((word) => /^0[0-7]+$/.test(word));
  const padded = same && OCTAL[length] !== undefined && words.every((word) => /^[0-7]+$/.test(word));
  return padded || (octal && !same) ? 8 : 10;
}

/** How many bytes a number may have, by what the text says beside its addresses. */
function unitsOf({ command, lines }: NumberBlock, radix: number): readonly Unit[] {
  if (command?.unit != null) return [command.unit];
  const words = lines.flatMap((one) => one.words);
  const length = words[0]?.length ?? 0;
  const same = words.every((word) => word.length === length);
  const padded = !same ? undefined : radix === 2 ? BINARY[length] : radix === 8 ? OCTAL[length] : undefined;
  if (padded !== undefined) return [padded];
  if (lines.filter(isAddressed).length > 1) return UNITS;
  const column = radix === 10 ? columnUnit(lines) : null;
  return column === null ? [] : [column];
}

/** What od's columns say: they have one width in all lines. */
function columnUnit(lines: readonly NumberLine[]): Unit | null {
  const widths = new Set(lines.filter(({ words }) => words.length > 1).map(({ column }) => column));
  const [width] = widths;
  return widths.size === 1 && width != null && !lines[0]!.debugger ? (COLUMNS[width] ?? null) : null;
}

function bytesOf(
  { lines, command }: NumberBlock,
  { addresses, unit }: Reading,
  radix: number,
): NumberDump | ImportError {
  const bytes: number[] = [];
  let before: number[] = [];
  let repeating = false;
  const base = addressOf(lines[0]!.address ?? '0', addresses);
  if (base !== 0n && command === null && !lines[0]!.debugger)
    return refuse(
      `The dump begins at the address ${lines[0]!.address}: it lost its beginning.`,
      lines[0]!.line,
    );
  for (const { line, address, words, repeat } of lines) {
    if (repeat) {
      repeating = true;
      continue;
    }
    if (address !== null) {
      const at = Number(addressOf(address, addresses) - base);
      if (at > DUMP_BYTES)
        return refuse(`The dump goes on for more than ${grouped(DUMP_BYTES)} bytes.`, line);
      while (repeating && bytes.length < at && before.length > 0) for (const byte of before) bytes.push(byte);
      if (at !== bytes.length)
        return refuse(
          `The address ${address} does not follow on the lines before it: a line is missing or changed.`,
          line,
        );
    } else if (repeating) return refuse(LOST, line);
    repeating = false;
    before = [];
    for (const word of words) {
      const value = valueOf(word, radix);
      const bits = BigInt(8 * unit);
      if (value === null || value >= 1n << bits || value < -(1n << (bits - 1n)))
        return refuse(`Expected a number of ${unit} bytes, found ${word}.`, line);
      for (let i = 0; i < unit; i++) before.push(Number((value >> BigInt(8 * i)) & 0xffn));
    }
    for (const byte of before) bytes.push(byte);
    if (bytes.length > DUMP_BYTES) return refuse(`At most ${grouped(DUMP_BYTES)} bytes are read.`, line);
  }
  if (repeating) return refuse(LOST, lines.at(-1)!.line);
  return { ok: true, bytes: Uint8Array.from(bytes), line: lines[0]!.line };
}

const LOST =
  'A "*" stands for more lines like the one before. The address after it says how many, and is not here: paste the ' +
  'dump with its addresses, or print it with -v.';

const DIGITS: Readonly<Record<number, RegExp>> = {
  2: /^[01]+$/,
  8: /^[0-7]+$/,
  10: /^-?\d+$/,
  16: /^[0-9a-f]+$/i,
};
const PREFIXES: Readonly<Record<number, string>> = { 2: '0b', 8: '0o', 10: '', 16: '0x' };

const valueOf = (word: string, radix: number): bigint | null =>
  DIGITS[radix]!.test(word) ? BigInt(PREFIXES[radix]! + word) : null;

/** An address in 64 bits; -1 if the radix lacks one of its digits. */
const addressOf = (text: string, radix: number): bigint => valueOf(text, radix) ?? -1n;
