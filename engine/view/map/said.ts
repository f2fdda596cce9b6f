// SPDX-License-Identifier: MIT
/** A point of a map in a line: what the pointer is over, what a screen reader hears of the cursor. */
import type { MapAxes } from '../../map/fields.ts';
import { phraseOf } from './classes.ts';
import { exactText, fieldLabel } from './words.ts';

/** `read.offset 4096`, of both axes. */
export const valuesSaid = (axes: MapAxes, values: readonly [bigint, bigint]): [string, string] => [
  `${fieldLabel(axes[0])} ${exactText(axes[0], values[0])}`,
  `${fieldLabel(axes[1])} ${exactText(axes[1], values[1])}`,
];

/**
 * `read.offset 4096, read.length 8192: accepted`.
 * @param ids of one revision, or of two that are compared
 * @param then what stands between what two revisions say
 */
export const pointSaid = (
  axes: MapAxes,
  values: readonly [bigint, bigint],
  ids: readonly number[],
  then = ', then ',
): string => `${valuesSaid(axes, values).join(', ')}: ${ids.map(phraseOf).join(then)}`;
