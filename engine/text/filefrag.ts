// SPDX-License-Identifier: MIT
import { FIEMAP_EXTENT } from '../kernel/names.ts';
import type { Execution, FiemapExtent } from '../run/types.ts';
import { resolveInodes } from '../scenario/resolve.ts';
import type { Scenario } from '../scenario/schema.ts';
import type { Line } from './line.ts';

/** The words of filefrag for the flags of an extent, in the order in which it prints them. */
const WORDS: readonly (readonly [bit: number, word: string])[] = [
  [FIEMAP_EXTENT.LAST, 'last'],
  [FIEMAP_EXTENT.UNKNOWN, 'unknown_loc'],
  [FIEMAP_EXTENT.DELALLOC, 'delalloc'],
  [FIEMAP_EXTENT.NOT_ALIGNED, 'not_aligned'],
  [FIEMAP_EXTENT.DATA_INLINE, 'inline'],
  [FIEMAP_EXTENT.UNWRITTEN, 'unwritten'],
  [FIEMAP_EXTENT.MERGED, 'merged'],
  [FIEMAP_EXTENT.SHARED, 'shared'],
];

/** FUSE_SUPER_MAGIC, f_type of a fuse mount. */
const FUSE_MAGIC = '65735546';

/** Digits of a column at least. */
const LOGICAL = 8;
const PHYSICAL = 10;

interface File {
  name: string;
  sizeBytes: bigint;
  blockSize: number;
}

/**
 * Extents as `filefrag -v` of e2fsprogs prints them, in blocks of the file. An extent that does not begin where the one
 * before it ends has the block that was expected beside it.
 */
export function filefrag(extents: readonly FiemapExtent[], { name, sizeBytes, blockSize }: File): string[] {
  const block = BigInt(blockSize);
  const blocks = (sizeBytes + block - 1n) / block;
  const logical = Math.max(LOGICAL, String(blocks).length);
  const physical = Math.max(PHYSICAL, ...extents.map((one) => String(one.physical / block).length));
  const head = [
    ' ext: ',
    'logical_offset:'.padStart(2 * logical + 3),
    ' ',
    'physical_offset:'.padStart(2 * physical + 3),
    ' length: ',
    'expected:'.padStart(physical + 1),
    ' flags:',
  ].join('');
  let pieces = 0;
  const rows = extents.map((extent, i) => {
    const expected = expectedAt(extents, i);
    if (expected !== null || pieces === 0) pieces++;
    const range = (from: bigint, width: number) =>
      `${String(from / block).padStart(width)}..${String((from + extent.lengthBytes) / block - 1n).padStart(width)}: `;
    const flags = flagWords(extent, sizeBytes);
    return [
      `${String(i).padStart(4)}: `,
      range(extent.logical, logical),
      range(extent.physical, physical),
      `${String(extent.lengthBytes / block).padStart(6)}: `,
      expected === null ? ' '.repeat(physical + 1) : `${String(expected / block).padStart(physical)}:`,
      flags === '' ? '' : ` ${flags}`,
    ].join('');
  });
  return [
    `Filesystem type is: ${FUSE_MAGIC}`,
    `File size of ${name} is ${sizeBytes} (${blocks} block${blocks === 1n ? '' : 's'} of ${blockSize} bytes)`,
    ...(rows.length === 0 ? [] : [head, ...rows]),
    `${name}: ${pieces} extent${pieces === 1 ? '' : 's'} found`,
  ];
}

/**
 * Where an extent was expected on the device, if it begins somewhere else: after the one before it, as far away as the
 * hole between them is long. Of the first that is as far from the beginning of the device as of the file.
 */
function expectedAt(extents: readonly FiemapExtent[], i: number): bigint | null {
  const before = extents[i - 1] ?? { logical: 0n, physical: 0n, lengthBytes: 0n };
  const { logical, physical } = extents[i]!;
  const dense = before.physical + before.lengthBytes;
  const sparse = dense + logical - (before.logical + before.lengthBytes);
  return logical === 0n || physical === dense || physical === sparse ? null : sparse;
}

function flagWords({ logical, lengthBytes, flags }: FiemapExtent, sizeBytes: bigint): string {
  const words = WORDS.flatMap(([bit, word]) => (flags & bit ? [word] : []));
  const known = WORDS.reduce((all, [bit]) => all | bit, 0);
  const other = (flags & ~known) >>> 0;
  return [
    ...words,
    ...(other === 0 ? [] : [`0x${other.toString(16)}`]),
    ...(logical + lengthBytes >= sizeBytes ? ['eof'] : []),
  ].join(',');
}

/** The extents that a fiemap step found as lines; none of any other execution, and of a fiemap that failed. */
export function filefragLines({ io, step }: Execution, scenario: Scenario): Line[] {
  const asking = scenario.steps[step];
  if (asking?.do !== 'fiemap' || io === null || io.mappedExtents === null) return [];
  const inodes = resolveInodes(scenario);
  const inode = asking.inode === undefined ? [...inodes.values()][0] : inodes.get(asking.inode);
  if (inode === undefined) return [];
  const file = { name: inode.name, sizeBytes: io.sizeBytes, blockSize: inode.blockSize };
  return filefrag(io.extents ?? [], file).map((text) => ({ text, tone: 'plain' }));
}
