// SPDX-License-Identifier: MIT
/** Where the lines of an axis lie on so many pixels. */
import type { Line } from './scale.ts';

const WIDE = 4;

/** The edges of the lines: one more than there are lines, from 0 to `pixels`, in whole pixels. */
export function edgesOf(lines: readonly Line[], pixels: number): number[] {
  const mixed = lines.some(({ wide }) => !wide);
  const weights = lines.map(({ wide }) => (wide && mixed ? WIDE : 1));
  const total = weights.reduce((sum, weight) => sum + weight, 0) || 1;
  let sum = 0;
  return [0, ...weights.map((weight) => Math.round((pixels * (sum += weight)) / total))];
}

/** The line at a pixel. */
export function lineAt(edges: readonly number[], pixel: number): number {
  let [low, high] = [0, edges.length - 2];
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (edges[middle]! <= pixel) low = middle;
    else high = middle - 1;
  }
  return Math.max(0, low);
}
