// SPDX-License-Identifier: GPL-2.0-only
/**
 * What becomes of a reply to iomap_begin at v6 with patch 04/31, said a second time and as plainly as can be, in
 * unbounded integers: what the core is compared with.
 */
import type { CheckId } from '#engine/kernel/checks.ts';
import type { Iomap } from '#engine/run/types.ts';
import type { Mapping } from './core-machine.ts';

const TWO_64 = 1n << 64n;
const NULL_ADDR = TWO_64 - 1n;
const [HOLE, DELALLOC, MAPPED, UNWRITTEN, INLINE, PURE_OVERWRITE] = [0, 1, 2, 3, 4, 255];
const OP_WRITE_ZERO_UNSHARE = 0x83;

export interface BeginCase {
  blockSize: bigint;
  maxBytes: bigint;
  pos: bigint;
  opflags: number;
  read: Mapping;
  write: Mapping;
  /** The backing table: the device of an iomap id, null for a passthrough id. */
  table: ReadonlyMap<number, string | null>;
}

export interface Failure {
  check: CheckId;
  which: 'read' | 'write';
}

/** Every check that fails, each looked at by itself, in the order in which the kernel asks. */
export function failures(given: BeginCase): Failure[] {
  const { pos, read, write } = given;
  const found: Failure[] = [...ofMapping(given, read, 'read'), ...ofMapping(given, write, 'write')];
  const failed = (check: CheckId, which: 'read' | 'write') =>
    found.some((failure) => failure.check === check && failure.which === which);
  const hasEnd = (which: 'read' | 'write') =>
    !failed('length-zero', which) && !failed('file-range-overflow', which);
  if (read.offset > pos) found.push({ check: 'read-after-pos', which: 'read' });
  if (write.offset > pos) found.push({ check: 'write-after-pos', which: 'write' });
  if (hasEnd('read') && read.offset + read.length <= pos)
    found.push({ check: 'read-before-pos', which: 'read' });
  if (hasEnd('write') && write.offset + write.length <= pos)
    found.push({ check: 'write-before-pos', which: 'write' });

  const deviceless = (map: Mapping) =>
    (map.type === MAPPED || map.type === UNWRITTEN) && map.dev !== 0 && deviceOf(given, map) === null;
  if (deviceless(read)) found.push({ check: 'dev-not-found', which: 'read' });
  if (usesWriteMapping(given) && deviceless(write)) found.push({ check: 'dev-not-found', which: 'write' });
  return found;
}

function ofMapping({ blockSize, maxBytes }: BeginCase, map: Mapping, which: 'read' | 'write'): Failure[] {
  const known = [HOLE, DELALLOC, MAPPED, UNWRITTEN, INLINE, PURE_OVERWRITE].includes(map.type);
  const onDevice = map.type === MAPPED || map.type === UNWRITTEN;
  const offDevice = map.type === HOLE || map.type === DELALLOC || map.type === INLINE;
  const hasAddr = map.addr !== NULL_ADDR;
  const tests: [CheckId, boolean][] = [
    ['type-unknown', !known],
    ['flags-unknown', map.flags >= 0x100],
    ['length-zero', map.length === 0n],
    ['offset-unaligned', map.offset % blockSize !== 0n],
    ['length-unaligned', map.length % blockSize !== 0n],
    ['file-range-overflow', map.offset + map.length >= TWO_64],
    ['offset-past-maxbytes', map.offset >= maxBytes],
    ['dev-missing', onDevice && map.dev === 0],
    ['addr-missing', onDevice && !hasAddr],
    ['dev-forbidden', offDevice && map.dev !== 0],
    ['addr-forbidden', offDevice && hasAddr],
    ['overwrite-on-read', which === 'read' && map.type === PURE_OVERWRITE],
    // Nothing can be said about the range of an address that should not be there.
    ['device-range-overflow', !offDevice && hasAddr && map.addr + map.length >= TWO_64],
  ];
  return tests.filter(([, failed]) => failed).map(([check]) => ({ check, which }));
}

function usesWriteMapping({ opflags, write }: BeginCase): boolean {
  return (opflags & OP_WRITE_ZERO_UNSHARE) !== 0 && write.type !== PURE_OVERWRITE;
}

/** The device that a mapping's id leads to; null if it leads to none. */
function deviceOf({ table }: BeginCase, map: Mapping): string | null {
  return map.dev > 0 && map.dev < 0x7fff_ffff ? (table.get(map.dev) ?? null) : null;
}

/** What iomap_begin returns, and the structs that it leaves behind. */
export function verdict(given: BeginCase): {
  ret: number;
  first: Failure | null;
  iomap: Iomap | null;
  srcmap: Iomap | null;
} {
  const first = failures(given)[0] ?? null;
  if (first !== null) return { ret: -117, first, iomap: null, srcmap: null };
  const read = converted(given, given.read);
  if (!usesWriteMapping(given)) return { ret: 0, first, iomap: read, srcmap: null };
  return { ret: 0, first, iomap: converted(given, given.write), srcmap: read };
}

/** [FUSE_IOMAP_F_*, IOMAP_F_*] by bit, as far as a server may set them. */
const FLAG_BITS = [
  [0, 0],
  [1, 1],
  [2, 2],
  [3, 3],
  [4, 6],
  [5, 7],
  [6, 8],
  [7, 12],
] as const;

function converted(given: BeginCase, map: Mapping): Iomap {
  const flags = FLAG_BITS.reduce((sum, [from, to]) => sum + ((map.flags >> from) & 1) * 2 ** to, 0);
  const { addr, offset, length, type } = map;
  return { addr, offset, length, type, flags, bdev: deviceOf(given, map) };
}
