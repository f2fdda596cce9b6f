// SPDX-License-Identifier: MIT
/** Acceptance maps: part by part, so that a newer question is heard between two parts. */
import type { Revision } from '#engine/kernel/features.ts';
import { MapPoints } from '#engine/map/points.ts';
import { renderMap } from '#engine/map/render.ts';
import { retarget, revisionOf } from '#engine/scenario/revision.ts';
import { pointWords } from '#engine/view/map/point.ts';
import type { MapAnswer, MapQuestion } from '#engine/view/map/protocol.ts';
import { tellAlive } from './alive.ts';
import { fetchBuild, loadCore, onceEach } from './cores.ts';

tellAlive();

/** Where the `map` build of each revision lies. */
const BUILDS = import.meta.glob<string>('../../../build/core/*.map.wasm', {
  query: '?url',
  import: 'default',
  eager: true,
});
const mapCoreOf = onceEach(async (revision: Revision) =>
  WebAssembly.compile(await fetchBuild(revision, BUILDS[`../../../build/core/${revision}.map.wasm`])),
);
const coreOf = onceEach(loadCore);

/** The map that counts: a newer one ends it. */
let current = 0;

const say = (answer: MapAnswer, transfer: Transferable[] = []) => postMessage(answer, { transfer });
const breath = () => new Promise<void>((resolve) => setTimeout(resolve));

async function drawMap(question: Extract<MapQuestion, { kind: 'map' }>): Promise<void> {
  const { seq, scenario, step, axes, xs, ys, revisions } = question;
  const begun = performance.now();
  let points = 0;
  for (const [side, revision] of revisions.entries()) {
    const module = await mapCoreOf(revision);
    if (seq !== current) return;
    const of = MapPoints.of(module, retarget(scenario, revision), step, axes);
    if (typeof of === 'string') return say({ kind: 'none', seq, why: of });
    for (const part of renderMap(of, xs, ys)) {
      points += part.ids.length;
      say({ kind: 'part', seq, side, part }, [part.ids.buffer]);
      await breath();
      if (seq !== current) return;
    }
  }
  say({ kind: 'whole', seq, points, milliseconds: performance.now() - begun });
}

onmessage = async ({ data }: MessageEvent<MapQuestion>) => {
  const { seq } = data;
  try {
    if (data.kind === 'map') {
      current = seq;
      await drawMap(data);
    } else {
      const { scenario, step } = data;
      const said = pointWords(await coreOf(revisionOf(scenario)), scenario, step);
      if (said === null) say({ kind: 'failed', seq, message: 'The kernel never gets to this step.' });
      else say({ kind: 'point', seq, ...said });
    }
  } catch (error) {
    say({ kind: 'failed', seq, message: error instanceof Error ? error.message : String(error) });
  }
};
