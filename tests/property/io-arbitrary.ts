// SPDX-License-Identifier: MIT
/** The parts of a document that are about I/O, in every spelling; the leaf values are those of the document's. */
import fc from 'fast-check';
import type { JsonValue } from '#engine/scenario/json.ts';

type Json = JsonValue;
type Any = fc.Arbitrary<Json>;
type Fields = Record<string, Any>;

export interface Leaves {
  some: (fields: Fields, needed?: Fields) => fc.Arbitrary<Record<string, Json>>;
  int: (min: bigint, max: bigint) => Any;
  hexBytes: Any;
  errno: Any;
  written: Any;
  mapping: Fields;
  flags: (table: object, max: bigint) => Any;
  tables: { op: object; ioend: object; extent: object; opcode: object };
  devices: string[];
}

const U32 = 0xffff_ffffn;
const U64 = 0xffff_ffff_ffff_ffffn;
const S64 = 0x7fff_ffff_ffff_ffffn;
const flag: Any = fc.boolean();
const word = (...words: string[]): Any => fc.constantFrom(...words);
const many = (item: Any, maxLength = 3): Any => fc.array(item, { maxLength }) as Any;

/** What a device has beside its sizes. */
export function deviceFields({ some, int, hexBytes }: Pick<Leaves, 'some' | 'int' | 'hexBytes'>): Fields {
  return {
    readOnly: flag,
    contents: word('zeros', 'pattern'),
    bytes: many(some({ at: int(0n, 1n << 20n) }, { hex: hexBytes }), 2),
    faults: many(
      some({
        op: word('read', 'write', 'both'),
        sector: int(0n, U64),
        sectors: int(1n, 1n << 54n),
        times: fc.oneof(word('always'), int(1n, U32 - 1n)),
        error: fc.oneof(word('-EIO', '-ENOSPC'), int(-4095n, -1n)),
      }),
      2,
    ),
    diesAfterBios: int(0n, U64),
  };
}

/** What an I/O step may expect. */
export function ioExpectation(leaves: Leaves): Fields {
  const { some, int, hexBytes, errno, written, mapping, flags, tables, devices } = leaves;
  const device = fc.constantFrom<Json>(...devices);
  const byte = int(0n, 255n);
  const at = int(0n, U64);
  const length = int(0n, 8192n);
  const request: Fields = {
    name: word('FUSE_IOMAP_BEGIN', 'FUSE_IOMAP_END', 'FUSE_IOMAP_IOEND'),
    opcode: fc.oneof(word(...Object.keys(tables.opcode)), int(0n, U32)),
    nodeid: int(0n, U64),
    opflags: flags(tables.op, U32),
    attr_ino: int(0n, U64),
    pos: int(0n, U64),
    count: int(0n, U64),
    written,
    map: some(mapping),
    ioendflags: flags(tables.ioend, U32),
    error: errno,
    answer: some({ check: fc.constantFrom<Json>(null, 'length-zero') }),
  };
  const bio: Fields = { op: word('read', 'write'), device, sector: at, length: int(0n, U64), error: errno };
  const extent: Fields = {
    logical: at,
    physical: at,
    length: int(0n, U64),
    flags: flags(tables.extent, U32),
  };
  const contents = fc.oneof(
    some({ at }, { hex: hexBytes }),
    some({ at }, { fill: byte, length }),
    some({ at }, { crc32: int(0n, U32), length }),
  );
  return {
    data: fc.oneof(
      some({}, { hex: hexBytes }),
      some({}, { fill: byte }),
      some({}, { crc32: int(0n, U32) }),
      some({ sector: at }, { device }),
      many(
        fc.oneof(
          some({}, { hex: hexBytes }),
          some({}, { fill: byte, length }),
          some({ sector: at }, { device, length }),
        ),
      ),
    ),
    requests: fc.oneof(int(0n, U32), many(some(request))),
    bios: fc.oneof(int(0n, U32), many(some(bio))),
    contents: fc.dictionary(fc.constantFrom(...devices), many(contents, 2)) as Any,
    size: int(0n, S64),
    diskSize: int(0n, S64),
    extents: many(some(extent)),
    mappedExtents: int(0n, U64),
    block: int(0n, U64),
  };
}

/** The I/O steps, each with its own fields and what it needs. */
export function ioSteps(
  { some, int, hexBytes, errno, mapping, flags, tables }: Leaves,
  inodes: string[],
): [name: string, fields: Fields][] {
  const off = int(0n, S64);
  const near = int(0n, 70_000n);
  const times = int(1n, 3n);
  const begin = fc.oneof(
    some({ read: some(mapping), write: some(mapping), times }),
    some({ times }, { error: errno }),
    some({ times }, { hex: hexBytes }),
    some({ times }, { payload: hexBytes }),
  );
  const end = fc.oneof(
    fc.constant<Json>(0n),
    some({ times }, { error: errno }),
    some({ times }, { hex: hexBytes }),
  );
  const common: Fields = {
    inode: fc.constantFrom<Json>(...inodes),
    replies: many(begin),
    endReplies: many(end, 2),
    ioendReplies: many(fc.oneof(end, some({ times }, { newsize: int(0n, U64) })), 2),
  };
  const ioend: Fields = {
    inode: common['inode']!,
    pos: fc.oneof(near, off),
    written: fc.oneof(near, off),
    flags: flags(tables.ioend, U32),
    error: errno,
    addr: fc.oneof(word('NULL_ADDR'), int(0n, U64)),
    dev: int(0n, U32),
    reply: fc.oneof(
      fc.constant<Json>(0n),
      some({}, { newsize: int(0n, U64) }),
      some({}, { error: errno }),
      some({}, { hex: hexBytes }),
    ),
  };
  const offset = fc.oneof(near, off);
  const spots: Fields = { offset, length: fc.oneof(near, off) };
  const modes: Fields = { direct: flag, fopenDirectIo: flag, nowait: flag };
  const writes: Fields = { offset, ...modes, atomic: flag, overwriteOnly: flag, dontcache: flag };
  const steps: [string, Fields][] = [
    ['pread', { offset, length: near, ...modes }],
    ['pwrite', { ...writes, data: hexBytes }],
    ['pwrite', { ...writes, length: near, fill: int(0n, 255n) }],
    ['fsync', {}],
    ['fzero', { ...spots, keepSize: flag }],
    ['funshare', spots],
    ['fiemap', { offset: int(0n, U64), length: int(0n, U64), count: int(0n, 100n), sync: flag, xattr: flag }],
    ['seek', { offset, whence: word('data', 'hole') }],
    ['bmap', { block: int(0n, (1n << 54n) - 1n) }],
    ['truncate', { length: fc.oneof(near, off) }],
  ];
  return [
    ...steps.map(([name, own]): [string, Fields] => [name, { ...own, ...common }]),
    ['iomap_ioend', ioend],
  ];
}
