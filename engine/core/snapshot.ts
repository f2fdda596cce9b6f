// SPDX-License-Identifier: MIT
/** The unit in which memory is copied, or shared with another copy. */
export const CHUNK_BYTES = 4_096;

const CHUNK_WORDS = CHUNK_BYTES / 4;

/** A copy of a machine's memory in chunks that other copies may share. Chunks are never written to. */
export interface SharedSnapshot {
  lengthBytes: number;
  chunks: readonly Uint32Array[];
}

/**
 * Copies the first `lengthBytes` of `memory`; a chunk that equals the one in `before` is the same object. Those that
 * `known` knows to be equal are not looked at.
 */
export function takeShared(
  memory: ArrayBuffer,
  lengthBytes: number,
  before: SharedSnapshot | null,
  known: (chunk: number) => boolean = () => false,
): SharedSnapshot {
  const chunks: Uint32Array[] = [];
  // Whole words: the bytes after the end belong to no machine, but they exist.
  const all = new Uint32Array(memory, 0, (lengthBytes + 3) >> 2);
  for (let from = 0; from < all.length; from += CHUNK_WORDS) {
    const to = Math.min(from + CHUNK_WORDS, all.length);
    const old = before?.chunks[chunks.length];
    const equal = old?.length === to - from && (known(chunks.length) || same(old, all, from));
    chunks.push(equal ? old : all.slice(from, to));
  }
  return { lengthBytes, chunks };
}

/** Puts a copy back into a memory that is large enough, and clears the rest. */
export function putShared(snapshot: SharedSnapshot, memory: ArrayBuffer): void {
  snapshot.chunks.forEach((chunk, i) => new Uint32Array(memory, i * CHUNK_BYTES, chunk.length).set(chunk));
  new Uint8Array(memory).fill(0, snapshot.lengthBytes);
}

/** The bytes that these copies take together, each taken after the one before it; shared chunks count once. */
export function distinctBytes(snapshots: readonly SharedSnapshot[]): number {
  let bytes = 0;
  let before: readonly Uint32Array[] = [];
  for (const { chunks } of snapshots) {
    // A chunk that is not the one before it is none of those before that either.
    for (let i = 0; i < chunks.length; i++) if (chunks[i] !== before[i]) bytes += chunks[i]!.byteLength;
    before = chunks;
  }
  return bytes;
}

/** Whether a chunk is what lies from here on in the memory. */
function same(chunk: Uint32Array, all: Uint32Array, from: number): boolean {
  const { length } = chunk;
  // Eight at a time: most chunks are the same, and a branch for each word takes longer than to look at all of them.
  let i = 0;
  for (let at = from; i + 8 <= length; i += 8, at += 8) {
    const differ =
      (chunk[i]! ^ all[at]!) |
      (chunk[i + 1]! ^ all[at + 1]!) |
      (chunk[i + 2]! ^ all[at + 2]!) |
      (chunk[i + 3]! ^ all[at + 3]!) |
      (chunk[i + 4]! ^ all[at + 4]!) |
      (chunk[i + 5]! ^ all[at + 5]!) |
      (chunk[i + 6]! ^ all[at + 6]!) |
      (chunk[i + 7]! ^ all[at + 7]!);
    if (differ !== 0) return false;
  }
  for (; i < length; i++) if (chunk[i] !== all[from + i]) return false;
  return true;
}
