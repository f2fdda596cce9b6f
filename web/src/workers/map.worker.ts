// SPDX-License-Identifier: MIT
/** Acceptance maps: part by part, so that a newer question is heard between two parts. */
import type { Revision } from '#engine/kernel/features.ts';
import { revisionOf } from '#engine/scenario/revision.ts';
import { pointWords } from '#engine/view/map/point.ts';
import type { MapAnswer, MapQuestion } from '#engine/view/map/protocol.ts';
import { tellAlive } from './alive.ts';
import { fetchBuild, loadCore, onceEach } from './cores.ts';
import { mapDrawing } from './map-drawing.ts';

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

const say = (answer: MapAnswer, transfer: Transferable[] = []) => postMessage(answer, { transfer });
const breath = () => new Promise<void>((resolve) => setTimeout(resolve));
const draw = mapDrawing({ coreOf: mapCoreOf, say, breath });

onmessage = async ({ data }: MessageEvent<MapQuestion>) => {
  const { seq } = data;
  try {
    if (data.kind === 'map') await draw(data);
    else {
      const { scenario, step } = data;
      const said = pointWords(await coreOf(revisionOf(scenario)), scenario, step);
      if (said === null) say({ kind: 'failed', seq, message: 'The kernel never gets to this step.' });
      else say({ kind: 'point', seq, ...said });
    }
  } catch (error) {
    say({ kind: 'failed', seq, message: error instanceof Error ? error.message : String(error) });
  }
};
