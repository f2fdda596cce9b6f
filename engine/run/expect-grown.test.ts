// SPDX-License-Identifier: MIT
import { expect, test } from 'vitest';
import { loadCore } from '../../tests/core-module.ts';
import { scenarioOf } from '../testing/fixture.ts';
import { run } from './runner.ts';

const MAPPED = { length: 4096, addr: '1M', type: 'MAPPED', dev: 1 };
const HOLE = { offset: 4096, length: 4096, addr: 'NULL_ADDR' };

/** Paths of what is not met of a read of a mapped block and a hole. */
function unmet(expected: object, replies: object[] = [{ read: MAPPED }, { read: HOLE }]): string[] {
  const scenario = scenarioOf({
    devices: { vda: { contents: 'pattern' } },
    steps: [{ do: 'backing_open' }, { do: 'pread', length: 8192, direct: true, replies, expect: expected }],
  });
  return told(run(loadCore(), scenario));
}

const told = ({ expectations }: ReturnType<typeof run>) =>
  expectations.unmet.map(({ path, expected, actual }) => `${path.join('.')}: ${expected}, ${actual}`);

const sectors = (sector: number, length: number) => ({ device: 'vda', sector, length });

test('pieces stand one after the other and are all that was read', () => {
  expect(unmet({ data: [sectors(2048, 4096), { fill: 0, length: 4096 }] })).toEqual([]);
  expect(
    unmet({ data: [sectors(2048, 512), sectors(2049, 3584), { hex: '00' }, { fill: 0, length: 4095 }] }),
  ).toEqual([]);
  expect(unmet({ data: [sectors(2048, 4096)] })).toEqual(['data.length: 4096 bytes, 8192 bytes']);
  expect(unmet({ data: [sectors(2048, 4096), { fill: 1, length: 4096 }] })).toEqual([
    'data.1: 01 01 01 01 01 01 01 01 at byte 0, 00 00 00 00 00 00 00 00 there',
  ]);
  expect(unmet({ data: [sectors(2047, 4096), { fill: 0, length: 4096 }] })).toHaveLength(1);
  expect(unmet({ data: [sectors(2048, 4096), { fill: 0, length: 4096 }, { fill: 0, length: 1 }] })).toEqual([
    'data.2: 1 byte, 0 bytes',
    'data.length: 8193 bytes, 8192 bytes',
  ]);
});

test('each request carries what became of its answer', () => {
  const first = { pos: 0, answer: { check: null, iomap: { type: 'MAPPED', bdev: 'vda' }, srcmap: null } };
  const second = { pos: 4096, answer: { iomap: { type: 'HOLE', addr: 'NULL_ADDR', bdev: null } } };
  expect(unmet({ requests: [first, second] })).toEqual([]);
  expect(unmet({ requests: [first, { answer: { iomap: { type: 'UNWRITTEN' } } }] })).toEqual([
    'requests.1.answer.iomap.type: UNWRITTEN, HOLE',
  ]);
  const refused = { check: 'addr-forbidden', which: 'read', iomap: null };
  expect(
    unmet({ requests: [first, { answer: refused }] }, [{ read: MAPPED }, { read: { ...HOLE, addr: 0 } }]),
  ).toEqual([]);
});

test('bounds leave numbers their room', () => {
  expect(unmet({ atLeast: { ret: 8192, requests: 2, bios: 1 }, atMost: { requests: 2, bios: 1 } })).toEqual(
    [],
  );
  expect(unmet({ atLeast: { ret: 8193, requests: 3, size: '1M' } })).toEqual([
    'atLeast.ret: at least 8193, 8192',
    'atLeast.requests: at least 3, 2',
    'atLeast.size: at least 1048576, 65536',
  ]);
  expect(unmet({ atMost: { ret: '-EIO', bios: 0, diskSize: 1 } })).toEqual([
    'atMost.ret: at most -EIO, 8192',
    'atMost.bios: at most 0, 1',
    'atMost.diskSize: at most 1, 65536',
  ]);
});

test('bounds of a mapping and of the table look at what is there', () => {
  const begin = (expected: object, read: object = MAPPED) =>
    told(
      run(
        loadCore(),
        scenarioOf({
          steps: [{ do: 'backing_open' }, { do: 'iomap_begin', reply: { read }, expect: expected }],
        }),
      ),
    );
  expect(begin({ atLeast: { iomap: { length: 4096 }, table: { live: 1 } } })).toEqual([]);
  expect(begin({ atLeast: { iomap: { length: 4097 } }, atMost: { table: { live: 0 } } })).toEqual([
    'atLeast.iomap.length: at least 4097, 4096',
    'atMost.table.live: at most 0, 1',
  ]);
  expect(begin({ atMost: { iomap: { length: 4096 } } }, {})).toEqual([
    'atMost.iomap.length: at most 4096, nothing',
  ]);
});

test('what must not be is not met only if all of it is so', () => {
  expect(unmet({ not: { ret: 8192 } })).toEqual(['not: something else, this']);
  expect(unmet({ not: { ret: 8192, requests: 1 } })).toEqual([]);
  expect(unmet({ not: { data: { fill: 0 } } })).toEqual([]);
  expect(unmet({ not: { data: [sectors(2048, 4096), { fill: 0, length: 4096 }] } })).toHaveLength(1);
});

test('names of devices must be there, wherever they stand', () => {
  const named = { bdev: 'vdx' };
  const steps = (expected: object) => () => scenarioOf({ steps: [{ do: 'pread', expect: expected }] });
  for (const expected of [
    { data: [{ device: 'vdx', length: 1 }] },
    { requests: [{ answer: { iomap: named } }] },
    { requests: [{ answer: { srcmap: named } }] },
    { not: { iomap: named } },
  ]) {
    expect(steps(expected)).toThrow('No device has the name "vdx"');
  }
});
