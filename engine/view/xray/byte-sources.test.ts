// SPDX-License-Identifier: MIT
import { describe, expect, it } from 'vitest';
import type { DeviceSpan } from '../../run/device-origins.ts';
import type { OriginSpan } from '../../run/types.ts';
import { byteWords, deviceSources, partAt, readSources } from './byte-sources.ts';

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

const onDevice = (pos: bigint, end: bigint, over: Partial<DeviceSpan> = {}): DeviceSpan => ({
  pos,
  end,
  how: 'zeros',
  execution: null,
  file: null,
  addr: null,
  origin: null,
  originDevice: null,
  originShift: null,
  originExecution: null,
  ...over,
});
const steps = (execution: number) => `${['pwrite', 'fsync'][execution]} (step ${execution + 1})`;

describe('the bytes of a device', () => {
  const back = { how: 'writeback', execution: 1, file: 'a' } as const;
  const { parts, legend } = deviceSources(
    [
      onDevice(4096n, 4608n, { how: 'pattern' }),
      onDevice(4608n, 5120n, { how: 'direct', execution: 0, file: 'a', addr: 0n }),
      onDevice(5120n, 5632n, { how: 'zeroed', execution: 0, file: 'a', addr: 512n }),
      onDevice(5632n, 5732n, { ...back, addr: 1024n, origin: 'written', originExecution: 0 }),
      onDevice(5732n, 6144n, {
        ...back,
        addr: 1124n,
        origin: 'device',
        originDevice: 'vdb',
        originShift: 4096n,
      }),
      onDevice(6144n, 6656n, { ...back, addr: 2048n, origin: 'past-eof' }),
      onDevice(6656n, 7168n, { how: 'given' }),
    ],
    4096n,
    1,
    steps,
  );

  it('have one entry of the legend for each way in which they came there', () => {
    expect(legend.map(({ label, detail, tint, cached }) => [label, detail, tint, cached])).toEqual([
      ['the pattern that names each sector, from the start', '512 bytes', 1, false],
      ['written directly by pwrite (step 1)', '512 bytes', 'plain', false],
      ['zeros that the kernel wrote around pwrite (step 1)', '512 bytes', 'hatched', false],
      [
        'written back from the page cache by fsync (step 2): bytes of pwrite (step 1)',
        '100 bytes',
        'plain',
        true,
      ],
      ['written back from the page cache by fsync (step 2): bytes read from vdb', '412 bytes', 'plain', true],
      [
        'written back from the page cache by fsync (step 2): zeros, past the end of the file',
        '512 bytes',
        'plain',
        true,
      ],
      ['given by the scenario, from the start', '512 bytes', 'given', false],
    ]);
  });

  it('tell for one byte its place in the file, and on the device that it was read from', () => {
    const told = (index: number) => byteWords(0x41, 4096n + BigInt(index), partAt(parts, index), index);
    expect(told(513)).toBe(
      "byte 4609: 41 'A', written directly by pwrite (step 1), byte 1 of file a, sector 9 + 1",
    );
    expect(told(1640)).toBe(
      "byte 5736: 41 'A', written back from the page cache by fsync (step 2): bytes read from vdb, " +
        'byte 1128 of file a, read from vdb sector 10 + 104, sector 11 + 104',
    );
  });
});

describe('finding the part of a byte', () => {
  it('has none beyond the parts', () => {
    const { parts } = deviceSources([onDevice(0n, 512n)], 0n, 0, steps);
    expect(partAt(parts, 511)?.source).toBe(0);
    expect(partAt(parts, 512)).toBe(null);
  });
});
