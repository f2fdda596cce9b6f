// SPDX-License-Identifier: MIT
import { describe, expect, test } from 'vitest';
import { OUTLINES, placeOf, subjectOf } from './files.ts';
import { placeToGoOn } from './go-on.ts';

/** Work in steps, by their part of an address, and whether each is met. */
const kept = (works: Record<string, boolean>) => ({
  of: (place: Parameters<typeof subjectOf>[0]) => {
    const met = works[subjectOf(place)];
    return met === undefined ? null : { met };
  },
});
const all = OUTLINES.flatMap(({ id, steps }) => steps.map((_, step) => subjectOf({ id, step })));
const next = (works: Record<string, boolean>, shown: string | null = null) => {
  const place = placeToGoOn(kept(works), shown === null ? null : placeOf(shown));
  return place && subjectOf(place);
};

describe('the step to go on with', () => {
  test('nothing was begun: none', () => expect(next({})).toBeNull());

  test('the last that was begun, or the one after it where that is met, in the next lesson too', () => {
    expect(next({ 'holes-and-mapped/1': true, 'holes-and-mapped/2': false })).toBe('holes-and-mapped/2');
    expect(next({ 'holes-and-mapped/1': true })).toBe('holes-and-mapped/2');
    expect(next({ 'holes-and-mapped/3': true })).toBe('whole-blocks/1');
    expect(next({ 'page-cache/2': false, 'holes-and-mapped/1': true })).toBe('page-cache/2');
  });

  test('the one that the page shows goes before the last', () => {
    const works = { 'holes-and-mapped/2': false, 'page-cache/2': false };
    expect(next(works, 'holes-and-mapped/2')).toBe('holes-and-mapped/2');
  });

  test('after the end those that were left out, and none when all are met', () => {
    const works = Object.fromEntries(all.map((subject) => [subject, true]));
    expect(next(works)).toBeNull();
    delete works['two-slots/1'];
    expect(next(works)).toBe('two-slots/1');
  });
});
