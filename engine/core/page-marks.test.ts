// SPDX-License-Identifier: MIT
import { expect, test } from 'vitest';
import { PageMarks } from './page-marks.ts';
import { CHUNK_BYTES, takeShared, type SharedSnapshot } from './snapshot.ts';

const MARKS = 19_360;
const HEAP = MARKS + 16_384;
const FIRST = Math.floor(HEAP / CHUNK_BYTES) + 1;

/** A memory with marks, a copy of it, and then another byte in each chunk. */
function changedEverywhere(): { marks: PageMarks; memory: Uint8Array<ArrayBuffer>; before: SharedSnapshot } {
  const memory = new Uint8Array(32 * CHUNK_BYTES);
  const marks = new PageMarks(0, HEAP);
  const before = marks.copy(memory, null, (same) => takeShared(memory.buffer, memory.length, null, same));
  for (let chunk = 0; chunk < 32; chunk++) memory[chunk * CHUNK_BYTES] = 1;
  return { marks, memory, before };
}

/** Which chunks are shared, but for those that hold the marks themselves. */
const sharedIn = (copy: SharedSnapshot, before: SharedSnapshot) =>
  copy.chunks.flatMap((chunk, i) => {
    const ofMarks = i >= Math.floor(MARKS / CHUNK_BYTES) && i < FIRST;
    return !ofMarks && chunk === before.chunks[i] ? [i] : [];
  });

test('a chunk of pages without a mark is not looked at, all others are', () => {
  const { marks, memory, before } = changedEverywhere();
  const other = FIRST + 3;
  const written = FIRST + 9;
  memory[MARKS + (other >> 3)]! |= 1 << (other & 7);
  memory[MARKS + 8192 + (written >> 3)]! |= 1 << (written & 7);
  const copy = marks.copy(memory, before, (same) => takeShared(memory.buffer, memory.length, before, same));
  const pages = Array.from({ length: 32 - FIRST }, (_, i) => FIRST + i);
  expect(sharedIn(copy, before)).toEqual(pages.filter((chunk) => chunk !== other && chunk !== written));
  // What was written to is told once.
  expect(memory[MARKS + 8192 + (written >> 3)]).toBe(0);
});

test('the marks say nothing of another copy than the last, nor after one that is not known was put back', () => {
  const { marks, memory, before } = changedEverywhere();
  const take = (same: (chunk: number) => boolean) => takeShared(memory.buffer, memory.length, before, same);
  const twin = { ...before };
  expect(sharedIn(marks.copy(memory, twin, take), before)).toEqual([]);
  marks.restored(null);
  expect(sharedIn(marks.copy(memory, before, take), before)).toEqual([]);
  marks.restored(before);
  expect(sharedIn(marks.copy(memory, before, take), before)).not.toEqual([]);
});

test('a core without records keeps no marks', () => {
  const memory = new DataView(new ArrayBuffer(64));
  expect(PageMarks.of(memory, 0, 64)).toBeNull();
  memory.setUint32(16, 1, true);
  expect(PageMarks.of(memory, 0, 64)).not.toBeNull();
});
