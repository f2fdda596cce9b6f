// SPDX-License-Identifier: MIT
/** The checks on the two mappings of a FUSE_IOMAP_BEGIN answer, in fs/fuse/file_iomap.c. */

import { FUSE_IOMAP_TYPE } from '../kernel/names.ts';
import { address, hex, named, num } from './format.ts';
import { words } from './entry.ts';
import type { Said } from './entry.ts';

/** Ids are small; one that is not was meant as bits. */
const id = (value: bigint) => (value > 0xffffn ? hex(value) : num(value));
const type = (value: bigint) => named(FUSE_IOMAP_TYPE, value);

function unaligned(field: 'offset' | 'length'): Said {
  return words(
    `${field} aligned`,
    ([value, block], m) => `${m}.${field} ${num(value)} % block ${num(block)} != 0`,
    ([value, block], m) => {
      const below = value - (value % block);
      const next =
        below === 0n && field === 'length'
          ? `the smallest is ${num(block)}`
          : `the nearest are ${num(below)} and ${num(below + block)}`;
      return (
        `The ${m} mapping's ${field} is ${num(value)} bytes. The inode has ${num(block)}-byte blocks, and a mapping ` +
        `is made of whole blocks: ${next}.`
      );
    },
  );
}

function startsAfter(m: 'read' | 'write'): Said {
  return words(
    `${m} starts by pos`,
    ([offset, pos]) => `${m}.offset ${num(offset)} > pos ${num(pos)}`,
    ([offset, pos]) =>
      `The ${m} mapping starts at byte ${num(offset)}. The kernel asked about byte ${num(pos)}, and the mapping must ` +
      `cover at least that byte.`,
  );
}

function endsBefore(m: 'read' | 'write'): Said {
  return words(
    `${m} reaches pos`,
    ([offset, length, pos]) => `${m}.offset ${num(offset)} + length ${num(length)} <= pos ${num(pos)}`,
    ([offset, length, pos]) =>
      `The ${m} mapping covers bytes ${num(offset)} to ${num(offset + length - 1n)}. The kernel asked about byte ` +
      `${num(pos)}, which is not among them.`,
  );
}

/** Why find_dev came back with nothing; the last operand of `dev-not-found`. */
const NOT_FOUND = [
  'no backing has that id',
  'that id is an iomap device',
  'that id is a passthrough backing, not an iomap device',
  'the kernel looks up ids from 1 to 0x7ffffffe only',
];

export const MAPPING_WORDS = {
  'flags-unknown': words(
    'flags known',
    ([flags, mask], m) => `${m}.flags ${hex(flags)} & ~${hex(mask)}`,
    ([flags, mask], m) =>
      `The ${m} mapping has flags ${hex(flags)}. A server may set only bits of ${hex(mask)}; ` +
      `${hex(flags & ~mask)} is not its to send.`,
  ),
  'length-zero': words(
    'length given',
    ([length], m) => `${m}.length ${num(length)} == 0`,
    (_, m) => `The ${m} mapping is 0 bytes long. A mapping must cover something.`,
  ),
  'offset-unaligned': unaligned('offset'),
  'length-unaligned': unaligned('length'),
  'file-range-overflow': words(
    'file range',
    ([offset, length], m) => `${m}.offset ${num(offset)} + length ${num(length)} >= 2^64`,
    ([offset, length], m) =>
      `The ${m} mapping starts at byte ${num(offset)} of the file and is ${num(length)} bytes long: its end does not ` +
      `fit in 64 bits.`,
  ),
  'offset-past-maxbytes': words(
    'below maxbytes',
    ([offset, max], m) => `${m}.offset ${num(offset)} >= s_maxbytes ${num(max)}`,
    ([offset, max], m) =>
      `The ${m} mapping starts at byte ${num(offset)}. No file here has bytes from ${num(max)} on (s_maxbytes).`,
  ),
  'dev-missing': words(
    'dev given',
    ([dev], m) => `${m}.dev ${num(dev)} == DEV_NULL`,
    ([, t], m) => `The ${m} mapping is ${type(t)}, so it lies on a device, but its dev is DEV_NULL (0).`,
  ),
  'addr-missing': words(
    'addr given',
    ([addr], m) => `${m}.addr ${address(addr)} == NULL_ADDR`,
    ([, t], m) => `The ${m} mapping is ${type(t)}, so it lies on a device, but its addr is NULL_ADDR.`,
  ),
  'dev-forbidden': words(
    'no dev',
    ([dev], m) => `${m}.dev ${num(dev)} != DEV_NULL`,
    ([dev, t], m) => `The ${m} mapping is ${type(t)}, so it lies on no device, but it names dev ${num(dev)}.`,
  ),
  'addr-forbidden': words(
    'no addr',
    ([addr], m) => `${m}.addr ${address(addr)} != NULL_ADDR`,
    ([addr, t], m) =>
      `The ${m} mapping is ${type(t)}, so it has no address, but its addr is ${address(addr)}` +
      `${addr === 0n ? ', and 0 is a real address' : ''}. It must be NULL_ADDR.`,
  ),
  'overwrite-on-read': words(
    'overwrite allowed',
    ([t], m) => `${m}.type ${type(t)} in the read slot`,
    () =>
      'The read mapping is PURE_OVERWRITE. That type says "use the read mapping", so only the write mapping can have it.',
  ),
  'dev-unsupported': words(
    'dev unused',
    ([dev], m) => `${m}.dev ${num(dev)} != DEV_NULL`,
    ([dev], m) => `The ${m} mapping names dev ${num(dev)}. In this revision no device can be registered yet.`,
  ),
  'device-range-overflow': words(
    'device range',
    ([addr, length], m) => `${m}.addr ${address(addr)} + length ${num(length)} >= 2^64`,
    ([addr, length], m) =>
      `The ${m} mapping starts at device byte ${address(addr)} and is ${num(length)} bytes long: its end does not fit ` +
      `in 64 bits.`,
  ),
  'read-after-pos': startsAfter('read'),
  'write-after-pos': startsAfter('write'),
  'read-before-pos': endsBefore('read'),
  'write-before-pos': endsBefore('write'),
  'dev-not-found': words(
    'device found',
    ([dev], m) => `${m}.dev ${id(dev)} is not an iomap device`,
    ([dev, t, found], m) =>
      `The ${m} mapping is ${type(t)} on dev ${id(dev)}, but ${NOT_FOUND[Number(found)] ?? 'it was not found'}.`,
  ),
  'cache-unavailable': words(
    'cache in use',
    ([t], m) => `${m}.type ${type(t)}, and the inode has no mapping cache`,
    (_, m) => `The ${m} mapping is RETRY_CACHE, but this inode does not cache mappings.`,
  ),
  'nocache-on-begin': words(
    'not NOCACHE',
    ([t], m) => `${m}.type ${type(t)} == NOCACHE`,
    (_, m) => `The ${m} mapping is NOCACHE, which does not answer a begin request.`,
  ),
} as const;
