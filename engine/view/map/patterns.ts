// SPDX-License-Identifier: MIT
/** Patterns of a map, so that colour is never alone: whether a dot of a tile is inked. Drawn on canvas and in SVG alike. */

type Tile = (x: number, y: number, size: number) => boolean;

const PATTERN = {
  solid: () => true,
  upright: (x, _, size) => x % (size / 2) < size / 8,
  level: (_, y, size) => y % (size / 2) < size / 8,
  slant: (x, y, size) => (x + y) % size < size / 4,
  backslant: (x, y, size) => (x - y + size) % size < size / 4,
  dots: (x, y, size) => (x - size / 2 + 0.5) ** 2 + (y - size / 2 + 0.5) ** 2 < (size / 4) ** 2,
  grid: (x, y, size) => x < size / 8 || y < size / 8,
  checks: (x, y, size) => x < size / 2 === y < size / 2,
  dashes: (x, y, size) => y % (size / 2) < size / 8 && (x + (y < size / 2 ? 0 : size / 2)) % size < size / 2,
  cross: (x, y, size) => (x + y) % size < size / 8 || (x - y + size) % size < size / 8,
  rings: (x, y, size) => {
    const far = (x - size / 2 + 0.5) ** 2 + (y - size / 2 + 0.5) ** 2;
    return far < (size / 2.4) ** 2 && far > (size / 4.4) ** 2;
  },
} satisfies Record<string, Tile>;

export type PatternName = keyof typeof PATTERN;
export const PATTERN_NAMES = Object.keys(PATTERN) as PatternName[];

/** Pixels of a tile: what is of the write mapping has the larger ones. */
export const TILE = { small: 8, large: 16 } as const;
export type TileSize = (typeof TILE)[keyof typeof TILE];

/** Whether a pixel is inked, anywhere on a plane that the pattern fills. */
export function inked(name: PatternName, size: TileSize, x: number, y: number): boolean {
  const tile: Tile = PATTERN[name];
  return tile(x % size, y % size, size);
}

/** One tile as an SVG path of runs of pixels. */
export function tilePath(name: PatternName, size: TileSize): string {
  const runs: string[] = [];
  for (let y = 0; y < size; y++)
    for (let x = 0; x < size;) {
      let end = x;
      while (end < size && inked(name, size, end, y)) end++;
      if (end > x) runs.push(`M${x} ${y}h${end - x}v1h-${end - x}z`);
      x = Math.max(end, x + 1);
    }
  return runs.join('');
}
