// SPDX-License-Identifier: MIT
/** A point of a map says what the ordinary run says of the same scenario. */
import fc from 'fast-check';
import { readFileSync, readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { REVISIONS, type Revision } from '#engine/kernel/features.ts';
import { mapStep, pointEdits, pointScenario, valueIn } from '#engine/map/edits.ts';
import { MAP_FIELDS, type MapAxes } from '#engine/map/fields.ts';
import { idOf, verdictOf } from '#engine/map/ids.ts';
import { MapPoints } from '#engine/map/points.ts';
import { lineOf, scaleOf, LEVELS } from '#engine/map/scale.ts';
import { cornersOf, marksOf } from '#engine/map/ticks.ts';
import { run } from '#engine/run/runner.ts';
import { editDocument } from '#engine/scenario/edit.ts';
import { parseDocument } from '#engine/scenario/parse.ts';
import { retarget } from '#engine/scenario/revision.ts';
import type { Scenario } from '#engine/scenario/schema.ts';
import { loadCore } from '../core-module.ts';

const FOLDER = new URL('../../examples/', import.meta.url);
const CORES = Object.fromEntries(
  REVISIONS.map((revision) => [revision, [loadCore('trace', revision), loadCore('map', revision)]]),
) as unknown as Record<Revision, [WebAssembly.Module, WebAssembly.Module]>;

/** Every example with a begin that a map can be of, and the begin's step. */
const BEGINS = readdirSync(FOLDER)
  .filter((file) => file.endsWith('.json'))
  .flatMap((file) => {
    const text = readFileSync(new URL(file, FOLDER), 'utf8');
    const { scenario, json } = parseDocument(text);
    if (scenario === null) throw new Error(file);
    const steps = scenario.steps.flatMap((_, step) =>
      typeof mapStep(scenario, step) === 'string' ? [] : [step],
    );
    return steps.map((step) => ({ file, scenario, json, step }));
  });

/** The id that the ordinary run makes of a step; null if it is not run. */
function ordinary(scenario: Scenario, step: number): number | null {
  const { executions } = run(CORES[scenario.kernel.revision][0], scenario);
  const execution = executions.find((one) => one.step === step);
  if (execution === undefined || execution.outcome === 'not-called') return null;
  const { outcome, decided, ret } = execution;
  if (outcome === 'ok') return 0;
  if (outcome === 'retry-cache') return idOf({ kind: 'error', errno: null });
  if (decided !== null)
    return idOf({ kind: 'refused', check: decided.check, which: decided.which as 'read' });
  return idOf({ kind: 'error', errno: -Number(ret) });
}

const at = (revision: Revision, scenario: Scenario, step: number, axes: MapAxes) =>
  MapPoints.of(CORES[revision][1], scenario, step, axes);

describe('a point of a map', () => {
  it('is what its scenario is, for every begin of every example on every revision', () => {
    const axes: MapAxes = ['read.offset', 'read.length'];
    let asked = 0;
    for (const { file, scenario, step } of BEGINS)
      for (const revision of REVISIONS) {
        const on = retarget(scenario, revision);
        const points = at(revision, on, step, axes);
        const expected = ordinary(on, step);
        if (typeof points === 'string') {
          expect(expected, file).toBeNull();
          continue;
        }
        const of = mapStep(on, step);
        if (typeof of === 'string') throw new Error(of);
        const values = axes.map((axis) => valueIn(of, axis));
        const [id] = points.tile([values[0]!], [values[1]!]);
        expect({ file, step, revision, verdict: verdictOf(id!) }).toEqual({
          file,
          step,
          revision,
          verdict: verdictOf(expected!),
        });
        asked++;
      }
    expect(asked).toBeGreaterThan(500);
  });

  it('is what the ordinary run says, whatever two values vary', () => {
    const field = fc.constantFrom(...MAP_FIELDS);
    const property = fc.property(
      fc.nat(BEGINS.length - 1),
      fc.constantFrom(...REVISIONS),
      field,
      field,
      fc.constantFrom(...LEVELS),
      fc.array(fc.tuple(fc.nat(), fc.nat()), { minLength: 4, maxLength: 4 }),
      (begin, revision, across, up, level, picks) => {
        const { scenario, json, step } = BEGINS[begin]!;
        fc.pre(across !== up);
        const axes: MapAxes = [across, up];
        const on = retarget(scenario, revision);
        const points = at(revision, on, step, axes);
        if (typeof points === 'string') return;
        const of = mapStep(on, step);
        if (typeof of === 'string') throw new Error(of);
        const [xs, ys] = axes.map((axis) =>
          scaleOf(axis, {
            level,
            around: valueIn(of, axis),
            blockSize: of.inode.blockSize,
            marks: cornersOf(marksOf(axis, of, on)),
            room: 200,
            revision,
          }).map(({ value }) => value),
        ) as [bigint[], bigint[]];
        const ids = points.tile(xs.slice(0, 250), ys.slice(0, 250));
        const width = Math.min(xs.length, 250);
        for (const [a, b] of picks) {
          const [x, y] = [a % width, b % Math.min(ys.length, 250)];
          const values = [xs[x]!, ys[y]!] as const;
          const expected = ordinary(pointScenario(on, step, axes, values), step);
          expect({ values, ...verdictOf(ids[y * width + x]!) }).toEqual({ values, ...verdictOf(expected!) });
          const edited = parseDocument(editDocument(json, pointEdits(scenario, step, axes, values)).json);
          if (edited.scenario === null) throw new Error(edited.problems[0]?.message);
          expect(ordinary(retarget(edited.scenario, revision), step)).toBe(expected);
        }
      },
    );
    fc.assert(property, { numRuns: 100 });
  }, 60_000);
});

describe('a narrow line', () => {
  it('stands for values that answer alike: the first as the last, wherever the step is asked', () => {
    let asked = 0;
    for (const { file, scenario, step } of BEGINS.filter(
      ({ file }, i) => file.startsWith('check-') || i % 4 === 0,
    ))
      for (const across of MAP_FIELDS)
        for (const pos of [null, 5000n]) {
          const at = scenario.steps[step]!;
          if (at.do !== 'iomap_begin') continue;
          const moved = pos === null ? at : { ...at, pos, count: 100n };
          const on = { ...scenario, steps: scenario.steps.with(step, moved) };
          const axes: MapAxes = [across, across === 'read.offset' ? 'read.length' : 'read.offset'];
          const { revision } = on.kernel;
          const of = mapStep(on, step);
          const points = MapPoints.of(CORES[revision][1], on, step, axes);
          if (typeof points === 'string' || typeof of === 'string') continue;
          for (const level of ['block', 'sector'] as const) {
            const [xs, ys] = axes.map((axis) =>
              scaleOf(axis, {
                level,
                around: valueIn(of, axis),
                blockSize: of.inode.blockSize,
                marks: cornersOf(marksOf(axis, of, on)),
                room: 200,
                revision,
              }),
            );
            const narrow = xs!.filter(({ wide }) => !wide);
            const values = ys!.map(({ value }) => value);
            const tile = (end: 'value' | 'last') => [
              ...points.tile(
                narrow.map((line) => line[end]),
                values,
              ),
            ];
            expect({ file, across, level, ids: tile('last') }).toEqual({
              file,
              across,
              level,
              ids: tile('value'),
            });
            asked += narrow.length;
          }
        }
    expect(asked).toBeGreaterThan(5000);
  });
});

describe('a scale', () => {
  it('ascends without gap or overlap, and has the value that it is around', () => {
    const property = fc.property(
      fc.constantFrom('read.offset', 'write.length', 'read.addr', 'pos', 'read.dev'),
      fc.constantFrom(...LEVELS),
      fc.bigInt({ min: 0n, max: (1n << 64n) - 1n }),
      fc.constantFrom(512, 4096, 65_536),
      fc.integer({ min: 130, max: 1024 }),
      (field, level, any, blockSize, room) => {
        const around = field === 'pos' ? any >> 1n : field === 'read.dev' ? any >> 32n : any;
        const lines = scaleOf(field, { level, around, blockSize, marks: [], room, revision: 'v6-04' });
        expect(lines.length).toBeGreaterThan(0);
        for (const [i, line] of lines.entries()) {
          expect(line.last).toBeGreaterThanOrEqual(line.value);
          if (i > 0) expect(line.value).toBeGreaterThan(lines[i - 1]!.last);
        }
        const line = lines[lineOf(lines, around)]!;
        expect(line.value).toBe(around);
        if (level === 'powers')
          expect([lines[0]!.value, lines.at(-1)!.last]).toEqual([0n, lines.at(-1)!.value]);
      },
    );
    fc.assert(property, { numRuns: 200 });
  });
});
