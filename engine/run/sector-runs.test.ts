// SPDX-License-Identifier: MIT
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { DEVICE_RUNS_KEPT, NO_RUNS, addRun } from './sector-runs.ts';

test('runs hold the sectors that were added, joined where they touch', () => {
  const run = fc.record({ sector: fc.nat(60), sectors: fc.nat(8) });
  fc.assert(
    fc.property(fc.array(run, { maxLength: 20 }), (added) => {
      const touched = new Set<number>();
      let runs = NO_RUNS;
      for (const { sector, sectors } of added) {
        const before = runs;
        const copy = structuredClone(before);
        runs = addRun(runs, { sector: BigInt(sector), sectors: BigInt(sectors) });
        expect(before).toEqual(copy);
        for (let i = 0; i < sectors; i++) touched.add(sector + i);
      }
      const listed = runs.runs.flatMap(({ sector, sectors }) =>
        Array.from({ length: Number(sectors) }, (_, i) => Number(sector) + i),
      );
      expect(listed).toEqual([...touched].sort((a, b) => a - b));
      for (const [i, { sector }] of runs.runs.entries()) {
        const last = runs.runs[i - 1];
        if (last !== undefined) expect(sector).toBeGreaterThan(last.sector + last.sectors);
      }
    }),
  );
});

test('a list that is full counts what finds no room, and still joins', () => {
  let runs = NO_RUNS;
  for (let i = 0; i < DEVICE_RUNS_KEPT + 10; i++) runs = addRun(runs, { sector: BigInt(i * 2), sectors: 1n });
  expect([runs.runs.length, runs.leftOut]).toEqual([DEVICE_RUNS_KEPT, 10]);
  runs = addRun(runs, { sector: 1n, sectors: 1n });
  expect([runs.runs.length, runs.leftOut, runs.runs[0]]).toEqual([
    DEVICE_RUNS_KEPT - 1,
    10,
    { sector: 0n, sectors: 3n },
  ]);
});
