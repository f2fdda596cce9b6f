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

/** Of a call, or of an answer that no mapping can be read from: it does not decide about points of a map. */
const NOT_ON_MAPS = null;

/**
 * Upright is about the offset, level about the length, slants end too early, dots begin too late. Each check has a row,
 * so that a new one is not given a look by chance, which another might have.
 */
export const OF_CHECK: Readonly<Record<CheckId, readonly [Hue, PatternName] | typeof NOT_ON_MAPS>> = {
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
  'cache-unavailable': ['violet', 'upright'],
  'nocache-on-begin': ['teal', 'level'],
  'ioctl-no-connection': NOT_ON_MAPS,
  'ioctl-unknown': NOT_ON_MAPS,
  'open-not-built': NOT_ON_MAPS,
  'open-copy': NOT_ON_MAPS,
  'open-type-unknown': NOT_ON_MAPS,
  'open-not-permitted': NOT_ON_MAPS,
  'open-flags': NOT_ON_MAPS,
  'open-padding': NOT_ON_MAPS,
  'open-badfd': NOT_ON_MAPS,
  'open-may-open': NOT_ON_MAPS,
  'open-nomem': NOT_ON_MAPS,
  'open-post': NOT_ON_MAPS,
  'open-id': NOT_ON_MAPS,
  'close-not-built': NOT_ON_MAPS,
  'close-copy': NOT_ON_MAPS,
  'close-badid': NOT_ON_MAPS,
  'close-noent': NOT_ON_MAPS,
  'close-not-permitted': NOT_ON_MAPS,
  'close-busy': NOT_ON_MAPS,
  'passthrough-badid': NOT_ON_MAPS,
  'passthrough-noent': NOT_ON_MAPS,
  'reply-short-header': NOT_ON_MAPS,
  'reply-length': NOT_ON_MAPS,
  'reply-error-range': NOT_ON_MAPS,
  'reply-unique': NOT_ON_MAPS,
  'reply-error-payload': NOT_ON_MAPS,
  'reply-size': NOT_ON_MAPS,
  'overwrite-flags': ['teal', 'rings'],
  'overwrite-dev': ['brown', 'upright'],
  'overwrite-addr': ['olive', 'level'],
  'cache-type-flags': ['violet', 'slant'],
  'cache-type-dev': ['teal', 'cross'],
  'cache-type-addr': ['brown', 'dots'],
  'retry-uncached-op': ['olive', 'grid'],
  'atomic-not-mapped': ['violet', 'grid'],
  'atomic-no-flag': ['teal', 'dashes'],
  'inline-past-mapping': NOT_ON_MAPS,
  'inline-written-more': NOT_ON_MAPS,
};

/** What the page does not know, or knows from elsewhere, takes what its number leads to. */
const OTHERS: readonly Hue[] = ['violet', 'teal', 'brown', 'olive'];
const nth = <T>(list: readonly T[], at: number): T => list[at % list.length]!;

/** How the points of an id look. */
export function styleOf(id: number): MapStyle {
  const verdict = verdictOf(id);
  if (verdict.kind === 'accepted') return { hue: 'ok', pattern: 'solid', size: TILE.small };
  if (verdict.kind === 'error') return { hue: 'brown', pattern: 'rings', size: TILE.small };
  const size = verdict.which === 'write' ? TILE.large : TILE.small;
  const row = isUnknown(verdict.check) ? null : OF_CHECK[verdict.check];
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
