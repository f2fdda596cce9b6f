// SPDX-License-Identifier: GPL-2.0-only
import { describe, expect, it } from 'vitest';
import type { OriginSpan } from '../../../../engine/run/types.ts';
import { byteWords, deviceSources, partAt, readSources } from './sources.ts';

const span = (pos: bigint, lengthBytes: bigint, over: Partial<OriginSpan> = {}): OriginSpan => ({
  pos,
  lengthBytes,
  origin: 'device',
  device: 'vda',
  sector: 8n,
  cached: false,
  execution: null,
  ...over,
});
const HOLE = { origin: 'hole', device: null, sector: null } as const;

describe('where read bytes come from', () => {
  it('has one entry of the legend for each place, and a part for each span', () => {
    const { parts, legend } = readSources(
      [
        span(4096n, 4096n),
        span(8192n, 4096n, HOLE),
        span(12_288n, 4096n, { sector: 64n }),
        span(16_384n, 512n, { device: 'vdb' }),
      ],
      4096n,
      12_800,
      ['vda', 'vdb'],
    );
    expect(legend.map(({ label, detail, tint }) => [label, detail, tint])).toEqual([
      ['vda', '8192 bytes, sectors 8..15, sectors 64..71', 0],
      ['zeros of a hole', '4096 bytes', 'hatched'],
      ['vdb', '512 bytes, sector 8', 1],
    ]);
    expect(parts.map(({ start, end, source }) => [start, end, source])).toEqual([
      [0, 4096, 0],
      [4096, 8192, 1],
      [8192, 12_288, 0],
      [12_288, 12_800, 2],
    ]);
  });

  it('tells bytes of the page cache from those that came directly', () => {
    const { legend } = readSources([span(0n, 512n), span(512n, 512n, { cached: true })], 0n, 1024, ['vda']);
    expect(legend.map(({ label }) => label)).toEqual(['vda', 'vda, through the page cache']);
  });

  it('ends with what is shown', () => {
    const { parts, legend } = readSources([span(0n, 4096n), span(4096n, 4096n, HOLE)], 0n, 1024, ['vda']);
    expect(parts.map(({ end }) => end)).toEqual([1024]);
    expect(legend[0]?.detail).toBe('1024 bytes, sectors 8..9');
  });

  it('says of a byte its value and its very sector', () => {
    const { parts } = readSources([span(0n, 4096n)], 0n, 4096, ['vda']);
    expect(byteWords(0x41, 515n, partAt(parts, 515), 515)).toBe("byte 515: 41 'A', vda, sector 9 + 3");
    expect(byteWords(0, 0n, null, 0)).toBe('byte 0: 00');
  });
});

describe('the bytes of a device', () => {
  it('are its own up to what was written', () => {
    const { parts, legend } = deviceSources(
      [
        { sector: 0n, sectors: 1n },
        { sector: 9n, sectors: 2n },
        { sector: 40n, sectors: 2n },
      ],
      4096n,
      2048,
      'vda',
    );
    expect(parts.map(({ start, end, source }) => [start, end, source])).toEqual([
      [0, 512, 0],
      [512, 1536, 1],
      [1536, 2048, 0],
    ]);
    expect(legend.map(({ detail }) => detail)).toEqual(['1024 bytes', '1024 bytes']);
  });
});

describe('finding the part of a byte', () => {
  it('gives none beyond the parts', () => {
    const { parts } = deviceSources([], 0n, 512, 'vda');
    expect(partAt(parts, 511)?.source).toBe(0);
    expect(partAt(parts, 512)).toBe(null);
  });
});
