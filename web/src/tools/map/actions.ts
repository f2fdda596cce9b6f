// SPDX-License-Identifier: MIT
/** What a reader does with a map. Each returns what the page then says; '' for nothing. */
import { svgOf } from '#engine/view/map/svg.ts';
import { valuesSaid } from '#engine/view/map/said.ts';
import { fieldLabel } from '#engine/view/map/words.ts';
import type { App } from '../../app/app.svelte.ts';
import { edit } from '../../app/editing.ts';
import { fileName, saveFile } from '../../app/files.ts';
import type { MapModel } from './model.svelte.ts';

/** The point under the cursor becomes the scenario, as one change that can be undone. */
export function takePoint(app: App, store: MapModel): string {
  const edits = store.edits().map(({ path, value }) => ({ path: [...path], value }));
  if (edits.length === 0) return '';
  app.document.seal();
  const what = valuesSaid(store.axes, store.cursor);
  edit(app.document, edits, `take ${what.join(', ')} from the map`);
  return `The scenario now has ${what.join(' and ')}.`;
}

/** Saves the map as an SVG file. */
export function saveSvg(app: App, store: MapModel): string {
  const { ids } = store;
  if (!ids?.whole) return '';
  const fields = store.axes.map(fieldLabel).join(' and ');
  const text = svgOf({
    title: `${app.title === '' ? 'Acceptance map' : app.title}: ${fields}, ${ids.asked.revisions.join(' and ')}`,
    axes: store.axes,
    xs: store.lines[0],
    ys: store.lines[1],
    ids: ids.sides[0]!,
    other: ids.sides[1] ?? null,
    classes: store.classes,
  });
  if (text === null) return 'This map has too many edges for a file. Zoom in, and save that.';
  saveFile(`${fileName(`map ${app.title}`)}.svg`, text, 'image/svg+xml');
  return '';
}
