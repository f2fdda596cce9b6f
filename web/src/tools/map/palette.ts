// SPDX-License-Identifier: MIT
/** The colours of a map as numbers, from the page's tokens as they are now. */
import { HUES } from '#engine/view/map/styles.ts';
import type { Palette, Rgb } from './paint.ts';

/** @param inside an element of the page, whose colours hold */
export function paletteOf(inside: HTMLElement): Palette {
  const probe = document.createElement('span');
  // Where the reader's own colours are forced on the page, every probe would have the same one.
  probe.style.setProperty('forced-color-adjust', 'none');
  inside.append(probe);
  const colour = (token: string): Rgb => {
    probe.style.color = `var(${token})`;
    const [r = 0, g = 0, b = 0] = (getComputedStyle(probe).color.match(/[\d.]+/g) ?? []).map(Number);
    return [r, g, b];
  };
  const hues = HUES.map((hue) => [hue, colour(`--map-${hue}`)] as const);
  const palette = { ...Object.fromEntries(hues), paper: colour('--panel') } as Palette;
  probe.remove();
  return palette;
}
