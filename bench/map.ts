// SPDX-License-Identifier: MIT
import { performance } from 'node:perf_hooks';
import { Batch } from '#engine/core/batch.ts';
import { MapPoints } from '#engine/map/points.ts';
import { renderMap } from '#engine/map/render.ts';
import { parseDocument } from '#engine/scenario/parse.ts';
import { readCore } from './core.ts';
import { drawIndices, loadRows } from './rows.ts';
import { median, table } from './table.ts';

const SIDE = 1000;
const EVALUATIONS = SIDE * SIDE;
const REPETITIONS = 9;
const SEED = 20260122;
/** The map asks at least so many points in the time of one row of the batch entry. */
const LEAST_RATE = 0.5;

const DOCUMENT = JSON.stringify({
  format: 1,
  steps: [
    { do: 'backing_open' },
    {
      do: 'iomap_begin',
      pos: 4096,
      count: 8192,
      reply: { read: { offset: 4096, length: 8192, addr: '1M', type: 'MAPPED', dev: 1 } },
    },
  ],
});

/**
 * A million points of an acceptance map beside a million rows of the batch entry of the fast core, in turn.
 * @returns whether the map has at least half of the rate
 */
export function benchMap(): boolean {
  const rows = loadRows();
  const indices = drawIndices(rows.length, EVALUATIONS, SEED);
  const batch = new Batch(readCore('v6-04', 'fast'), rows);
  const { scenario } = parseDocument(DOCUMENT);
  const points = MapPoints.of(readCore('v6-04', 'map'), scenario!, 1, ['read.offset', 'read.length']);
  if (typeof points === 'string') throw new Error(points);
  const values = Array.from({ length: SIDE }, (_, i) => BigInt(i) * 4096n);
  const contenders = {
    'batch entry (fast)': () => void batch.evaluate(indices),
    map: () => {
      for (const part of renderMap(points, values, values))
        if (part.ids.length === 0) throw new Error('no points');
    },
  };
  for (const pass of Object.values(contenders)) pass();
  const passes = new Map<string, number[]>(Object.keys(contenders).map((name) => [name, []]));
  for (let repetition = 0; repetition < REPETITIONS; repetition++)
    for (const [name, pass] of Object.entries(contenders)) {
      const start = performance.now();
      pass();
      passes.get(name)!.push(((performance.now() - start) * 1e6) / EVALUATIONS);
    }
  const [base, map] = [...passes.values()].map(median) as [number, number];
  const rate = base / map;
  console.log(`Acceptance map: ${EVALUATIONS} points, median of ${REPETITIONS} passes in turn\n`);
  console.log(
    table(
      ['', 'ns', 'rate / batch'],
      [
        ['batch entry (fast)', base.toFixed(2), '1.00'],
        ['map', map.toFixed(2), rate.toFixed(2)],
      ],
    ),
  );
  if (rate < LEAST_RATE) console.error(`\nthe map has less than ${LEAST_RATE} of the batch entry's rate`);
  return rate >= LEAST_RATE;
}
