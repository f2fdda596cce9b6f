// SPDX-License-Identifier: MIT
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { Batch } from '#engine/core/batch.ts';
import { readCore } from './core.ts';
import { prepareNative } from './native.ts';
import { ROOT } from './root.ts';
import { VECTOR_FILES, drawIndices, loadRows } from './rows.ts';

interface ExpectedMap {
  addr: string;
  offset: string;
  length: string;
  type: number;
  flags: number;
  bdev: number | null;
}

interface Expected {
  err: number;
  iomap: ExpectedMap | null;
  srcmap: ExpectedMap | null;
}

const hasGcc = spawnSync('gcc', ['--version']).status === 0;
const rows = loadRows();
const expected: Expected[] = VECTOR_FILES.flatMap((file) =>
  gunzipSync(readFileSync(join(ROOT, 'tests/conformance/vectors', file)))
    .toString('utf8')
    .trimEnd()
    .split('\n')
    .map((line) => (JSON.parse(line) as { expect: Expected }).expect),
);

const ZEROED: ExpectedMap = { addr: '0', offset: '0', length: '0', type: 0, flags: 0, bdev: null };

/** The checksum of the vectors' own verdicts, which every contender of the bench must reach. */
function goldenChecksum(indices: Uint32Array): bigint {
  let hash = 0xcbf29ce484222325n;
  const mix = (value: bigint) => {
    hash = BigInt.asUintN(64, (hash ^ BigInt.asUintN(64, value)) * 0x100000001b3n);
  };
  const mixMap = (map: ExpectedMap | null) => {
    const { addr, offset, length, type, flags, bdev } = map ?? ZEROED;
    for (const value of [addr, offset, length]) mix(BigInt(value));
    mix(BigInt(type) | (BigInt(flags) << 16n));
    mix(BigInt(bdev ?? 0));
  };
  for (const index of indices) {
    const { err, iomap, srcmap } = expected[index] as Expected;
    mix(BigInt(err));
    if (err !== 0) continue;
    mixMap(iomap);
    mixMap(srcmap);
  }
  return hash;
}

const everyRow = Uint32Array.from(rows.keys());
const golden = goldenChecksum(everyRow);

describe('the contenders of the bench reach the verdicts of the golden vectors', () => {
  test.each(['fast', 'trace'] as const)('%s', (build) => {
    const batch = new Batch(readCore('v6-04', build), rows);
    expect(BigInt.asUintN(64, batch.evaluate(everyRow))).toBe(golden);
  });

  test.skipIf(!hasGcc)('native.c', () => {
    const native = prepareNative(rows, everyRow, join(ROOT, 'build/test/native'));
    expect(native?.().checksum).toBe(golden);
  });
});

describe('drawIndices', () => {
  test('returns the same rows for the same seed and others for another', () => {
    expect(drawIndices(100, 50, 1)).toEqual(drawIndices(100, 50, 1));
    expect(drawIndices(100, 50, 1)).not.toEqual(drawIndices(100, 50, 2));
  });

  test('reaches every row and nothing beyond', () => {
    expect([...new Set(drawIndices(10, 1000, 7))].sort((a, b) => a - b)).toEqual([
      0, 1, 2, 3, 4, 5, 6, 7, 8, 9,
    ]);
  });
});
