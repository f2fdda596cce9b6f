// SPDX-License-Identifier: MIT
import { deflateRawSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { decodeLink, encodeLink } from '#engine/link/codec.ts';
import { parseDocument } from '#engine/scenario/parse.ts';
import { canonicalValue, minifyScenario } from '#engine/scenario/print.ts';
import { randomState } from '../link-generator.ts';

/**
 * How long links are, in characters of the whole hash, over 200 random scenarios for each count of steps.
 * Set SHOW_SIZES=1 to see the table.
 */
const SAMPLES = 200;
const SEED = 20_000;

interface Row {
  /** iomap_begin steps; one or two backing_open come on top. */
  steps: number;
  json: number[];
  /** base64url of raw DEFLATE of the same JSON, without a dictionary: what most playgrounds have. */
  deflated: number[];
  hash: number[];
}

function measure(steps: number, samples: number): Row {
  const row: Row = { steps, json: [], deflated: [], hash: [] };
  for (let sample = 0; sample < samples; sample++) {
    const state = randomState(SEED + sample, steps);
    const scenario = canonicalValue(state.scenario);
    const json = minifyScenario(scenario);
    const hash = encodeLink({ ...state, scenario });
    expect(parseDocument(json).problems.filter(({ severity }) => severity === 'error')).toEqual([]);
    expect(decodeLink(hash).ok).toBe(true);
    row.json.push(json.length);
    row.deflated.push(Math.ceil((deflateRawSync(json, { level: 9 }).length * 4) / 3));
    row.hash.push(hash.length);
  }
  return row;
}

function quantile(lengths: readonly number[], share: number): number {
  const sorted = [...lengths].sort((a, b) => a - b);
  return sorted[Math.ceil(sorted.length * share) - 1] ?? NaN;
}

function show(rows: readonly Row[]): void {
  if (process.env['SHOW_SIZES'] === undefined) return;
  const cell = (lengths: readonly number[]) =>
    `${quantile(lengths, 0.5)}/${quantile(lengths, 0.95)}`.padStart(12);
  const lines = rows.map(
    ({ steps, json, deflated, hash }) =>
      `${String(steps).padStart(5)}${cell(json)}${cell(deflated)}${cell(hash)}`,
  );
  console.log(['steps        JSON     deflate        link   (median/p95)', ...lines].join('\n'));
}

test('one step in 300 characters, eight with random 43-bit numbers in 900', () => {
  const one = measure(1, SAMPLES);
  const eight = measure(8, SAMPLES);
  show([one, ...[2, 4].map((steps) => measure(steps, SAMPLES / 4)), eight, measure(16, SAMPLES / 4)]);
  expect(quantile(one.hash, 0.5)).toBeLessThanOrEqual(300);
  expect(quantile(eight.hash, 0.95)).toBeLessThanOrEqual(900);
});

test('the generator is as hard as it says: eight steps have over 3 kB of JSON that DEFLATE halves at best', () => {
  const { json, deflated } = measure(8, 40);
  expect(quantile(json, 0.5)).toBeGreaterThan(3000);
  expect(quantile(deflated, 0.5)).toBeGreaterThan(1300);
});
