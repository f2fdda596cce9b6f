// SPDX-License-Identifier: MIT
/** A newer map ends the one that is being drawn. */
import { expect, it } from 'vitest';
import { parseDocument } from '#engine/scenario/parse.ts';
import { printScenario } from '#engine/scenario/print.ts';
import { CATALOGUE } from '#engine/checks/catalogue.ts';
import type { MapAnswer, MapQuestion } from '#engine/view/map/protocol.ts';
import { loadCore } from '../../../tests/core-module.ts';
import { mapDrawing } from './map-drawing.ts';

const { scenario } = parseDocument(printScenario(CATALOGUE['length-zero'].examples.failing!));
const step = scenario!.steps.length - 1;

const lines = (count: number) => Array.from({ length: count }, (_, i) => BigInt(i) * 4096n);
const question = (seq: number, count: number): Extract<MapQuestion, { kind: 'map' }> => ({
  kind: 'map',
  seq,
  scenario: scenario!,
  step,
  axes: ['read.offset', 'read.length'],
  xs: lines(count),
  ys: lines(count),
  revisions: ['v6-04', '2026-05'],
});

/** Points that were asked for a question. */
const asked = (said: readonly MapAnswer[], of: number): number =>
  said.reduce((sum, one) => sum + (one.kind === 'part' && one.seq === of ? one.part.ids.length : 0), 0);

/** @param heard what comes in the pause after the first part */
async function drawn(heard: (draw: (question: Extract<MapQuestion, { kind: 'map' }>) => void) => void) {
  const said: MapAnswer[] = [];
  let pauses = 0;
  let newer: Promise<void> | null = null;
  const draw = mapDrawing({
    coreOf: (revision) => Promise.resolve(loadCore('map', revision)),
    say: (answer) => void said.push(answer),
    breath: () => {
      if (pauses++ === 0) heard((next) => (newer = draw(next)));
      return Promise.resolve();
    },
  });
  await draw(question(1, 512));
  await newer;
  return said;
}

it('asks every point of both revisions where nothing newer comes', async () => {
  const said = await drawn(() => {});
  expect(asked(said, 1)).toBe(2 * (512 * 512 + 32 * 32));
  expect(said.at(-1)).toMatchObject({ kind: 'whole', seq: 1 });
});

it('asks no further part of a map that a newer one ended, and says nothing more of it', async () => {
  const said = await drawn((draw) => draw(question(2, 16)));
  // The coarse part, after which the newer one was heard.
  expect(asked(said, 1)).toBe(32 * 32);
  expect(asked(said, 2)).toBe(2 * 16 * 16);
  expect(said.filter(({ kind }) => kind === 'whole')).toMatchObject([{ seq: 2 }]);
  const first = said.findIndex(({ seq }) => seq === 2);
  expect(said.slice(first).every(({ seq }) => seq === 2)).toBe(true);
});
