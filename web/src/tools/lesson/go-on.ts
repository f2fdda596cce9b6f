// SPDX-License-Identifier: MIT
/** The way back into the lessons, for whoever did some of them and comes to the page itself. */
import type { App } from '../../app/app.svelte.ts';
import { OUTLINES, numberOf, titleOf, type Place } from './files.ts';
import { LessonStore } from './store.svelte.ts';
import { GO_ON } from './step-store.svelte.ts';

const PLACES: readonly Place[] = OUTLINES.flatMap(({ id, steps }) => steps.map((_, step) => ({ id, step })));

interface Kept {
  of: (place: Place) => { met: boolean } | null;
}

/**
 * The step that comes next: the one last worked on, or the first after it whose goal was not met; null if none is begun,
 * or none is left.
 *
 * @param shown the step whose work the page shows, if it is one's: else the last one that was begun counts
 */
export function placeToGoOn(kept: Kept, shown: Place | null): Place | null {
  const last = shown ?? PLACES.findLast((place) => kept.of(place) !== null);
  if (last === undefined) return null;
  const isOpen = (place: Place) => !kept.of(place)?.met;
  const from = PLACES.findIndex(({ id, step }) => id === last.id && step === last.step);
  return PLACES.slice(from).find(isOpen) ?? PLACES.find(isOpen) ?? null;
}

/** Offers to go on with the lessons, above the steps, where it moves nothing; opening one closes it. */
export function offerToGoOn(app: App): void {
  const store = app.of(LessonStore);
  const shown = store.progress.find(app.document.text);
  // Who has something else at work in this tab did not come back for the lessons.
  if (shown === null && app.work.shown().own) return;
  const place = placeToGoOn(store.progress, shown);
  if (place === null || store.place !== null) return;
  app.notices.show(`Your lessons are kept. Next is ${titleOf(place)}.`, {
    about: GO_ON,
    actions: [{ label: `Go on with ${numberOf(place)}`, run: () => store.go(place) }],
  });
}
