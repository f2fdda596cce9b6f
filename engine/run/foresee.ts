// SPDX-License-Identifier: MIT
import type { IoMachine, IoResult } from '../core/io-machine.ts';
import { OutOfMemoryError } from '../core/memory.ts';
import { errnoFromText } from '../kernel/errno.ts';
import { has } from '../kernel/has-feature.ts';
import type { Numbering } from '../kernel/codes.ts';
import { numberingOf } from '../kernel/numbering.ts';
import { FUSE_IOMAP_TYPE, FUSE_OPCODE, IOMAP_OP, NULL_ADDR } from '../kernel/names.ts';
import { OUT_HEADER_BYTES, encodeAnswer, encodeBeginOut, pureOverwrite } from '../kernel/wire.ts';
import { listedServer } from '../server/listed.ts';
import type { Server } from '../server/server.ts';
import type { BeginResult, Foresee, Foreseen, ForeseenIo } from './foresee-types.ts';
import type { Request, WireMapping } from './types.ts';

/** At most this much is moved in a try; a power of two, so that cutting keeps the alignment. */
const MOST_BYTES = 1n << 18n;
const ENOTBLK = errnoFromText('-ENOTBLK')!;
/**
 * What a direct call hands on. One through the page cache that may not wait, or is to leave nothing there, never gets
 * to ask.
 */
const RAW_DIRECT = IOMAP_OP.NOWAIT | IOMAP_OP.ATOMIC | IOMAP_OP.OVERWRITE_ONLY;

/**
 * What the I/O after a begin does with its mapping: runs the operation, with the same reply, on the given machine,
 * which is restored afterwards. Null if the begin was not accepted, if it only reports, or if its operation would
 * never ask for a mapping.
 */
export const foresee: Foresee = (machine, begun, inode, { superblock, kernel }, writesBack = false) => {
  if (!has(kernel.revision, 'DOES_IO')) return null;
  const numbering = numberingOf(kernel.revision);
  const file: BegunFile = {
    name: inode.name,
    blockSizeBytes: inode.blockSize,
    maxBytes: superblock.maxBytes,
  };
  const { iomap, srcmap, request, reply } = begun;
  if (begun.do !== 'iomap_begin' || begun.outcome !== 'ok' || !iomap || !request || !reply) return null;
  const op = request.opflags;
  if ((op & IOMAP_OP.REPORT) !== 0) return null;
  const covered = machine.mapLength(iomap, srcmap, request.pos, request.count);
  const first = { pos: request.pos, lengthBytes: few(covered) };
  const { sizeBytes } = machine.sizes(file.name);
  const direct = (op & IOMAP_OP.DIRECT) !== 0;
  const kind = writesBack ? 'writeback' : kindOf(op);
  const attempt = { machine, begun, file, sizeBytes, direct, op, kind, numbering };
  try {
    // A direct request asks until it has everything: one for more than the mapping would be another request.
    const asked = direct && covered <= MOST_BYTES ? few(request.count) : first.lengthBytes;
    const io = tried(attempt, request.pos, asked, kind === 'writeback');
    if (io === null) return null;
    const cached = !direct && kind !== 'read' && kind !== 'writeback';
    const writeback = cached && well(io.of) ? tried(attempt, request.pos, asked, true) : null;
    return {
      kind,
      direct,
      ...first,
      sizeBytes: sizeFor(attempt, request.pos, asked),
      blockSizeBytes: file.blockSizeBytes,
      io: io.of,
      wantedBytes: io.wantedBytes,
      writeback: writeback?.of ?? null,
      tail: tail(attempt, request.pos + covered),
      partial:
        (kind === 'write' || kind === 'zero') && !direct && srcmap !== null
          ? (tried(attempt, request.pos, 1n, false)?.of ?? null)
          : null,
    };
  } catch (error) {
    // A machine that is nearly out of memory has no room for a try.
    if (error instanceof OutOfMemoryError) return null;
    throw error;
  }
};

/** The file that it was about. */
interface BegunFile {
  name: string;
  blockSizeBytes: number;
  maxBytes: bigint;
}

interface Attempt {
  machine: IoMachine;
  begun: BeginResult;
  file: BegunFile;
  sizeBytes: bigint;
  direct: boolean;
  op: number;
  kind: Foreseen['kind'];
  numbering: Numbering;
}

function kindOf(op: number): Foreseen['kind'] {
  if ((op & IOMAP_OP.UNSHARE) !== 0) return 'unshare';
  if ((op & IOMAP_OP.WRITEBACK) !== 0) return 'writeback';
  if ((op & IOMAP_OP.WRITE) !== 0) return 'write';
  return (op & IOMAP_OP.ZERO) !== 0 ? 'zero' : 'read';
}

const few = (length: bigint): bigint =>
  length <= MOST_BYTES ? length : MOST_BYTES + (length & (MOST_BYTES - 1n));

const well = ({ ret, oops }: ForeseenIo): boolean => oops === null && ret !== null && ret >= 0n;

/** The last block of the mapping, if what was tried ended before it. */
function tail(attempt: Attempt, reached: bigint): ForeseenIo | null {
  const { begun, file } = attempt;
  const map = begun.iomap!;
  const mapEnd = map.offset + map.length;
  const end = mapEnd < file.maxBytes ? mapEnd : file.maxBytes;
  const start = (end - 1n) & ~(BigInt(file.blockSizeBytes) - 1n);
  if (start < reached) return null;
  const there = tried(attempt, start, end - start, attempt.kind === 'writeback');
  const done = attempt.direct || attempt.kind === 'read' || attempt.kind === 'writeback';
  if (there === null || done || !well(there.of)) return there?.of ?? null;
  return tried(attempt, start, end - start, true)?.of ?? null;
}

/** The size of a file that is asked about: only I/O within it asks; a write may also begin at its end. */
function sizeFor({ kind, sizeBytes }: Attempt, pos: bigint, lengthBytes: bigint): bigint {
  const needed =
    kind === 'write' || kind === 'writeback'
      ? pos
      : kind === 'read' && sizeBytes > pos
        ? 0n
        : pos + lengthBytes;
  return sizeBytes > needed ? sizeBytes : needed;
}

/**
 * Runs one operation on a file with an empty page cache or, with `sync`, an fsync after it; the machine is restored
 * afterwards. Null if no mapping was asked for.
 */
function tried(
  attempt: Attempt,
  pos: bigint,
  lengthBytes: bigint,
  sync: boolean,
): { of: ForeseenIo; wantedBytes: bigint } | null {
  const { machine, file, kind } = attempt;
  const end = pos + lengthBytes;
  const size = sizeFor(attempt, pos, lengthBytes);
  const wantedBytes = kind === 'read' && size < end ? size - pos : lengthBytes;
  const before = machine.snapshot();
  try {
    machine.renew(file.name, size);
    const result = operate(attempt, pos, lengthBytes);
    if (!result.calls.some((call) => call.do === 'iomap_begin')) return null;
    const last = sync ? machine.fsync(file.name, answering(attempt)) : result;
    return { of: { ret: last.ret, oops: last.oops, events: last.events }, wantedBytes };
  } finally {
    machine.restore(before);
  }
}

function operate(attempt: Attempt, pos: bigint, lengthBytes: bigint): IoResult {
  const { machine, file, direct, op, kind } = attempt;
  const server = answering(attempt);
  const options = { direct, opflags: direct ? op & RAW_DIRECT : op & IOMAP_OP.ATOMIC };
  switch (kind) {
    case 'read':
      return machine.read(file.name, pos, Number(lengthBytes), options, server);
    case 'write':
      return machine.write(file.name, pos, new Uint8Array(Number(lengthBytes)), options, server);
    case 'writeback':
      // What is written back was in the page cache before.
      return machine.write(file.name, pos, new Uint8Array(Number(lengthBytes)), options, holes(attempt));
    case 'zero':
      return machine.zeroRange(file.name, pos, lengthBytes, true, server);
    case 'unshare':
      return machine.unshare(file.name, pos, lengthBytes, server);
  }
}

/**
 * A server that sends the one reply wherever it covers the position that is asked about. Elsewhere the file is a
 * hole, but a direct request ends there.
 */
function answering(attempt: Attempt): Server {
  const { machine, begun, file, direct, numbering } = attempt;
  const payload = begun.reply!.bytes.slice(OUT_HEADER_BYTES);
  const { start, end } = shared(begun.reply!.read!, begun.reply!.write!);
  const others = listedServer(
    { replies: [], endReplies: [], ioendReplies: [] },
    numbering,
    () => machine.sizes(file.name).diskSizeBytes,
  );
  return {
    answer(request: Request) {
      if (request.opcode !== FUSE_OPCODE.FUSE_IOMAP_BEGIN) return others.answer(request);
      const { unique, pos } = request;
      if (pos >= start && pos < end) return { bytes: encodeAnswer(unique, 0, payload) };
      if (direct) return { bytes: encodeAnswer(unique, ENOTBLK, new Uint8Array(0)) };
      return hole(attempt, request, pos < start ? start : pos + MOST_BYTES);
    },
  };
}

/** A server to whom the file is a hole: what is written stays in the page cache, and nothing is read for it. */
function holes(attempt: Attempt): Server {
  const others = answering(attempt);
  return {
    answer: (request: Request) =>
      request.opcode === FUSE_OPCODE.FUSE_IOMAP_BEGIN
        ? hole(attempt, request, request.pos + MOST_BYTES)
        : others.answer(request),
  };
}

/** A hole from the block that is asked about, up to a place at least. */
function hole({ file, numbering }: Attempt, { unique, pos }: Request, end: bigint): { bytes: Uint8Array } {
  const offset = pos & ~(BigInt(file.blockSizeBytes) - 1n);
  const hole: WireMapping = {
    offset,
    length: end - offset,
    addr: NULL_ADDR,
    type: FUSE_IOMAP_TYPE.HOLE,
    flags: 0,
    dev: 0,
  };
  return { bytes: encodeAnswer(unique, 0, encodeBeginOut(hole, pureOverwrite(hole), numbering)) };
}

/** What both mappings of a reply cover: the kernel accepts the reply for positions within it. */
function shared(read: WireMapping, write: WireMapping): { start: bigint; end: bigint } {
  const ends = [read.offset + read.length, write.offset + write.length] as const;
  return {
    start: read.offset > write.offset ? read.offset : write.offset,
    end: ends[0] < ends[1] ? ends[0] : ends[1],
  };
}
