// SPDX-License-Identifier: MIT
/** What the playground says of an I/O step, in the spelling of the rows. */
import {
  FIEMAP_EXTENT,
  FUSE_IOMAP_F,
  FUSE_IOMAP_IOEND,
  FUSE_IOMAP_TYPE,
  FUSE_OPCODE,
  IOMAP_OP,
  flagNames,
  nameOf,
} from '#engine/kernel/names.ts';
import { crc32 } from '#engine/run/crc32.ts';
import type { BioEvent, Execution, FiemapExtent, Request } from '#engine/run/types.ts';
import type { Item, StepAnswer } from './io-row.ts';

const HEAD_BYTES = 32;

/** All that rows compare of one execution. `data` are the bytes that a pread got, all of them. */
export function answerOf(execution: Execution, data: Uint8Array | null): StepAnswer {
  const { io, ret, outcome } = execution;
  const crashed = outcome === 'oops';
  return {
    ret: crashed ? 'oops' : String(ret ?? outcome),
    mapped_extents: io?.mappedExtents == null ? undefined : Number(io.mappedExtents),
    extents: io?.mappedExtents == null ? undefined : io.extents?.map(extentItem),
    block: io?.block == null ? undefined : String(io.block),
    requests: io?.calls.flatMap(({ request }) => (request === null ? [] : [requestItem(request)])),
    bios: io?.events.filter((event): event is BioEvent => event.kind === 'bio').map(bioItem),
    data: data === null || data.length === 0 ? undefined : dataItem(data),
    i_size: io === null ? undefined : String(io.sizeBytes),
    i_disk_size: io === null ? undefined : String(io.diskSizeBytes),
  };
}

function dataItem(data: Uint8Array): Item {
  const head = Buffer.from(data.subarray(0, HEAD_BYTES)).toString('hex');
  return { length: data.length, crc32: crc32(data), head_hex: head };
}

function extentItem({ logical, physical, lengthBytes, flags }: FiemapExtent): Item {
  return {
    logical: String(logical),
    physical: String(physical),
    length: String(lengthBytes),
    flags: flagNames(FIEMAP_EXTENT, flags),
  };
}

function bioItem({ op, device, sector, lengthBytes, error }: BioEvent): Item {
  return { op, device, sector: String(sector), length: String(lengthBytes), error };
}

function requestItem(request: Request): Item {
  const { opcode, name, nodeid, opflags, attr_ino, pos, count, written, map, ioend } = request;
  const who = { name, nodeid: String(nodeid) };
  if (opcode === FUSE_OPCODE.FUSE_IOMAP_IOEND) {
    return {
      ...who,
      ioendflags: flagNames(FUSE_IOMAP_IOEND, ioend?.flags ?? 0),
      error: ioend?.error,
      attr_ino: String(attr_ino),
      pos: String(pos),
      written: String(written),
      new_addr: String(ioend?.new_addr),
      dev: ioend?.dev,
    };
  }
  const asked = {
    ...who,
    opflags: flagNames(IOMAP_OP, opflags),
    attr_ino: String(attr_ino),
    pos: String(pos),
    count: String(count),
  };
  if (opcode !== FUSE_OPCODE.FUSE_IOMAP_END || map === null) return asked;
  const { offset, length, addr, type, flags, dev } = map;
  return {
    ...asked,
    written: String(written),
    map: {
      offset: String(offset),
      length: String(length),
      addr: String(addr),
      type: nameOf(FUSE_IOMAP_TYPE, type) ?? type,
      flags: flagNames(FUSE_IOMAP_F, flags),
      dev,
    },
  };
}
