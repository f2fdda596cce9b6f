// SPDX-License-Identifier: MIT
/** Memory grows with what is touched and what is live; when it runs out, the run ends with a message. */
import { expect, test } from 'vitest';
import { OutOfMemoryError } from '#engine/core/memory.ts';
import { coreWithMemory, loadCore } from '../core-module.ts';
import { BUFFERED, DIRECT, Scripted, TYPE, filled, from, ioMachine, map } from '../io-machine.ts';

const LARGEST = (1n << 63n) - 512n;
const whole = (length: bigint) => new Scripted(() => map(TYPE.MAPPED, 0, 0, 0, { length }));

test('the largest device, touched in 64 places: memory for those', () => {
  const size = LARGEST - (LARGEST % 4096n);
  const machine = ioMachine(loadCore(), { size, devices: [{ name: 'vda', sizeBytes: LARGEST }] });
  const server = whole(size);
  const page = (i: number) => ((size / 4096n / 64n) * BigInt(i) + 5n) * 4096n;
  machine.write('a', page(0), filled(4096, 1), DIRECT, server);
  const before = machine.memoryBytes;
  for (let i = 0; i < 64; i++)
    expect(machine.write('a', page(i), filled(4096, i + 1), DIRECT, server).ret).toBe(4096n);
  // A page of data each, and the nodes of a tree eleven levels high above it.
  expect(machine.memoryBytes - before).toBeLessThan(64 * (4096 + 11 * 280));
  for (let i = 0; i < 64; i++) expect(machine.peek('vda', page(i), 4096)).toEqual(filled(4096, i + 1));
});

test('twice the sectors, twice the memory; the same ones again, none', () => {
  const machine = ioMachine(loadCore(), { size: 1n << 24n });
  const server = whole(1n << 24n);
  const grown = (from: number, to: number) => {
    const before = machine.memoryBytes;
    for (let i = from; i < to; i++) machine.write('a', BigInt(i) << 12n, filled(4096, 1), DIRECT, server);
    return machine.memoryBytes - before;
  };
  grown(0, 4);
  const first = grown(4, 260);
  expect(first).toBeGreaterThan(256 * 4096);
  expect(grown(260, 516)).toBeLessThan(first * 1.05);
  expect(grown(0, 516)).toBe(0);
});

test('folios that left the cache are used again', () => {
  const machine = ioMachine(loadCore(), { size: 1n << 30n });
  const hole = new Scripted(() => map(TYPE.HOLE, 0, 0, 0, { length: 1n << 30n }));
  const round = (i: number) => {
    machine.write('a', BigInt(i) << 20n, filled(1 << 18, 1), BUFFERED, hole);
    machine.fsync('a', hole);
    machine.zeroRange('a', BigInt(i) << 20n, 1n << 18n, true, hole);
  };
  round(0);
  const before = machine.memoryBytes;
  for (let i = 1; i < 100; i++) round(i);
  // Only the index of the places grows, and it is freed too.
  expect(machine.memoryBytes - before).toBeLessThan(16 * 1024);
});

test.each([
  ['direct', DIRECT],
  ['buffered', BUFFERED],
])('a full simulator: %s writes end with OutOfMemoryError', (_, how) => {
  const machine = ioMachine(coreWithMemory(32), { size: 1n << 30n });
  const server = from(map(TYPE.MAPPED, 0, 1 << 24, 0));
  const fill = () => {
    for (let i = 0; i < 4096; i++)
      machine.write('a', BigInt(i) << 12n, filled(4096, 1), how, new Scripted(server));
  };
  expect(fill).toThrow(OutOfMemoryError);
  expect(() => machine.fsync('a', new Scripted(server))).toThrow(OutOfMemoryError);
});

test.each([1 << 22, 1 << 29, 0x7fff_ffff])('a buffer of %s bytes that the memory cannot hold', (count) => {
  const machine = ioMachine(coreWithMemory(32), { size: 1n << 40n });
  const server = from(map(TYPE.HOLE, 0, 4096));
  expect(() => machine.read('a', 0n, count, DIRECT, new Scripted(server))).toThrow(OutOfMemoryError);
});
