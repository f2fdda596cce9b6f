// SPDX-License-Identifier: MIT
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Claim, Range } from './types.ts';
import { atPx, boxOf, clamp, extentOf, fitOf, pan, runBoxes, sectorLines, toPx, zoom } from './window.ts';

const MIB = 1n << 20n;
const DEVICE: Range = { start: 0n, end: MIB };

const aClaim = (addr: bigint, length: bigint): Claim => ({
  device: 'vda',
  inode: 'a',
  file: { start: 0n, end: length },
  addr,
  which: 'read',
  type: 2,
  flags: 0,
  step: 0,
  times: 1,
  current: true,
});

const sectors = fc.bigInt(1n, (1n << 54n) - 1n);
const windows = sectors.chain((size) =>
  fc.record({
    extent: fc.constant<Range>({ start: 0n, end: size * 512n }),
    start: fc.bigInt(0n, size - 1n).map((at) => at * 512n),
    span: fc.bigInt(1n, size).map((many) => many * 512n),
  }),
);

describe('the window on a device', () => {
  it('stays within the device and on sectors, whatever is done to it', () => {
    const moves = fc.array(
      fc.oneof(fc.constant('in'), fc.constant('out'), fc.bigInt(-(1n << 63n), 1n << 63n)),
      {
        maxLength: 20,
      },
    );
    fc.assert(
      fc.property(windows, moves, ({ extent, start, span }, list) => {
        let window = clamp({ start, end: start + span }, extent);
        for (const move of list) {
          window =
            typeof move === 'bigint'
              ? pan(window, move, extent)
              : zoom(window, move === 'in' ? -1 : 1, extent);
          expect(window.start >= extent.start && window.end <= extent.end && window.start < window.end).toBe(
            true,
          );
          expect([window.start % 512n, window.end % 512n]).toEqual([0n, 0n]);
        }
      }),
    );
  });

  it('zooms from the whole device to single sectors and back', () => {
    expect(zoom(DEVICE, -1, DEVICE)).toEqual({ start: MIB / 4n, end: (3n * MIB) / 4n });
    let window = DEVICE;
    for (let i = 0; i < 64; i++) window = zoom(window, -1, DEVICE);
    expect(window.end - window.start).toBe(4n * 512n);
    for (let i = 0; i < 64; i++) window = zoom(window, 1, DEVICE);
    expect(window).toEqual(DEVICE);
  });

  it('keeps the place under the pointer', () => {
    const at = 768n * 1024n;
    const window = zoom(DEVICE, -1, DEVICE, at);
    expect(toPx(at, window, 400)).toBeCloseTo(toPx(at, DEVICE, 400), 0);
  });

  it('pans by a sector where an eighth of the window is less', () => {
    const window = { start: 1024n, end: 3072n };
    expect(pan(window, 256n, DEVICE)).toEqual({ start: 1536n, end: 3584n });
    expect(pan(window, -256n, DEVICE)).toEqual({ start: 512n, end: 2560n });
  });

  it('reaches past the end of the device only where a mapping does, and not far', () => {
    expect(extentOf(MIB, [aClaim(0n, 4096n)])).toEqual(DEVICE);
    expect(extentOf(MIB, [aClaim(MIB - 512n, 1024n)]).end).toBe(MIB + 512n);
    expect(extentOf(MIB, [aClaim(1n << 62n, 4096n)]).end).toBe(MIB + MIB / 8n);
  });

  it('fits what is in use, mappings and touched sectors', () => {
    const fit = fitOf(DEVICE, [aClaim(8192n, 4096n)], [{ sector: 100n, sectors: 1n }]);
    expect(fit.start <= 8192n && fit.end >= 101n * 512n).toBe(true);
    expect(fit.end - fit.start < 64n * 1024n).toBe(true);
    expect(fitOf(DEVICE, [], [])).toEqual(DEVICE);
  });
});

describe('places in the drawing', () => {
  it('finds the byte under a pixel again', () => {
    expect(atPx(toPx(65_536n, DEVICE, 320), DEVICE, 320)).toBe(65_536n);
    expect(atPx(-5, DEVICE, 320)).toBe(0n);
    expect(atPx(900, DEVICE, 320)).toBe(MIB);
  });

  it('draws what exists at least two pixels wide, and within the drawing', () => {
    expect(boxOf({ start: MIB - 512n, end: MIB }, DEVICE, 320)).toEqual({ x: 318, width: 2 });
    expect(boxOf({ start: MIB, end: MIB + 512n }, DEVICE, 320)).toBe(null);
  });

  it('draws neighbouring runs as one, so that there are never more boxes than pixels', () => {
    const runs = Array.from({ length: 1024 }, (_, i) => ({ sector: BigInt(i * 2), sectors: 1n }));
    expect(runBoxes(runs, DEVICE, 320).length).toBe(1);
    const apart = [
      { sector: 0n, sectors: 8n },
      { sector: 1024n, sectors: 8n },
    ];
    expect(runBoxes(apart, DEVICE, 320).length).toBe(2);
  });

  it('draws the edges of sectors where there is room', () => {
    expect(sectorLines({ start: 0n, end: 2048n }, 320)).toEqual([80, 160, 240]);
    expect(sectorLines(DEVICE, 320)).toEqual([]);
  });
});
