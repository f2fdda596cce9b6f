// SPDX-License-Identifier: MIT
/** Where the cells of a drawn map lie, as shares of its width and height: a map that is printed smaller fits as well. */

export type Axis = 0 | 1;

/** Edges in device pixels, across and up: see edgesOf() in engine/map/layout.ts. */
export interface Geometry {
  edges: readonly [across: readonly number[], up: readonly number[]];
  /** Device pixels, across and up. */
  pixels: readonly [number, number];
  /** Device pixels of a pixel of the page. */
  ratio: number;
}

const share = ({ pixels }: Geometry, axis: Axis, at: number): number => (100 * at) / pixels[axis];

/** The middle of a line, in percent from the left or from the bottom. */
export function middleOf(geometry: Geometry, axis: Axis, line: number): number {
  const edges = geometry.edges[axis];
  return share(geometry, axis, ((edges[line] ?? 0) + (edges[line + 1] ?? 0)) / 2);
}

/** Where lines lie from the first to the last, in percent: how far from the edge, and how much they take. */
export function spanOf(geometry: Geometry, axis: Axis, first: number, last = first): [number, number] {
  const edges = geometry.edges[axis];
  const [from, to] = [edges[first] ?? 0, edges[last + 1] ?? 0];
  return [share(geometry, axis, from), share(geometry, axis, to - from)];
}

/** The length of an axis in pixels of the page. */
export const lengthOf = ({ pixels, ratio }: Geometry, axis: Axis): number => pixels[axis] / ratio;
