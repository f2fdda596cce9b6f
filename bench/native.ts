// SPDX-License-Identifier: MIT
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { BatchRow } from '#engine/core/batch.ts';
import { ROOT } from './root.ts';

export interface Pass {
  /** Nanoseconds for each evaluation. */
  ns: number;
  checksum: bigint;
}

/**
 * bench/native.c, compiled, with the rows in a file beside it.
 * @param folder where both are put
 * @returns one timed pass for each call; null where there is no gcc
 */
export function prepareNative(
  rows: readonly BatchRow[],
  indices: Uint32Array,
  folder = join(ROOT, 'build/bench'),
): (() => Pass) | null {
  if (spawnSync('gcc', ['--version']).status !== 0) return null;
  mkdirSync(folder, { recursive: true });
  const program = join(folder, 'native');
  const file = join(folder, 'rows.bin');
  execFileSync('gcc', ['-O2', '-Wall', '-Wextra', '-o', program, join(ROOT, 'bench/native.c')], {
    stdio: 'inherit',
  });
  writeFileSync(file, Buffer.concat([header(rows, indices), ...rows.map(rowBytes), bytesOf(indices)]));
  return () => {
    const [ns = '', checksum = ''] = execFileSync(program, [file], { encoding: 'utf8' }).trim().split(' ');
    return { ns: Number(ns), checksum: BigInt(checksum) };
  };
}

function header(rows: readonly BatchRow[], indices: Uint32Array): Uint8Array {
  return bytesOf(Uint32Array.of(rows.length, indices.length));
}

/** The layout is drawn in native.c. */
function rowBytes({ blkbits, maxbytes, devs, pos, opflags, error, reply }: BatchRow): Uint8Array {
  const bytes = new Uint8Array(96 + 8 * devs.length);
  bytes.set(reply);
  const view = new DataView(bytes.buffer);
  view.setBigInt64(64, pos, true);
  view.setBigInt64(72, maxbytes, true);
  view.setUint32(80, opflags, true);
  view.setInt32(84, error, true);
  view.setUint32(88, blkbits, true);
  view.setUint32(92, devs.length, true);
  devs.forEach(({ id, kind }, index) => {
    view.setUint32(96 + 8 * index, id, true);
    view.setUint32(100 + 8 * index, kind === 'iomap' ? 1 : 0, true);
  });
  return bytes;
}

/** Little endian, as every machine that runs this is. */
function bytesOf(words: Uint32Array): Uint8Array {
  return new Uint8Array(words.buffer, words.byteOffset, words.byteLength);
}
