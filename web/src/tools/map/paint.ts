// SPDX-License-Identifier: MIT
/** Puts a map's cells on pixels: each kind of point in its colour and its pattern. */
import { inked } from '#engine/view/map/patterns.ts';
import type { MapStyle, Hue } from '#engine/view/map/styles.ts';

/** Red, green, blue, from 0 to 255. */
export type Rgb = readonly [number, number, number];
export type Palette = Readonly<Record<Hue | 'paper', Rgb>>;

/** Pixels of a tile in one direction: both sizes of patterns fit. */
const TILE = 16;

/** How much of its ink the ground of a pattern has. */
const TINT = 0.1;

const packed = ([r, g, b]: Rgb): number => ((255 << 24) | (b << 16) | (g << 8) | r) >>> 0;

const mixed = (a: Rgb, b: Rgb, share: number): Rgb => [
  Math.round(a[0] * share + b[0] * (1 - share)),
  Math.round(a[1] * share + b[1] * (1 - share)),
  Math.round(a[2] * share + b[2] * (1 - share)),
];

/** The pixels of one tile of each style, one after the other. */
export function tilesOf(styles: readonly MapStyle[], palette: Palette): Uint32Array {
  const tiles = new Uint32Array(styles.length * TILE * TILE);
  styles.forEach(({ hue, pattern, size }, i) => {
    const ink = packed(palette[hue]);
    const ground = packed(mixed(palette[hue], palette.paper, TINT));
    for (let y = 0; y < TILE; y++)
      for (let x = 0; x < TILE; x++)
        tiles[i * TILE * TILE + y * TILE + x] = inked(pattern, size, x, y) ? ink : ground;
  });
  return tiles;
}

export interface Painting {
  /** Of each cell the number of its style, row by row, the lowest row first. */
  kinds: Uint8Array;
  /** Edges of columns and rows in device pixels: see edgesOf(). */
  across: readonly number[];
  up: readonly number[];
  tiles: Uint32Array;
  /** The colour of the lines between cells that are large enough. */
  paper: Rgb;
  /** Device pixels of a pixel of the page. */
  ratio: number;
}

/** From so many pixels of the page on, a cell has an edge. */
const EDGED = 9;

/** Fills pixels, the lowest row of cells at the bottom. */
export function paint(pixels: Uint32Array, { kinds, across, up, tiles, paper, ratio }: Painting): void {
  const [width, height] = [across.at(-1)!, up.at(-1)!];
  const columns = across.length - 1;
  const edge = packed(paper);
  const [cellOfX, edgeOfX] = spread(across, EDGED * ratio);
  const [cellOfY, edgeOfY] = spread(up, EDGED * ratio);
  const tileX = Uint8Array.from({ length: width }, (_, x) => Math.floor(x / ratio) % TILE);
  for (let y = 0; y < height; y++) {
    const fromBottom = height - 1 - y;
    const row = cellOfY[fromBottom]! * columns;
    const tileRow = (Math.floor(y / ratio) % TILE) * TILE;
    const line = y * width;
    for (let x = 0; x < width; x++) {
      const tile = kinds[row + cellOfX[x]!]! * TILE * TILE;
      pixels[line + x] = edgeOfX[x]! | edgeOfY[fromBottom]! ? edge : tiles[tile + tileRow + tileX[x]!]!;
    }
  }
}

/** Of each pixel its cell, and whether it is the last one of a large cell. */
function spread(edges: readonly number[], large: number): [Uint16Array, Uint8Array] {
  const cells = new Uint16Array(edges.at(-1)!);
  const ends = new Uint8Array(edges.at(-1)!);
  for (let cell = 0; cell < edges.length - 1; cell++) {
    cells.fill(cell, edges[cell]!, edges[cell + 1]!);
    if (edges[cell + 1]! - edges[cell]! >= large && cell < edges.length - 2) ends[edges[cell + 1]! - 1] = 1;
  }
  return [cells, ends];
}
