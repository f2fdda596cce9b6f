// SPDX-License-Identifier: MIT
/** What an I/O step may expect: bytes, requests, what reached the devices, sizes, extents. */

import * as v from 'valibot';
import { CHECKS } from '../kernel/checks.ts';
import { FIEMAP_EXTENT, FUSE_IOMAP_IOEND, FUSE_OPCODE } from '../kernel/names.ts';
import { array, choice, described, object, oneOf, record } from './build.ts';
import { CAPS } from './caps.ts';
import { small } from './integer-leaf.ts';
import { U32_MAX } from './integers.ts';
import { flags, named, opFlags } from './named-values.ts';
import { errno, hex, key, loff, u32, u64, written } from './values.ts';
import { mappings } from './iomap-fields.ts';
import { wireMapping } from './wire-mapping.ts';

const spelled = hex(CAPS.spelledBytes, 'The bytes.');
const fill = small({ min: 0n, max: 255n, description: 'Every byte has this value.' });
const crc32 = u32('Their CRC-32, as zlib and gzip compute it.');
const length = small({ min: 0n, max: BigInt(CAPS.ioBytes), description: 'How many bytes.' });

const dataHex = object(
  { hex: spelled },
  'an object with hex, with fill, with crc32, or with device and sector, or a list of pieces',
);
const dataFill = object({ fill });
const dataCrc = object({ crc32 });
const dataPattern = object({
  device: described(key, 'The bytes are those that this device has had from the start.'),
  sector: v.optional(u64('From this sector on.'), 0n),
});

/** Pieces say how long they are, as they stand one after the other. */
const pieceFill = object({ fill, length });
const piecePattern = object({ ...dataPattern.entries, length }, 'hex, or fill or device with length');
const piece = choice([dataHex, pieceFill, piecePattern], (input) =>
  has(input, 'hex') ? dataHex : has(input, 'fill') ? pieceFill : piecePattern,
);
const pieces = array(piece, CAPS.expected);

const at = v.optional(u64('Byte address on the device.'), 0n);
const contentsHex = object(
  { at, hex: spelled },
  'an object with at and hex, or with fill and length, or with crc32 and length',
);
const contentsFill = object({ at, fill, length });
const contentsCrc = object({ at, crc32, length });

const data = choice<typeof dataHex | typeof dataFill | typeof dataCrc | typeof dataPattern | typeof pieces>(
  [dataHex, dataFill, dataCrc, dataPattern, pieces],
  (input) =>
    Array.isArray(input)
      ? pieces
      : has(input, 'fill')
        ? dataFill
        : has(input, 'crc32')
          ? dataCrc
          : has(input, 'device')
            ? dataPattern
            : dataHex,
);
const contents = choice([contentsHex, contentsFill, contentsCrc], (input) =>
  has(input, 'fill') ? contentsFill : has(input, 'crc32') ? contentsCrc : contentsHex,
);

function has(input: unknown, name: string): boolean {
  return typeof input === 'object' && input !== null && name in input;
}

/** A number of things, or the things themselves. */
function counted<S extends Parameters<typeof array>[0]>(item: S, what: string) {
  const number = small({ min: 0n, max: BigInt(U32_MAX), description: `How many ${what}.` });
  const list = array(item, CAPS.expected);
  return choice<typeof number | typeof list>([number, list], (input) =>
    Array.isArray(input) ? list : number,
  ) as unknown as v.GenericSchema<
    v.InferInput<typeof number> | v.InferInput<S>[],
    number | v.InferOutput<S>[]
  >;
}

/** Which check refused what the server answered. */
export const refusal = {
  check: described(
    v.optional(v.nullable(oneOf(CHECKS, 'the name of a check, or null for none'))),
    'The check that decided, or null if none refused.',
  ),
  which: described(v.optional(oneOf(['read', 'write'])), 'The mapping that the check refused.'),
};

const request = object({
  name: described(
    v.optional(oneOf(['FUSE_IOMAP_BEGIN', 'FUSE_IOMAP_END', 'FUSE_IOMAP_IOEND'])),
    'Which request.',
  ),
  opcode: v.optional(named(FUSE_OPCODE, U32_MAX, 'The opcode, by name or number.')),
  nodeid: v.optional(u64('Node id.')),
  opflags: v.optional(opFlags('FUSE_IOMAP_OP_* as sent.')),
  attr_ino: v.optional(u64('Inode number.')),
  pos: v.optional(u64('Byte position.')),
  count: v.optional(u64('Byte count.')),
  written: v.optional(written('Of an iomap_end or ioend: bytes done, or -ERRNO.')),
  map: described(v.optional(wireMapping), 'Of an iomap_end: the mapping that is reported back.'),
  ioendflags: v.optional(flags(FUSE_IOMAP_IOEND, U32_MAX, 'Of an ioend: FUSE_IOMAP_IOEND_*.')),
  error: v.optional(errno('Of an ioend: what the I/O ended with.')),
  answer: described(
    v.optional(object({ ...refusal, ...mappings })),
    'What the kernel made of the answer to this request.',
  ),
});

const bio = object({
  op: described(v.optional(oneOf(['read', 'write'])), 'What the device is asked to do.'),
  device: described(v.optional(key), 'The device.'),
  sector: v.optional(u64('Its first sector.')),
  length: v.optional(u64('Byte count.')),
  error: v.optional(errno('What it ended with, 0 if nothing went wrong.')),
});

const extent = object({
  logical: v.optional(u64('Byte position in the file.')),
  physical: v.optional(u64('Byte address on the device.')),
  length: v.optional(u64('Byte count.')),
  flags: v.optional(flags(FIEMAP_EXTENT, U32_MAX, 'FIEMAP_EXTENT_*.')),
});

export const ioExpectation = {
  data: described(v.optional(data), 'The bytes that were read.'),
  requests: described(
    v.optional(counted(request, 'requests the server got')),
    'How many requests the server got, or all of them in order.',
  ),
  bios: described(
    v.optional(counted(bio, 'requests the devices got')),
    'How many requests the devices got, or all of them in order.',
  ),
  contents: described(
    v.optional(record(key, array(contents, CAPS.expected), CAPS.devices)),
    'Bytes that lie on the devices after the step, by device.',
  ),
  size: v.optional(loff('Size of the file after the step (i_size).')),
  diskSize: v.optional(loff('Size that the server knows of (i_disk_size).')),
  extents: described(
    v.optional(array(extent, CAPS.expected)),
    'What fiemap found: all the extents, in order.',
  ),
  mappedExtents: v.optional(u64('How many extents fiemap counted (fi_extents_mapped).')),
  block: v.optional(u64('The device block that bmap gave, 0 for none.')),
};
