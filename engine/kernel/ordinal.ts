// SPDX-License-Identifier: MIT
/*
 * How the place of something in a list is told to people. They count from 1, the format counts from 0: what shows an
 * index of the format says so.
 */

/**
 * The number of a step, a reply, a run or another entry in words, from 1.
 *
 * @param index from 0, as in a scenario
 */
export const ordinal = (index: number): number => index + 1;

const FROM_0 = 'indexes count from 0';

/**
 * A path of the format in words: `steps[2].reply.read (step 3; indexes count from 0)`. Without an index in it, it is
 * the path alone.
 *
 * @param path of a document; numbers are indexes into lists, and digits in a string are a name
 */
export function placeText(path: readonly (string | number)[]): string {
  const [list, index] = path;
  const step = list === 'steps' && typeof index === 'number' ? `step ${ordinal(index)}; ` : '';
  const note = path.some((part) => typeof part === 'number') ? ` (${step}${FROM_0})` : '';
  return `${plainPath(path)}${note}`;
}

/** The path alone, `steps[2].reply.read`: for a sentence that says itself how indexes count. */
export function plainPath(path: readonly (string | number)[]): string {
  return path
    .map((part, i) => (typeof part === 'number' ? `[${part}]` : i === 0 ? part : `.${part}`))
    .join('');
}
