// SPDX-License-Identifier: MIT
import { grouped } from '../kernel/digits.ts';
import { errnoText } from '../kernel/errno.ts';
import { FUSE_OPCODE, nameOf } from '../kernel/names.ts';
import {
  BEGIN_OUT_BYTES,
  MAPPING_BYTES,
  OUT_HEADER_BYTES,
  decodeMapping,
  decodeOutHeader,
  decodeRequest,
} from '../kernel/wire.ts';
import { hexText } from '../text/json.ts';
import { canonicalReply, replyValue } from './reply-value.ts';
import { refuse, type Exchange, type ImportError, type ImportedReply, type Question } from './types.ts';

/** A reply read from its bytes, and what their header says. */
export interface ImportedDump extends ImportedReply {
  bytes: Uint8Array;
  /** Null if the dump begins with the payload. */
  header: { len: number; error: number; unique: bigint } | null;
  /** The request that is answered, if it is in the text. */
  question: Question | null;
  /** False if there is only a request: then `reply` is empty. */
  answered: boolean;
  /** What was asked and answered after this, on the same descriptor. */
  further: readonly Exchange[];
}

/** Whether bytes begin as a request of fuse-iomap does: a length, then the opcode. */
export function isRequest(bytes: Uint8Array): boolean {
  const header = decodeOutHeader(bytes);
  return header !== null && nameOf(FUSE_OPCODE, header.error) !== undefined && header.len >= REQUEST_BYTES;
}

const REQUEST_BYTES = 40;
const BEGIN_REQUEST_BYTES = 72;

/** A dump of a request: its question if it is a FUSE_IOMAP_BEGIN, and an error in words if it can't be used; null for no request. */
export function requestOf(bytes: Uint8Array): ImportedDump | ImportError | null {
  if (!isRequest(bytes)) return null;
  const { len, error: opcode } = decodeOutHeader(bytes)!;
  const what = `a request ${nameOf(FUSE_OPCODE, opcode)} (opcode ${opcode}) of the kernel, not an answer`;
  if (opcode !== FUSE_OPCODE.FUSE_IOMAP_BEGIN)
    return refuse(`This is ${what}. Only a FUSE_IOMAP_BEGIN becomes a question here.`);
  if (bytes.length < BEGIN_REQUEST_BYTES || bytes.length < len)
    return refuse(`This is ${what}. It has ${len} bytes, and ${bytes.length} are here: it lost its end.`);
  const {
    opflags: op,
    pos,
    count,
    attr_ino: ino,
    nodeid,
    unique,
  } = decodeRequest(bytes.subarray(0, BEGIN_REQUEST_BYTES));
  return {
    ...nothing(bytes, null),
    question: { op, pos, count, ino, nodeid, unique },
    answered: false,
    unknown: [
      `This is ${what}: it becomes the question of the step, and the answer is left for you to write.`,
      ...(bytes.length > len
        ? [
            `The ${grouped(bytes.length - len)} bytes after the request are not used: they do not begin as an answer does.`,
          ]
        : []),
    ],
  };
}

/** What the bytes of an answer say: its mappings, its error, or the bytes as they are; an error in words if they lost their end. */
export function answerOf(bytes: Uint8Array): ImportedDump | ImportError {
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
  if (headed && header.error > 0 && bytes.length >= REQUEST_BYTES && bytes.length !== whole)
    return refuse(
      `No answer has an error above 0, and here stands ${header.error}: this may be a request of the kernel, which has its ` +
        'opcode there. Of requests only a FUSE_IOMAP_BEGIN (opcode 4094) becomes a question here.',
    );
  if (headed || bytes.length === whole) {
    const unknown =
      bytes.length === whole
        ? []
        : [
            `An answer to FUSE_IOMAP_BEGIN has ${whole} bytes, and this has ${grouped(bytes.length)}: it may be the answer ` +
              'to another request.',
          ];
    return { ...nothing(bytes, header), reply: canonicalReply({ hex: hexText(bytes) }), unknown };
  }
  return refuse(
    `The dump has ${grouped(bytes.length)} bytes. Expected ${whole} (header and both mappings), ${BEGIN_OUT_BYTES} (both ` +
      `mappings), ${MAPPING_BYTES} (one), or a header whose length is the dump's.`,
  );
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
    further: [],
  };
}
