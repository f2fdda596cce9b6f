// SPDX-License-Identifier: MIT
import { stepFaults, type Core } from '../lessons/check.ts';
import type { Exercise } from './types.ts';

/** Words that the text of an exercise may have, its task and its hints aside. */
export const MOST_WORDS = 150;

/** What is wrong with an exercise that can be read, in words: its start, its solution, the answers of its hints. */
export const exerciseFaults = ({ step, start }: Exercise, core: Core): string[] =>
  stepFaults(step, start, core, MOST_WORDS);
