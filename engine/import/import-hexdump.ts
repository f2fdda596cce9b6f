// SPDX-License-Identifier: MIT
import { grouped } from '../kernel/digits.ts';
import { FUSE_IOMAP_TYPE, nameOf } from '../kernel/names.ts';
import { otherMeaning } from '../kernel/numbering.ts';
import { BEGIN_OUT_BYTES, MAPPING_BYTES, OUT_HEADER_BYTES, decodeOutHeader } from '../kernel/wire.ts';
import { arrayBytes, signsIn } from './array-bytes.ts';
import { dumpBytes, type Dump } from './hexdump-bytes.ts';
import { dumpLine, type DumpLine } from './hexdump-lines.ts';
import { messagesOf, type DumpPiece } from './dump-messages.ts';
import { piecesOf } from './dump-pieces.ts';
import { hasNumberDump, isCommanded, numberDumps } from './number-dump.ts';
import { plainLines, type PlainLine } from '../mail/quotes.ts';
import { exchanges } from './import-strace.ts';
import { transfers } from './syscalls.ts';
import { answerOf, requestOf, type ImportedDump } from './wire-bytes.ts';
import { IMPORT_CHARS, refuse, type ImportError } from './types.ts';

/** Why a text can't be used; `unlikely`: it hardly is a dump, though some lines could be of one. */
type DumpError = ImportError & { unlikely?: true };

/**
 * A hexdump of an answer to FUSE_IOMAP_BEGIN: the 80 bytes with their fuse_out_header, the 64 of struct
 * fuse_iomap_begin_out, the 32 of one mapping, or the 16 of an error; or the request, or both, once or many times, in a trace of strace or in dumps.
 * Anything that begins with a header which fits it is taken as raw bytes; anything else is an error. Never throws.
 */
export function importHexdump(text: string): ImportedDump | DumpError {
  if (text.length > IMPORT_CHARS) return refuse(`At most ${grouped(IMPORT_CHARS)} characters are read.`);
  const lines = plainLines(text);
  const signs = signsIn(text);
  const calls = signs.quoted ? transfers(lines) : [];
  if (calls.length > 0) return exchanges(calls);
  if (isCommanded(lines)) return inNumbers(lines);
  const found = inBytes(text, lines, signs.listed);
  if (found.ok || !hasNumberDump(lines)) return found;
  const inHex = lines.every((line) => line.text.trim() === '' || dumpLine(line) !== null);
  const numbers = inNumbers(lines);
  return numbers.ok || !inHex ? numbers : found;
}

/** A dump in decimal, octal or binary numbers. Lines of something else within one would part it: then it is not whole. */
function inNumbers(lines: readonly PlainLine[]): ImportedDump | DumpError {
  const dumps = numberDumps(lines, isAnswer);
  const wrong = dumps.find((dump) => !dump.ok);
  if (wrong !== undefined && !wrong.ok) return wrong;
  const pieces = dumps.flatMap((dump) => (dump.ok ? [dump] : []));
  const messages = messagesOf(pieces);
  if (messages.length > 1) return exchanges(messages);
  const [only, next] = pieces;
  if (next !== undefined)
    return refuse('Expected a line of the dump, found something else before it goes on.', next.line);
  return requestOf(only!.bytes) ?? answerOf(only!.bytes);
}

/** A dump of bytes and words in hex digits, an array, a string. */
function inBytes(text: string, lines: readonly PlainLine[], listed: boolean): ImportedDump | DumpError {
  const array = listed ? arrayBytes(lines.map((line) => line.text).join('\n')) : null;
  const read = array === null ? lines.map(dumpLine) : [];
  const dump: Dump =
    array === null
      ? dumpBytes(lines, isAnswer, read)
      : { ok: true, bytes: array.bytes, form: 'bare', foreign: false };
  const messages = messagesOf(dump.ok ? [{ line: 1, bytes: dump.bytes }] : dumpsIn(lines, read));
  if (messages.length > 1) return exchanges(messages);
  if (!dump.ok) return dump;
  const width = swappedWords(dump.bytes);
  const bytes = width === null ? dump.bytes : turnedWords(dump.bytes, width);
  const found = requestOf(bytes) ?? answerOf(bytes);
  if (dump.form !== 'addressed') {
    // A lone run of digits among other words may be the name of anything, and a long one is hardly one.
    const alone = !dump.foreign || (dump.form === 'run' && bytes.length >= LEAST_RUN) || isHeaded(bytes);
    const printed = !found.ok && PRINTED.test(text) ? { ...found, message: found.message + NUL } : found;
    if (!printed.ok) return alone ? printed : { ...printed, unlikely: true };
    if (!found.ok) return found;
    if (!isPlausible(found)) return { ...refuse(NOT_AN_ANSWER), unlikely: true };
  }
  if (!found.ok) return found;
  const notes = [
    ...(width === null
      ? []
      : [
          `The bytes stood in words of ${width}, the highest first, as "xxd -e" prints them: their order was reversed.`,
        ]),
    ...(array === null || array.filled === 0
      ? []
      : [`The last ${array.filled} bytes are not in the list: they are 0, as its size says.`]),
  ];
  return notes.length === 0 ? found : { ...found, unknown: [...notes, ...found.unknown] };
}

/** The bytes of each dump, where there is more than one; one that can't be read is left out. */
function dumpsIn(lines: readonly PlainLine[], read: readonly (DumpLine | null)[]): DumpPiece[] {
  const pieces = piecesOf(lines, read);
  if (pieces.length < 2) return [];
  return pieces.flatMap((piece) => {
    const dump = dumpBytes(piece.lines, isAnswer, piece.read);
    if (!dump.ok) return [];
    const width = swappedWords(dump.bytes);
    const bytes = width === null ? dump.bytes : turnedWords(dump.bytes, width);
    return [{ line: piece.lines[0]!.line, bytes }];
  });
}

/** `$1 = "P\000…`: gdb prints a buffer as a string. */
const PRINTED = /\$\d{1,6} = "/;
const NUL = ' gdb leaves the last NUL of a string out: print the bytes with p/x, or with x/80xb.';
/** Whether bytes begin with the header of an answer that has mappings. */
function isHeaded(bytes: Uint8Array): boolean {
  const header = decodeOutHeader(bytes);
  return header?.len === OUT_HEADER_BYTES + BEGIN_OUT_BYTES && header.error === 0;
}
/** Longer than a request header, and than what is named by a sum. */
const LEAST_RUN = 33;
/** A header that says more is none. */
const MOST_BYTES = 65_536;
const NOT_AN_ANSWER =
  'These bytes have the length of an answer, but neither its header nor types that a mapping has.';

/** Digits without an address may be anything of that length: a header says what they are, or the types do. */
function isPlausible({ header, read, write }: ImportedDump): boolean {
  if (header !== null) return read !== null || header.error < 0 || isLength(header.len);
  return [read, write].every(
    (map) =>
      map === null || nameOf(FUSE_IOMAP_TYPE, map.type) !== undefined || otherMeaning(map.type) !== null,
  );
}

const isLength = (len: number): boolean => len > OUT_HEADER_BYTES && len <= MOST_BYTES;

/** Whether the bytes have one of the lengths that an answer has. */
const isAnswer = (bytes: Uint8Array): boolean =>
  [MAPPING_BYTES, BEGIN_OUT_BYTES, OUT_HEADER_BYTES + BEGIN_OUT_BYTES].includes(bytes.length) ||
  decodeOutHeader(bytes)?.len === bytes.length;

/** How many bytes each reversed word has, by the length in the header; null if none is reversed. */
function swappedWords(bytes: Uint8Array): 4 | 8 | null {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes.length < OUT_HEADER_BYTES) return null;
  if (view.getUint32(0) === bytes.length) return 4;
  return view.getUint32(0) === 0 && view.getUint32(4) === bytes.length ? 8 : null;
}

function turnedWords(bytes: Uint8Array, width: number): Uint8Array {
  const turned = bytes.slice();
  for (let at = 0; at < turned.length; at += width) turned.subarray(at, at + width).reverse();
  return turned;
}
