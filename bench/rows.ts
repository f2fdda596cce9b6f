// SPDX-License-Identifier: MIT
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import type { BatchRow } from '#engine/core/batch.ts';
import { ROOT } from './root.ts';

/** The vectors that the rows come from: both families of fuse_iomap_begin. */
export const VECTOR_FILES = ['begin-v6.jsonl.gz', 'begin-v6-rejects.jsonl.gz'];

interface VectorMapping {
  offset: string;
  length: string;
  addr: string;
  type: number;
  flags: number;
  dev: number;
}

interface Vector {
  inode: { blkbits: number; maxbytes: string };
  devs: { id: number; kind: 'iomap' | 'passthrough' }[];
  op: { pos: string; count: string; opflags: number };
  reply: { error: number; read?: VectorMapping | null; write?: VectorMapping | null };
}

/** Every begin vector, as a row for the batch entry. */
export function loadRows(): BatchRow[] {
  return VECTOR_FILES.flatMap((file) => {
    const text = gunzipSync(readFileSync(join(ROOT, 'tests/conformance/vectors', file))).toString('utf8');
    return text
      .trimEnd()
      .split('\n')
      .map((line) => rowOf(JSON.parse(line) as Vector));
  });
}

function rowOf({ inode, devs, op, reply }: Vector): BatchRow {
  const bytes = new Uint8Array(64);
  if (reply.read) putMapping(new DataView(bytes.buffer, 0, 32), reply.read);
  if (reply.write) putMapping(new DataView(bytes.buffer, 32, 32), reply.write);
  return {
    blkbits: inode.blkbits,
    maxbytes: BigInt(inode.maxbytes),
    devs,
    pos: BigInt(op.pos),
    count: BigInt(op.count),
    opflags: op.opflags,
    error: reply.error,
    reply: bytes,
  };
}

/** struct fuse_iomap_io. */
function putMapping(view: DataView, { offset, length, addr, type, flags, dev }: VectorMapping): void {
  view.setBigUint64(0, BigInt(offset), true);
  view.setBigUint64(8, BigInt(length), true);
  view.setBigUint64(16, BigInt(addr), true);
  view.setUint16(24, type, true);
  view.setUint16(26, flags, true);
  view.setUint32(28, dev, true);
}

/** `count` row numbers below `rows`, the same for the same seed (mulberry32). */
export function drawIndices(rows: number, count: number, seed: number): Uint32Array {
  let state = seed >>> 0;
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return (t ^ (t >>> 14)) >>> 0;
  };
  return Uint32Array.from({ length: count }, () => next() % rows);
}
