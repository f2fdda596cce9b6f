// SPDX-License-Identifier: MIT
/** How each check looks on a map: always the same, and what is like each other in one colour. */
import { checkNumber, type CheckId } from '../../kernel/checks.ts';
import { verdictOf } from '../../map/ids.ts';
import { isUnknown } from '../../kernel/unknown.ts';
import { PATTERN_NAMES, TILE, type PatternName, type TileSize } from './patterns.ts';

/** Colours, by the names of the page's tokens: `--map-ok`. */
export const HUES = ['ok', 'grey', 'red', 'pink', 'teal', 'brown', 'olive', 'blue', 'violet'] as const;
export type Hue = (typeof HUES)[number];

export interface MapStyle {
  hue: Hue;
  pattern: PatternName;
  size: TileSize;
}

/** Upright is about the offset, level about the length, slants end too early, dots begin too late. */
const OF_CHECK: Partial<Record<CheckId, readonly [Hue, PatternName]>> = {
  'type-unknown': ['violet', 'cross'],
  'flags-unknown': ['violet', 'rings'],
  'length-zero': ['grey', 'solid'],
  'offset-unaligned': ['grey', 'upright'],
  'length-unaligned': ['grey', 'level'],
  'file-range-overflow': ['brown', 'grid'],
  'offset-past-maxbytes': ['teal', 'backslant'],
  'dev-missing': ['blue', 'checks'],
  'addr-missing': ['blue', 'dashes'],
  'dev-forbidden': ['blue', 'cross'],
  'addr-forbidden': ['blue', 'rings'],
  'overwrite-on-read': ['violet', 'checks'],
  'dev-unsupported': ['blue', 'grid'],
  'device-range-overflow': ['olive', 'checks'],
  'read-after-pos': ['pink', 'dots'],
  'write-after-pos': ['pink', 'dots'],
  'read-before-pos': ['red', 'slant'],
  'write-before-pos': ['red', 'slant'],
  'dev-not-found': ['blue', 'backslant'],
};

/** Those without a row take what their number leads to. */
const OTHERS: readonly Hue[] = ['violet', 'teal', 'brown', 'olive'];
const nth = <T>(list: readonly T[], at: number): T => list[at % list.length]!;

/** How the points of an id look. */
export function styleOf(id: number): MapStyle {
  const verdict = verdictOf(id);
  if (verdict.kind === 'accepted') return { hue: 'ok', pattern: 'solid', size: TILE.small };
  if (verdict.kind === 'error') return { hue: 'brown', pattern: 'rings', size: TILE.small };
  const size = verdict.which === 'write' ? TILE.large : TILE.small;
  const row = isUnknown(verdict.check) ? undefined : OF_CHECK[verdict.check];
  const number = checkNumber(verdict.check);
  const [hue, pattern] = row ?? [nth(OTHERS, number), nth(PATTERN_NAMES.slice(1), number)];
  return { hue, pattern, size };
}

/** How the n-th difference of two revisions looks. */
export const differenceStyle = (n: number): MapStyle => ({
  hue: nth(['red', 'blue', 'violet', 'teal', 'brown', 'olive', 'pink'], n),
  pattern: nth(['slant', 'dots', 'grid', 'backslant', 'checks', 'cross', 'upright', 'rings', 'level'], n),
  size: n % 2 === 0 ? TILE.small : TILE.large,
});

/** How points look that both revisions judge alike. */
export const SAME_STYLES: Readonly<Record<'accepted' | 'refused', MapStyle>> = {
  accepted: { hue: 'grey', pattern: 'level', size: TILE.large },
  refused: { hue: 'grey', pattern: 'dots', size: TILE.large },
};
