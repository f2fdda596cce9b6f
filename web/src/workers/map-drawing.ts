// SPDX-License-Identifier: MIT
/** Draws maps for the map's worker: part by part, so that a newer question ends the one before. */
import type { Revision } from '#engine/kernel/features.ts';
import { MapPoints } from '#engine/map/points.ts';
import { renderMap } from '#engine/map/render.ts';
import { retarget } from '#engine/scenario/revision.ts';
import type { MapAnswer, MapQuestion } from '#engine/view/map/protocol.ts';

type Question = Extract<MapQuestion, { kind: 'map' }>;

export interface Drawing {
  /** The `map` build of a revision. */
  coreOf: (revision: Revision) => Promise<WebAssembly.Module>;
  say: (answer: MapAnswer, transfer?: Transferable[]) => void;
  /** Resolves once messages that wait were heard. */
  breath: () => Promise<void>;
}

/** @returns a function that draws the map of a question; while it does, a newer call ends it */
export function mapDrawing({ coreOf, say, breath }: Drawing): (question: Question) => Promise<void> {
  let current = 0;
  return async ({ seq, scenario, step, axes, xs, ys, revisions }) => {
    current = seq;
    const begun = performance.now();
    let points = 0;
    for (const [side, revision] of revisions.entries()) {
      const module = await coreOf(revision);
      if (seq !== current) return;
      const of = MapPoints.of(module, retarget(scenario, revision), step, axes);
      if (typeof of === 'string') return say({ kind: 'none', seq, why: of });
      for (const part of renderMap(of, xs, ys)) {
        points += part.ids.length;
        say({ kind: 'part', seq, side, part }, [part.ids.buffer as ArrayBuffer]);
        await breath();
        if (seq !== current) return;
      }
    }
    say({ kind: 'whole', seq, points, milliseconds: performance.now() - begun });
  };
}
