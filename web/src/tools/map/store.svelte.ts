// SPDX-License-Identifier: MIT
import { mapStep } from '#engine/map/edits.ts';
import { isListed } from '#engine/map/scale.ts';
import { onlyIn, type MapClass } from '#engine/view/map/classes.ts';
import type { App } from '../../app/app.svelte.ts';
import { MapModel } from './model.svelte.ts';
import type { MapSubject } from './types.ts';

/** The map of the page's scenario: of the chosen step, or of the first that a map can be of. */
export class MapStore extends MapModel {
  /** The whole range of the same two fields, in powers of two. */
  readonly overview: MapModel;

  constructor(app: App) {
    super(() => subjectOf(app));
    this.overview = new MapModel(() => subjectOf(app));
    this.overview.level = 'powers';
  }

  get compared(): boolean {
    return (this.ids?.sides.length ?? 0) > 1;
  }

  /** Whether there is more than the map shows. */
  readonly isPart = $derived(this.level !== 'powers' && !this.axes.every(isListed));

  /** The kinds of points that lie outside of the map only. */
  readonly far = $derived.by((): MapClass[] =>
    this.isPart ? onlyIn(this.overview.classes, this.classes, this.compared) : [],
  );

  override end(): void {
    super.end();
    this.overview.end();
  }
}

function subjectOf({ document, selection }: App): MapSubject | string {
  const { scenario } = document.parsed;
  if (scenario === null) return 'The scenario has a mistake. A map can be made once it is mended.';
  const { step } = selection;
  const chosen = mapStep(scenario, step);
  if (typeof chosen !== 'string') return { scenario, step, of: chosen };
  const first = scenario.steps.findIndex((_, at) => typeof mapStep(scenario, at) !== 'string');
  const of = first < 0 ? chosen : mapStep(scenario, first);
  return typeof of === 'string' ? of : { scenario, step: first, of };
}
