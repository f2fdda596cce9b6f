// SPDX-License-Identifier: MIT
/** A map as an SVG file: rectangles of equal cells, the patterns, both axes and the legend. */
import { grouped } from '../../kernel/digits.ts';
import type { MapAxes } from '../../map/fields.ts';
import { edgesOf } from '../../map/layout.ts';
import type { Line } from '../../map/scale.ts';
import { ticksOf } from '../../map/ticks.ts';
import { keyOf, type MapClass } from './classes.ts';
import { tilePath } from './patterns.ts';
import type { Hue } from './styles.ts';
import { axisText, fieldLabel } from './words.ts';

export interface SvgMap {
  title: string;
  axes: MapAxes;
  xs: readonly Line[];
  ys: readonly Line[];
  ids: Uint16Array;
  other: Uint16Array | null;
  classes: readonly MapClass[];
}

/** A file is paper: light, whatever the page is. */
const INK: Readonly<Record<Hue, string>> = {
  ok: '#7cc79a',
  grey: '#7d8694',
  red: '#d6453d',
  pink: '#b93a72',
  teal: '#1f8a80',
  brown: '#9a5b1e',
  olive: '#6f701a',
  blue: '#1971c2',
  violet: '#8a3fb0',
};
const PAPER = '#fff';
const TEXT = '#16191f';

const SIDE = 600;
const LEFT = 130;
const TOP = 50;
const LINE = 18;
/** More would be a file that no viewer likes. */
const MOST_RECTANGLES = 60_000;

const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');

/** The text of the file; null if the map has too many edges for one: a nearer one fits. */
export function svgOf(map: SvgMap): string | null {
  const { title, axes, xs, ys, classes } = map;
  const rectangles = rectanglesOf(map);
  if (rectangles === null) return null;
  const number = new Map(classes.map(({ key }, i) => [key, i]));
  const height = TOP + SIDE + 60 + classes.length * LINE + 20;
  const patterns = classes.map(({ style }, i) => {
    const tile = `<path d="${tilePath(style.pattern, style.size)}" fill="${INK[style.hue]}"/>`;
    return `<pattern id="p${i}" width="${style.size}" height="${style.size}" patternUnits="userSpaceOnUse"><rect width="${style.size}" height="${style.size}" fill="${PAPER}"/>${tile}</pattern>`;
  });
  const legend = classes.map(({ label, slot, points }, i) => {
    const y = TOP + SIDE + 60 + i * LINE;
    const words = `${slot === null ? '' : `${slot}: `}${label}, ${grouped(points)} of ${grouped(xs.length * ys.length)} points`;
    return `<rect x="${LEFT}" y="${y}" width="24" height="14" fill="url(#p${i})" stroke="${TEXT}" stroke-width="0.5"/><text x="${LEFT + 32}" y="${y + 11}">${escaped(words)}</text>`;
  });
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${LEFT + SIDE + 40}" height="${height}" viewBox="0 0 ${LEFT + SIDE + 40} ${height}" font-family="monospace" font-size="11" fill="${TEXT}">`,
    `<title>${escaped(title)}</title>`,
    `<defs>${patterns.join('')}</defs>`,
    `<rect width="100%" height="100%" fill="${PAPER}"/>`,
    `<text x="${LEFT}" y="24" font-size="14">${escaped(title)}</text>`,
    `<g shape-rendering="crispEdges">`,
    ...rectangles.map(
      ({ x, y, width, height, key }) =>
        `<rect x="${LEFT + x}" y="${TOP + y}" width="${width}" height="${height}" fill="url(#p${number.get(key) ?? 0})"/>`,
    ),
    `</g><rect x="${LEFT}" y="${TOP}" width="${SIDE}" height="${SIDE}" fill="none" stroke="${TEXT}"/>`,
    ...ticksAcross(axes[0], xs),
    ...ticksUp(axes[1], ys),
    ...legend,
    '</svg>',
    '',
  ].join('\n');
}

interface Rectangle {
  x: number;
  y: number;
  width: number;
  height: number;
  key: number;
}

/** Runs of equal cells in a row, joined with the same run of the row before. */
function rectanglesOf({ xs, ys, ids, other }: SvgMap): Rectangle[] | null {
  const [across, up] = [edgesOf(xs, SIDE), edgesOf(ys, SIDE)];
  const done: Rectangle[] = [];
  let open = new Map<string, Rectangle>();
  ys.forEach((_, row) => {
    const now = new Map<string, Rectangle>();
    const [top, bottom] = [SIDE - up[row + 1]!, SIDE - up[row]!];
    if (bottom === top) return;
    for (let from = 0; from < xs.length;) {
      const key = keyOf(ids, other, row * xs.length + from);
      let to = from + 1;
      while (to < xs.length && keyOf(ids, other, row * xs.length + to) === key) to++;
      const [x, end] = [across[from]!, across[to]!];
      from = to;
      if (end === x) continue;
      const name = `${x} ${end} ${key}`;
      const below = open.get(name);
      const rectangle = below ?? { x, y: top, width: end - x, height: 0, key };
      rectangle.height += bottom - top;
      rectangle.y = top;
      if (!below && done.push(rectangle) > MOST_RECTANGLES) return;
      now.set(name, rectangle);
    }
    open = now;
  });
  return done.length > MOST_RECTANGLES ? null : done;
}

function ticksAcross(field: MapAxes[0], lines: readonly Line[]): string[] {
  const edges = edgesOf(lines, SIDE);
  const name = `<text x="${LEFT + SIDE / 2}" y="${TOP + SIDE + 40}" text-anchor="middle" font-weight="bold">${fieldLabel(field)}</text>`;
  return [
    ...ticksOf(field, lines, 7).map(({ at, value }) => {
      const x = LEFT + (edges[at]! + edges[at + 1]!) / 2;
      return `<path d="M${x} ${TOP + SIDE}v5" stroke="${TEXT}"/><text x="${x}" y="${TOP + SIDE + 18}" text-anchor="middle">${axisText(field, value)}</text>`;
    }),
    name,
  ];
}

function ticksUp(field: MapAxes[1], lines: readonly Line[]): string[] {
  const edges = edgesOf(lines, SIDE);
  return [
    ...ticksOf(field, lines, 16).map(({ at, value }) => {
      const y = TOP + SIDE - (edges[at]! + edges[at + 1]!) / 2;
      return `<path d="M${LEFT} ${y}h-5" stroke="${TEXT}"/><text x="${LEFT - 8}" y="${y + 4}" text-anchor="end">${axisText(field, value)}</text>`;
    }),
    `<text x="${LEFT}" y="${TOP - 8}" text-anchor="end" font-weight="bold">${fieldLabel(field)} ↑</text>`,
  ];
}
