// SPDX-License-Identifier: MIT
import { mapStep } from '#engine/map/edits.ts';
import type { App } from '../../app/app.svelte.ts';
import { MapModel, type MapSubject } from './model.svelte.ts';

/** The map of the page's scenario: of the chosen step, or of the first that a map can be of. */
export class MapStore extends MapModel {
  constructor(app: App) {
    super(() => subjectOf(app));
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
