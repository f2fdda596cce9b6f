// SPDX-License-Identifier: MIT
/** The unit in which memory is copied, or shared with another copy. */
export const CHUNK_BYTES = 16_384;

/** A copy of a machine's memory in chunks that other copies may share. Chunks are never written to. */
export interface SharedSnapshot {
  lengthBytes: number;
  chunks: readonly Uint32Array[];
}

/** Copies the first `lengthBytes` of `memory`; a chunk that equals the one in `before` is the same object. */
export function takeShared(
  memory: ArrayBuffer,
  lengthBytes: number,
  before: SharedSnapshot | null,
): SharedSnapshot {
  const chunks: Uint32Array[] = [];
  for (let at = 0; at < lengthBytes; at += CHUNK_BYTES) {
    // Whole words: the bytes after the end belong to no machine, but they exist.
    const words = (Math.min(CHUNK_BYTES, lengthBytes - at) + 3) >> 2;
    const now = new Uint32Array(memory, at, words);
    const old = before?.chunks[chunks.length];
    chunks.push(old !== undefined && same(old, now) ? old : now.slice());
  }
  return { lengthBytes, chunks };
}

/** Puts a copy back into a memory that is large enough, and clears the rest. */
export function putShared(snapshot: SharedSnapshot, memory: ArrayBuffer): void {
  snapshot.chunks.forEach((chunk, i) => new Uint32Array(memory, i * CHUNK_BYTES, chunk.length).set(chunk));
  new Uint8Array(memory).fill(0, snapshot.lengthBytes);
}

/** The bytes that these copies take together; shared chunks count once. */
export function distinctBytes(snapshots: readonly SharedSnapshot[]): number {
  const chunks = new Set<Uint32Array>();
  for (const snapshot of snapshots) for (const chunk of snapshot.chunks) chunks.add(chunk);
  let bytes = 0;
  for (const chunk of chunks) bytes += chunk.byteLength;
  return bytes;
}

function same(a: Uint32Array, b: Uint32Array): boolean {
  const { length } = a;
  if (length !== b.length) return false;
  // Eight at a time: most chunks are the same, and a branch for each word takes longer than to look at all of them.
  let i = 0;
  for (; i + 8 <= length; i += 8) {
    const differ =
      (a[i]! ^ b[i]!) |
      (a[i + 1]! ^ b[i + 1]!) |
      (a[i + 2]! ^ b[i + 2]!) |
      (a[i + 3]! ^ b[i + 3]!) |
      (a[i + 4]! ^ b[i + 4]!) |
      (a[i + 5]! ^ b[i + 5]!) |
      (a[i + 6]! ^ b[i + 6]!) |
      (a[i + 7]! ^ b[i + 7]!);
    if (differ !== 0) return false;
  }
  for (; i < length; i++) if (a[i] !== b[i]) return false;
  return true;
}
