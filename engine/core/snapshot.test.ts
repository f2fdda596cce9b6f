// SPDX-License-Identifier: MIT
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { CHUNK_BYTES, distinctBytes, putShared, takeShared } from './snapshot.ts';
import { thinned } from '../run/resume-points.ts';

const SIZE = 5 * CHUNK_BYTES;

test('a snapshot shares the chunks that did not change, and only those', () => {
  const memory = new Uint8Array(SIZE);
  const first = takeShared(memory.buffer, SIZE, null);
  memory[2 * CHUNK_BYTES + 5] = 1;
  const second = takeShared(memory.buffer, SIZE, first);
  expect(second.chunks.map((chunk, i) => chunk === first.chunks[i])).toEqual([true, true, false, true, true]);
  expect(distinctBytes([first, second])).toBe(6 * CHUNK_BYTES);
});

test('each snapshot is put back as the memory was when it was taken', () => {
  const write = fc.record({
    at: fc.nat(SIZE - 1),
    byte: fc.nat(255),
    length: fc.integer({ min: 1, max: SIZE }),
  });
  fc.assert(
    fc.property(fc.array(write, { maxLength: 12 }), (writes) => {
      const memory = new Uint8Array(SIZE);
      const taken = writes.map(({ at, byte, length }, i) => {
        memory[at] = byte;
        return { length, copy: memory.slice(0, length), i };
      });
      memory.fill(0);
      let before: ReturnType<typeof takeShared> | null = null;
      const shared = writes.map(({ at, byte, length }) => {
        memory[at] = byte;
        return (before = takeShared(memory.buffer, length, before));
      });
      for (const { copy, i } of taken.reverse()) {
        const back = new Uint8Array(SIZE).fill(0xee);
        putShared(shared[i]!, back.buffer);
        const wanted = new Uint8Array(SIZE);
        wanted.set(copy);
        // toEqual() compares byte by byte, which takes minutes for so many.
        expect(Buffer.compare(back, wanted)).toBe(0);
      }
    }),
  );
});

test('copies are thinned out until they fit, the first and the last stay', () => {
  const memory = new Uint8Array(SIZE);
  const saved = Array.from({ length: 20 }, (_, before) => {
    memory.fill(before + 1);
    return { before, memory: takeShared(memory.buffer, SIZE, null) };
  });
  const kept = thinned(saved, 6 * SIZE);
  expect(distinctBytes(kept.map((one) => one.memory))).toBeLessThanOrEqual(6 * SIZE);
  expect(kept.length).toBeGreaterThanOrEqual(3);
  expect([kept[0]?.before, kept.at(-1)?.before]).toEqual([0, 19]);
  expect(thinned(saved, 20 * SIZE)).toBe(saved);
});
