// SPDX-License-Identifier: MIT
/** What a map shows, made of ids by hand. */
import { describe, expect, it } from 'vitest';
import { CHECK_FACTS } from '../../kernel/check-facts.ts';
import { CHECKS } from '../../kernel/checks.ts';
import { ACCEPTED, idOf, verdictOf } from '../../map/ids.ts';
import { edgesOf, lineAt } from '../../map/layout.ts';
import { putPart } from '../../map/render.ts';
import { scaleOf, type Level, type Line } from '../../map/scale.ts';
import { cornersOf, tickText, ticksOf } from '../../map/ticks.ts';
import { classesOf, keyOf, onlyIn, phraseOf } from './classes.ts';
import { mergedMap } from './merged.ts';
import { axesOfCheck } from './of-check.ts';
import { PATTERN_NAMES, TILE, inked, tilePath } from './patterns.ts';
import { OF_CHECK, styleOf } from './styles.ts';
import { svgOf } from './svg.ts';

const ZERO = idOf({ kind: 'refused', check: 'length-zero', which: 'read' });
const LATE = idOf({ kind: 'refused', check: 'write-after-pos', which: 'write' });
/** The checks that an answer to iomap_begin goes through. */
const ON_MAPS = CHECKS.filter((check) =>
  /^fuse_iomap_(?:check_mapping|begin_validate|find_dev)$/.test(CHECK_FACTS[check].fn),
);
const line = (value: bigint, wide = true): Line => ({ value, last: value, wide });
const LINES = [0n, 1n, 2n, 3n].map((value) => line(value));
/** Two rows of zeros below two where the last column is late. */
const IDS = Uint16Array.from([ZERO, ZERO, ZERO, ZERO, ZERO, ZERO, ZERO, ZERO, 0, 0, 0, LATE, 0, 0, 0, LATE]);

describe('an id', () => {
  it('is a check and its mapping, both ways', () => {
    for (const check of CHECKS)
      for (const which of ['read', 'write', null] as const) {
        const verdict = { kind: 'refused', check, which } as const;
        expect(verdictOf(idOf(verdict))).toEqual(verdict);
      }
    expect(verdictOf(ACCEPTED)).toEqual({ kind: 'accepted' });
    for (const errno of [13, null])
      expect(verdictOf(idOf({ kind: 'error', errno }))).toEqual({ kind: 'error', errno });
  });

  it('is a phrase', () => {
    expect(phraseOf(LATE)).toBe('refused by write-after-pos, write mapping');
    expect(phraseOf(0)).toBe('accepted');
    expect(phraseOf(idOf({ kind: 'error', errno: 13 }))).toBe('-EACCES');
  });
});

describe('the legend', () => {
  it('counts each kind, what is accepted first', () => {
    expect(classesOf(IDS, null).map(({ label, slot, points }) => [label, slot, points])).toEqual([
      ['Accepted', null, 6],
      ['length-zero', 'read', 8],
      ['write-after-pos', 'write', 2],
    ]);
  });

  it('has what an overview has beside it, and no difference looks like another', () => {
    const far = Uint16Array.from([ZERO, LATE, 0]);
    const near = Uint16Array.from([ZERO, 0]);
    const [map, overview] = [classesOf(near, null), classesOf(far, null)];
    expect(onlyIn(overview, map, false).map(({ label }) => label)).toEqual(['write-after-pos']);
    const differences = classesOf(near, Uint16Array.from([LATE, 0]));
    const farther = onlyIn(classesOf(far, Uint16Array.from([LATE, 0, 0])), differences, true);
    expect(farther.map(({ label }) => label)).toEqual([
      'refused by write-after-pos, write mapping → accepted',
    ]);
    expect(farther[0]!.style).not.toEqual(differences[0]!.style);
  });

  it('of two revisions names what differs, and the rest as alike', () => {
    const other = IDS.map((id) => (id === LATE ? 0 : id));
    expect(classesOf(IDS, other).map(({ label, points }) => [label, points])).toEqual([
      ['refused by write-after-pos, write mapping → accepted', 2],
      ['refused by both, by the same check', 8],
      ['accepted by both', 6],
    ]);
    expect(keyOf(IDS, other, 0)).toBeLessThan(0);
  });

  it('draws the checks of a write mapping larger, and no two in one slot alike', () => {
    expect(styleOf(LATE).size).toBe(TILE.large);
    const shown = ON_MAPS.filter((check) => !check.startsWith('write-'));
    const looks = new Map<string, string[]>();
    for (const check of shown) {
      const look = JSON.stringify(styleOf(idOf({ kind: 'refused', check, which: 'read' })));
      looks.set(look, [...(looks.get(look) ?? []), check]);
    }
    expect([...looks.values()].filter((checks) => checks.length > 1)).toEqual([]);
  });

  it('has a look for each check of a mapping, and for no other', () => {
    expect(CHECKS.filter((check) => OF_CHECK[check] !== null)).toEqual(ON_MAPS);
  });
});

describe('a pattern', () => {
  it.each(PATTERN_NAMES)('%s has ink in both sizes, as on canvas so in the path', (name) => {
    for (const size of [TILE.small, TILE.large]) {
      let dots = 0;
      for (let y = 0; y < size; y++) for (let x = 0; x < size; x++) dots += Number(inked(name, size, x, y));
      const runs = [...tilePath(name, size).matchAll(/h(\d+)/g)].reduce(
        (sum, [, run]) => sum + Number(run),
        0,
      );
      expect(dots).toBeGreaterThan(0);
      expect(runs).toBe(dots);
    }
  });
});

describe('the layout', () => {
  it('gives each pixel to one line, wide ones four times as many', () => {
    const mixed = [line(0n), line(1n, false), line(4096n), line(4097n, false)];
    const edges = edgesOf(mixed, 100);
    expect(edges).toEqual([0, 40, 50, 90, 100]);
    expect([0, 39, 40, 49, 50, 99, 500].map((pixel) => lineAt(edges, pixel))).toEqual([0, 0, 1, 1, 2, 3, 3]);
  });

  it('puts a coarse part over all cells, and a line where it belongs', () => {
    const all = new Uint16Array(16);
    const coarse = { row: 0, columns: 2, rows: 2, stride: 2, ids: Uint16Array.from([1, 2, 3, 4]) };
    expect(putPart(all, 4, 4, coarse)).toEqual([0, 4]);
    expect([...all]).toEqual([1, 1, 2, 2, 1, 1, 2, 2, 3, 3, 4, 4, 3, 3, 4, 4]);
    const fine = { row: 1, columns: 4, rows: 1, stride: 1, ids: Uint16Array.from([9, 9, 9, 9]) };
    expect(putPart(all, 4, 4, fine)).toEqual([1, 2]);
    expect([...all.slice(4, 8)]).toEqual([9, 9, 9, 9]);
  });
});

it('a table has one line for neighbours that answer alike', () => {
  const { columns, rows, key } = mergedMap(LINES, LINES, IDS, null);
  expect([columns, rows]).toEqual([
    [
      { from: 0, to: 2 },
      { from: 3, to: 3 },
    ],
    [
      { from: 0, to: 1 },
      { from: 2, to: 3 },
    ],
  ]);
  expect(rows.map((row) => columns.map((column) => key(row, column)))).toEqual([
    [ZERO, ZERO],
    [0, LATE],
  ]);
});

describe('an SVG file', () => {
  const map = {
    title: 'A <map> & more',
    axes: ['read.offset', 'read.length'] as const,
    xs: LINES,
    ys: LINES,
    ids: IDS,
    other: null,
    classes: classesOf(IDS, null),
  };

  it('has as few rectangles as there are areas, and escapes its words', () => {
    const text = svgOf(map)!;
    const areas = [
      ...text.matchAll(/<rect x="(\d+)" y="(\d+)" width="(\d+)" height="(\d+)" fill="url\(#p(\d)\)"\/>/g),
    ];
    expect(areas.map((area) => area.slice(1).map(Number))).toEqual([
      [130, 350, 600, 300, 1],
      [130, 50, 450, 300, 0],
      [580, 50, 150, 300, 2],
    ]);
    expect(text).toContain('A &lt;map> &amp; more');
  });

  it('is not made of a map with too many edges', () => {
    const many = Array.from({ length: 400 }, (_, i) => line(BigInt(i)));
    const ids = Uint16Array.from({ length: 160_000 }, (_, i) => (i + Math.floor(i / 400)) % 2);
    expect(svgOf({ ...map, xs: many, ys: many, ids, classes: classesOf(ids, null) })).toBeNull();
  });
});

it('a check leads to two fields that show it', () => {
  expect(axesOfCheck('read-before-pos')).toEqual(['read.offset', 'read.length']);
  expect(axesOfCheck('write-after-pos')).toEqual(['write.offset', 'write.length']);
  expect(axesOfCheck('dev-not-found')?.[0]).toMatch(/\.dev$/);
  expect(axesOfCheck('open-badfd')).toBeNull();
});

it.each([
  [4096n, '4096'],
  [1n << 32n, '2^32'],
  [(1n << 31n) - 1n, '2^31-1'],
  [(1n << 64n) - 1n, '2^64-1'],
  [(1n << 64n) - 28_672n, '2^64-28672'],
  [3n << 20n, '3M'],
  [5_000_000_001n, '5000000001'],
  [0x1234_5678_9abc_def1n, '0x123456789abcdef1'],
])('an axis has %d as %s', (value, text) => {
  expect(tickText(value)).toBe(text);
});

describe('the ticks of an axis', () => {
  const options = { around: 4100n, blockSize: 4096, marks: [], room: 500, revision: 'v6-04' } as const;
  const texts = (level: Level, most: number) => {
    const lines = scaleOf('read.offset', { ...options, level });
    return ticksOf('read.offset', lines, most).map(({ value }) => tickText(value));
  };

  it('are multiples of a block, or of that times a power of two', () => {
    expect(texts('block', 8)).toEqual(['0', '4096', '8192', '12288', '16384', '20480', '24576', '28672']);
    expect(texts('blocks', 8)).toEqual([
      '0',
      '262144',
      '524288',
      '786432',
      '2^20',
      '1310720',
      '1572864',
      '1835008',
    ]);
  });

  it('of powers of two are the ends and the corners of the kernel’s numbers', () => {
    const some = texts('powers', 8);
    expect(some).toContain('2^64-1');
    expect(some).toContain('0');
    const lines = scaleOf('read.offset', { ...options, level: 'powers', marks: cornersOf([]) });
    for (const value of [(1n << 31n) - 1n, 1n << 32n, 1n << 63n, (1n << 64n) - 1n])
      expect(lines.some((line) => line.value === value)).toBe(true);
  });
});
