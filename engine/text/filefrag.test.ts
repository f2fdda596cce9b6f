// SPDX-License-Identifier: MIT
import { expect, test } from 'vitest';
import { FIEMAP_EXTENT } from '../kernel/names.ts';
import { filefrag } from './filefrag.ts';

const { LAST, UNWRITTEN } = FIEMAP_EXTENT;
const extent = (logical: number, physical: number, blocks: number, flags = 0) => ({
  logical: BigInt(logical) * 4096n,
  physical: BigInt(physical) * 4096n,
  lengthBytes: BigInt(blocks) * 4096n,
  flags,
});

/** What filefrag 1.47.0 printed of files on ext4, but for the type of the filesystem. */
test('the columns of filefrag -v: unwritten, a jump, a hole that the device keeps', () => {
  const file = { name: 'ff2', sizeBytes: 100_000n, blockSize: 4096 };
  const extents = [extent(0, 6131090, 2, UNWRITTEN), extent(10, 6137033, 1), extent(14, 6137037, 3, LAST)];
  expect(filefrag(extents, file)).toEqual([
    'Filesystem type is: 65735546',
    'File size of ff2 is 100000 (25 blocks of 4096 bytes)',
    ' ext:     logical_offset:        physical_offset: length:   expected: flags:',
    '   0:        0..       1:    6131090..   6131091:      2:             unwritten',
    '   1:       10..      10:    6137033..   6137033:      1:    6131100:',
    '   2:       14..      16:    6137037..   6137039:      3:             last',
    'ff2: 2 extents found',
  ]);
});

test('a file that begins with a hole, and its end', () => {
  const file = { name: 'fg', sizeBytes: 40_960n, blockSize: 4096 };
  const lines = filefrag([extent(3, 8588725, 2), extent(9, 8588727, 1, LAST)], file);
  expect(lines.slice(3)).toEqual([
    '   0:        3..       4:    8588725..   8588726:      2:          3:',
    '   1:        9..       9:    8588727..   8588727:      1:             last,eof',
    'fg: 1 extent found',
  ]);
});

test('nothing found, one block', () => {
  expect(filefrag([], { name: 'ff4', sizeBytes: 4096n, blockSize: 4096 })).toEqual([
    'Filesystem type is: 65735546',
    'File size of ff4 is 4096 (1 block of 4096 bytes)',
    'ff4: 0 extents found',
  ]);
});
