// SPDX-License-Identifier: MIT
import { expect, test } from 'vitest';
import { parseDocument } from '../scenario/parse.ts';
import { moved, placedText, resized, startStrips } from './extent-edit.ts';

const scenario = parseDocument(
  JSON.stringify({
    format: 1,
    devices: { vda: { size: '1M' } },
    inodes: {
      a: {
        extents: [
          { addr: '64K' },
          { offset: '12K', addr: '8K', length: '8K' },
          { offset: '4K', type: 'HOLE' },
          { offset: '64K', dev: 2 },
        ],
      },
      b: { blockSize: 512, extents: [{ addr: '1020K', length: '4K' }] },
    },
    steps: [],
  }),
).scenario!;
const { strips, more } = startStrips(scenario, (dev) => (dev === 1 ? 'vda' : null));
const piece = (inode: string, index: number) =>
  strips.flatMap(({ pieces }) => pieces).find((one) => one.inode === inode && one.index === index)!;

test('pieces stand by device, in the order of their addresses, without holes', () => {
  expect(more).toBe(0);
  expect(
    strips.map(({ device, pieces }) => [device, pieces.map((one) => `${one.inode}${one.index}`)]),
  ).toEqual([
    ['vda', ['a1', 'a0', 'b0']],
    [null, ['a3']],
  ]);
});

test('a piece moves by whole blocks, and not past the ends of its device', () => {
  expect(moved(piece('a', 0), 1)).toEqual({ addr: 69632n, length: 4096n });
  expect(moved(piece('a', 1), -1).addr).toBe(4096n);
  expect(moved(piece('a', 1), -5).addr).toBe(0n);
  expect(moved(piece('b', 0), -1).addr).toBe(1044480n - 512n);
  expect(moved(piece('b', 0), 1).addr).toBe(1044480n);
  expect(moved(piece('a', 0), 1e9).addr).toBe(1044480n);
});

test('a piece has at least a block, and reaches neither the next of its file nor past the end of its device', () => {
  expect(resized(piece('a', 1), 1)).toEqual({ addr: 8192n, length: 12288n });
  expect(resized(piece('a', 1), -9).length).toBe(4096n);
  expect(resized(piece('a', 0), 9).length).toBe(4096n);
  expect(resized(piece('a', 1), 99).length).toBe(53248n);
  expect(resized(piece('b', 0), 1).length).toBe(4096n);
});

test('its place is told exactly', () => {
  const one = piece('a', 1);
  expect(placedText(one, one.extent)).toBe('at 0x2000, 8192 bytes long: bytes 12,288 to 20,479 of a');
});
