// SPDX-License-Identifier: MIT
import { grouped } from '../kernel/digits.ts';
import { errnoText } from '../kernel/errno.ts';
import { FUSE_IOMAP_TYPE, FUSE_OPCODE, nameOf } from '../kernel/names.ts';
import { otherMeaning } from '../kernel/numbering.ts';
import {
  BEGIN_OUT_BYTES,
  MAPPING_BYTES,
  OUT_HEADER_BYTES,
  decodeMapping,
  decodeOutHeader,
  decodeRequest,
} from '../kernel/wire.ts';
import { hexText } from '../text/json.ts';
import { dumpBytes } from './hexdump-bytes.ts';
import { plainLines } from '../mail/quotes.ts';
import { canonicalReply, replyValue } from './reply-value.ts';
import { transfers, type Transfer } from './syscalls.ts';
import { IMPORT_CHARS, refuse, type ImportError, type ImportedReply, type Question } from './types.ts';

/** A reply read from its bytes, and what their header says. */
export interface ImportedDump extends ImportedReply {
  bytes: Uint8Array;
  /** Null if the dump begins with the payload. */
  header: { len: number; error: number; unique: bigint } | null;
  /** The request that is answered, if it is in the text. */
  question: Question | null;
  /** False if there is only a request: then `reply` is empty. */
  answered: boolean;
}

/** Why a text can't be used; `unlikely`: it hardly is a dump, though some lines could be of one. */
type DumpError = ImportError & { unlikely?: true };

/**
 * A hexdump of an answer to FUSE_IOMAP_BEGIN: the 80 bytes with their fuse_out_header, the 64 of struct
 * fuse_iomap_begin_out, the 32 of one mapping, or the 16 of an error; or the request, or both in a trace of strace.
 * Anything that begins with a header which fits it is taken as raw bytes; anything else is an error. Never throws.
 */
export function importHexdump(text: string): ImportedDump | DumpError {
  if (text.length > IMPORT_CHARS) return refuse(`At most ${IMPORT_CHARS} characters are read.`);
  const lines = plainLines(text);
  const calls = text.includes('"') ? transfers(lines) : [];
  if (calls.length > 0) return exchange(calls);
  const dump = dumpBytes(lines, isAnswer);
  if (!dump.ok) return dump;
  const width = swappedWords(dump.bytes);
  const bytes = width === null ? dump.bytes : turnedWords(dump.bytes, width);
  const found = requestOf(bytes) ?? answer(bytes);
  if (dump.form !== 'addressed') {
    const foreign = dump.form === 'run' || dump.foreign;
    if (!found.ok) return foreign ? { ...found, unlikely: true } : found;
    if (!isPlausible(found)) return { ...refuse(NOT_AN_ANSWER), unlikely: true };
  }
  if (!found.ok || width === null) return found;
  const note = `The bytes stood in words of ${width}, the highest first, as "xxd -e" prints them: their order was reversed.`;
  return { ...found, unknown: [note, ...found.unknown] };
}

const NOT_AN_ANSWER =
  'These bytes have the length of an answer, but neither its header nor types that a mapping has.';

/** Digits without an address may be anything of that length: a header says what they are, or the types do. */
function isPlausible({ header, read, write }: ImportedDump): boolean {
  if (header !== null) return read !== null || header.error < 0 || header.len > OUT_HEADER_BYTES;
  return [read, write].every(
    (map) =>
      map === null || nameOf(FUSE_IOMAP_TYPE, map.type) !== undefined || otherMeaning(map.type) !== null,
  );
}

/** Whether the bytes have one of the lengths that an answer has. */
const isAnswer = (bytes: Uint8Array): boolean =>
  [MAPPING_BYTES, BEGIN_OUT_BYTES, OUT_HEADER_BYTES + BEGIN_OUT_BYTES].includes(bytes.length) ||
  decodeOutHeader(bytes)?.len === bytes.length;

/** A trace of strace: the first answer that is whole, with its request if that is there. */
function exchange(calls: readonly Transfer[]): ImportedDump | ImportError {
  const requests = new Set(calls.filter(({ way, bytes }) => way !== 'write' && isRequest(bytes)));
  const writes = calls.filter((call) => call.way !== 'read' && !requests.has(call));
  const whole = writes.filter(({ cut }) => !cut);
  const asked = new Map(
    [...requests].flatMap(({ bytes }) => {
      const found = requestOf(bytes);
      return found?.ok && found.question !== null ? [[found.question.unique, found.question] as const] : [];
    }),
  );
  const answers = whole.flatMap(({ bytes }) => {
    const found = answer(bytes);
    return found.ok ? [found] : [];
  });
  const chosen = answers.find(({ header }) => header !== null && asked.has(header.unique)) ?? answers[0];
  const lost = writes.filter(({ cut, bytes }) => cut && bytes.length > 0);
  if (chosen === undefined && lost[0] !== undefined) return refuse(cutWords(lost[0]), lost[0].line);
  if (chosen === undefined) {
    const [request] = requests;
    if (request !== undefined) return requestOf(request.bytes)!;
    return refuse('There is no answer to FUSE_IOMAP_BEGIN among these calls.', calls[0]!.line);
  }
  const question = asked.get(chosen.header?.unique ?? -1n) ?? null;
  const more = answers.length - 1;
  return {
    ...chosen,
    question,
    unknown: [
      ...chosen.unknown,
      ...(more === 0 ? [] : [`${more} more ${more === 1 ? 'answer is' : 'answers are'} here and not used.`]),
      ...(lost[0] === undefined ? [] : [`Line ${lost[0].line}: ${cutWords(lost[0])}`]),
    ],
  };
}

function cutWords({ bytes, whole }: Transfer): string {
  const of = whole === null ? '' : ` of ${grouped(whole)}`;
  return (
    `strace cut what was written here: ${grouped(bytes.length)}${of} bytes are shown, and the rest is lost. ` +
    'Trace with "strace -s 200", or with "-e write=all", which prints all of it.'
  );
}

/** Whether bytes begin as a request of fuse-iomap does: a length, then the opcode. */
function isRequest(bytes: Uint8Array): boolean {
  const header = decodeOutHeader(bytes);
  return header !== null && nameOf(FUSE_OPCODE, header.error) !== undefined && header.len >= REQUEST_BYTES;
}

const REQUEST_BYTES = 40;
const BEGIN_REQUEST_BYTES = 72;

/** A dump of a request: its question if it is a FUSE_IOMAP_BEGIN, and an error in words if it can't be used; null for no request. */
function requestOf(bytes: Uint8Array): ImportedDump | ImportError | null {
  if (!isRequest(bytes)) return null;
  const { len, error: opcode } = decodeOutHeader(bytes)!;
  const what = `a request ${nameOf(FUSE_OPCODE, opcode)} (opcode ${opcode}) of the kernel, not an answer`;
  if (opcode !== FUSE_OPCODE.FUSE_IOMAP_BEGIN)
    return refuse(`This is ${what}. Only a FUSE_IOMAP_BEGIN becomes a question here.`);
  if (bytes.length < BEGIN_REQUEST_BYTES || bytes.length < len)
    return refuse(`This is ${what}. It has ${len} bytes, and ${bytes.length} are here: it lost its end.`);
  const { opflags: op, pos, count, attr_ino: ino, nodeid, unique } = decodeRequest(bytes);
  return {
    ...nothing(bytes, null),
    question: { op, pos, count, ino, nodeid, unique },
    answered: false,
    unknown: [
      `This is ${what}: it becomes the question of the step, and the answer is left for you to write.`,
    ],
  };
}

function answer(bytes: Uint8Array): ImportedDump | ImportError {
  const header = decodeOutHeader(bytes);
  const whole = OUT_HEADER_BYTES + BEGIN_OUT_BYTES;
  const headed = header !== null && header.len === bytes.length;
  // No mapping begins at byte 80: these are the length of an answer, and no error.
  if (header?.len === whole && header.error === 0 && bytes.length < whole)
    return refuse(
      `The header says ${whole} bytes, and ${bytes.length} are here: the answer lost its end. What is here is not ` +
        'taken for an answer.',
    );
  if (headed && header.error === 0 && bytes.length === whole) return mapped(bytes, OUT_HEADER_BYTES, header);
  if (headed && bytes.length === OUT_HEADER_BYTES && header.error < 0)
    return {
      ...nothing(bytes, header),
      reply: { error: errnoText(header.error) },
    };
  if (bytes.length === BEGIN_OUT_BYTES) return mapped(bytes, 0, null);
  if (bytes.length === MAPPING_BYTES) {
    const read = decodeMapping(bytes, 0);
    const unknown = [
      'The write mapping: it is left out, so that a pure overwrite of read stands in. If the dump lost its end, the ' +
        'write mapping is lost, and that is not so.',
    ];
    return { ...nothing(bytes, null), reply: replyValue(read, null), read, unknown };
  }
  if (headed || bytes.length === whole)
    return { ...nothing(bytes, header), reply: canonicalReply({ hex: hexText(bytes) }) };
  return refuse(
    `The dump has ${grouped(bytes.length)} bytes. Expected ${whole} (header and both mappings), ${BEGIN_OUT_BYTES} (both ` +
      `mappings), ${MAPPING_BYTES} (one), or a header whose length is the dump's.`,
  );
}

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

function mapped(bytes: Uint8Array, at: number, header: ImportedDump['header']): ImportedDump {
  const read = decodeMapping(bytes, at);
  const write = decodeMapping(bytes, at + MAPPING_BYTES);
  return { ...nothing(bytes, header), reply: replyValue(read, write), read, write };
}

/** The number of the request in a header is not part of a scenario's reply. */
function nothing(bytes: Uint8Array, header: ImportedDump['header']): ImportedDump {
  return {
    ok: true,
    reply: {},
    read: null,
    write: null,
    unknown: [],
    bytes,
    header,
    question: null,
    answered: true,
  };
}
