// SPDX-License-Identifier: MIT
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { DEVICE_RUNS_KEPT, RunList } from './sector-runs.ts';

test('runs hold the sectors that were added, joined where they touch', () => {
  const run = fc.record({ sector: fc.nat(60), sectors: fc.nat(8) });
  fc.assert(
    fc.property(fc.array(run, { maxLength: 20 }), (added) => {
      const touched = new Set<number>();
      let list = new RunList();
      for (const { sector, sectors } of added) {
        const before = list.listed();
        const copy = structuredClone(before);
        list.add({ sector: BigInt(sector), sectors: BigInt(sectors) });
        expect(before).toEqual(copy);
        // One that begins with a list leaves it alone too.
        if (sector % 2 === 0) list = RunList.from(list.listed());
        for (let i = 0; i < sectors; i++) touched.add(sector + i);
      }
      const { runs } = list.listed();
      const listed = runs.flatMap(({ sector, sectors }) =>
        Array.from({ length: Number(sectors) }, (_, i) => Number(sector) + i),
      );
      expect(listed).toEqual([...touched].sort((a, b) => a - b));
      for (const [i, { sector }] of runs.entries()) {
        const last = runs[i - 1];
        if (last !== undefined) expect(sector).toBeGreaterThan(last.sector + last.sectors);
      }
    }),
  );
});

test('a list that is full counts what finds no room, and still joins', () => {
  const list = new RunList();
  for (let i = 0; i < DEVICE_RUNS_KEPT + 10; i++) list.add({ sector: BigInt(i * 2), sectors: 1n });
  const full = list.listed();
  expect([full.runs.length, full.leftOut]).toEqual([DEVICE_RUNS_KEPT, 10]);
  list.add({ sector: 1n, sectors: 1n });
  const joined = list.listed();
  expect([joined.runs.length, joined.leftOut, joined.runs[0]]).toEqual([
    DEVICE_RUNS_KEPT - 1,
    10,
    { sector: 0n, sectors: 3n },
  ]);
});
