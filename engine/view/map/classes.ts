// SPDX-License-Identifier: MIT
/** The kinds of points that a map has: one look, one line of the legend, a count. */
import { CATALOGUE } from '../../checks/catalogue.ts';
import type { CheckId } from '../../kernel/checks.ts';
import { errnoText } from '../../kernel/errno.ts';
import { isUnknown, told } from '../../kernel/unknown.ts';
import { ACCEPTED, verdictOf } from '../../map/ids.ts';
import { SAME_STYLES, differenceStyle, styleOf, type MapStyle } from './styles.ts';

export interface MapClass {
  /** The same on every map of its kind. */
  key: number;
  style: MapStyle;
  /** `Accepted`, `offset-unaligned`. */
  label: string;
  /** The mapping that the check looked at. */
  slot: 'read' | 'write' | null;
  /** What it is, in a few words. */
  note: string;
  /** The check, for the way to its page; null if none decided. */
  check: CheckId | null;
  accepted: boolean;
  points: number;
}

type Named = Pick<MapClass, 'label' | 'slot' | 'note' | 'check' | 'accepted'>;

/** What an id is called. */
export function namedId(id: number): Named {
  const verdict = verdictOf(id);
  if (verdict.kind === 'accepted')
    return { label: 'Accepted', slot: null, note: 'no check refuses', check: null, accepted: true };
  if (verdict.kind === 'error') {
    const { errno } = verdict;
    const [label, note] =
      errno === null
        ? ['looks in its cache', 'the reply sends the kernel to its mapping cache']
        : [errnoText(-errno), 'not by a check of the reply'];
    return { label, slot: null, note, check: null, accepted: false };
  }
  const { check, which } = verdict;
  if (isUnknown(check))
    return { label: told('check', check), slot: which, note: '', check: null, accepted: false };
  return { label: check, slot: which, note: CATALOGUE[check].title, check, accepted: false };
}

/** The same in one phrase: `refused by offset-unaligned, write`. */
export function phraseOf(id: number): string {
  const { label, slot, accepted, check } = namedId(id);
  if (accepted) return 'accepted';
  if (check === null) return label;
  return `refused by ${label}${slot === null ? '' : `, ${slot} mapping`}`;
}

/** One number for what two revisions make of a point. */
const pairOf = (before: number, after: number): number => before * 0x1_0000 + after;
const SAME_ACCEPTED = -1;
const SAME_REFUSED = -2;

/** Which kind each point is of: its key, from the ids of one revision or two. */
export function keyOf(ids: Uint16Array, other: Uint16Array | null, at: number): number {
  const id = ids[at]!;
  if (other === null) return id;
  if (other[at] !== id) return pairOf(id, other[at]!);
  return id === ACCEPTED ? SAME_ACCEPTED : SAME_REFUSED;
}

/** The kinds of a map, most points first, but for what is accepted, or alike, which begins. */
export function classesOf(ids: Uint16Array, other: Uint16Array | null): MapClass[] {
  const counts = new Map<number, number>();
  for (let at = 0; at < ids.length; at++) {
    const key = keyOf(ids, other, at);
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  const sorted = [...counts].sort(([a, more], [b, fewer]) => fewer - more || a - b);
  if (other === null) {
    const classes = sorted.map(([key, points]) => ({ key, style: styleOf(key), ...namedId(key), points }));
    return classes.sort((a, b) => Number(b.accepted) - Number(a.accepted));
  }
  const same = sorted.filter(([key]) => key < 0);
  const differ = sorted.filter(([key]) => key >= 0);
  return [
    ...differ.map(([key, points], i) => ({ key, style: differenceStyle(i), ...difference(key), points })),
    ...same.map(([key, points]) => ({ key, ...alike(key), points })),
  ];
}

/**
 * The kinds that an overview has beside those of the map next to it.
 * @param compared whether both are of two revisions: differences then go on where those of the map ended, so that no
 * two of them look alike
 */
export function onlyIn(
  overview: readonly MapClass[],
  map: readonly MapClass[],
  compared: boolean,
): MapClass[] {
  const known = new Set(map.map(({ key }) => key));
  const differs = ({ key }: MapClass) => compared && key >= 0;
  let differences = map.filter(differs).length;
  return overview
    .filter(({ key }) => !known.has(key))
    .map((one) => (differs(one) ? { ...one, style: differenceStyle(differences++) } : one));
}

function difference(key: number): Named {
  const [before, after] = [Math.floor(key / 0x1_0000), key % 0x1_0000];
  const named = namedId(after === ACCEPTED ? before : after);
  return {
    ...named,
    label: `${phraseOf(before)} → ${phraseOf(after)}`,
    note: '',
    slot: null,
    accepted: false,
  };
}

function alike(key: number): Named & { style: MapStyle } {
  const accepted = key === SAME_ACCEPTED;
  return {
    style: SAME_STYLES[accepted ? 'accepted' : 'refused'],
    label: accepted ? 'accepted by both' : 'refused by both, by the same check',
    slot: null,
    note: '',
    check: null,
    accepted: false,
  };
}
