// SPDX-License-Identifier: MIT
/** The keys of a map, while it has the focus. */
import type { MapModel } from './model.svelte.ts';

/** Lines, across and up. */
const STEPS: Readonly<Record<string, readonly [number, number]>> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, 1],
  ArrowDown: [0, -1],
  PageUp: [0, 10],
  PageDown: [0, -10],
};
const FAR = 10;

/** Does what a key is for; false if it is none of the map's. @param take makes the point under the cursor the scenario */
export function pressed(
  store: Pick<MapModel, 'moveBy' | 'zoom' | 'home'>,
  { key, shiftKey }: Pick<KeyboardEvent, 'key' | 'shiftKey'>,
  take: () => void,
): boolean {
  const step = STEPS[key];
  const by = shiftKey ? FAR : 1;
  if (step) store.moveBy(step[0] * by, step[1] * by);
  else if (key === '+' || key === '=') store.zoom(1);
  else if (key === '-') store.zoom(-1);
  else if (key === 'Home') store.home();
  else if (key === 'Enter') take();
  else return false;
  return true;
}
