// SPDX-License-Identifier: MIT
import type { Difficulty } from '#engine/exercises/types.ts';

/** What a difficulty is called. */
export const DIFFICULTIES: Readonly<Record<Difficulty, string>> = {
  1: 'One step',
  2: 'A little thought',
  3: 'A puzzle',
};
