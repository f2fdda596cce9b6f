// SPDX-License-Identifier: MIT
import { grouped } from '../kernel/digits.ts';
import { errnoText } from '../kernel/errno.ts';
import {
  BEGIN_OUT_BYTES,
  MAPPING_BYTES,
  OUT_HEADER_BYTES,
  decodeMapping,
  decodeOutHeader,
} from '../kernel/wire.ts';
import { hexText } from '../text/json.ts';
import { dumpBytes } from './hexdump-bytes.ts';
import { plainLines } from '../mail/quotes.ts';
import { canonicalReply, replyValue } from './reply-value.ts';
import { IMPORT_CHARS, refuse, type ImportError, type ImportedReply } from './types.ts';

/** A reply read from its bytes, and what their header says. */
export interface ImportedDump extends ImportedReply {
  bytes: Uint8Array;
  /** Null if the dump begins with the payload. */
  header: { len: number; error: number; unique: bigint } | null;
}

/**
 * A hexdump of an answer to FUSE_IOMAP_BEGIN: the 80 bytes with their fuse_out_header, the 64 of struct
 * fuse_iomap_begin_out, the 32 of one mapping, or the 16 of an error. Anything that begins with a header which
 * fits it is taken as raw bytes; anything else is an error. Never throws.
 */
export function importHexdump(text: string): ImportedDump | ImportError {
  if (text.length > IMPORT_CHARS) return refuse(`At most ${IMPORT_CHARS} characters are read.`);
  const dump = dumpBytes(plainLines(text), isAnswer);
  if (!dump.ok) return dump;
  const width = swappedWords(dump.bytes);
  if (width === null) return answer(dump.bytes);
  const turned = answer(turnedWords(dump.bytes, width));
  if (!turned.ok) return turned;
  const note = `The bytes stood in words of ${width}, the highest first, as "xxd -e" prints them: their order was reversed.`;
  return { ...turned, unknown: [note, ...turned.unknown] };
}

/** Whether the bytes have one of the lengths that an answer has. */
const isAnswer = (bytes: Uint8Array): boolean =>
  [MAPPING_BYTES, BEGIN_OUT_BYTES, OUT_HEADER_BYTES + BEGIN_OUT_BYTES].includes(bytes.length) ||
  decodeOutHeader(bytes)?.len === bytes.length;

function answer(bytes: Uint8Array): ImportedDump | ImportError {
  const header = decodeOutHeader(bytes);
  const whole = OUT_HEADER_BYTES + BEGIN_OUT_BYTES;
  const headed = header !== null && header.len === bytes.length;
  if (headed && header.error === 0 && bytes.length === whole) return mapped(bytes, OUT_HEADER_BYTES, header);
  if (headed && bytes.length === OUT_HEADER_BYTES && header.error < 0)
    return {
      ...nothing(bytes, header),
      reply: { error: errnoText(header.error) },
    };
  if (bytes.length === BEGIN_OUT_BYTES) return mapped(bytes, 0, null);
  if (bytes.length === MAPPING_BYTES) {
    const read = decodeMapping(bytes, 0);
    const unknown = ['The write mapping: it is left out, so that a pure overwrite of read stands in.'];
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
  return { ok: true, reply: {}, read: null, write: null, unknown: [], bytes, header };
}
