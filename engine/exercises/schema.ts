// SPDX-License-Identifier: MIT
/** The file of an exercise, format 1: a step of a lesson with a head. */
import * as v from 'valibot';
import { CHECKS } from '../kernel/checks.ts';
import { REVISIONS } from '../kernel/features.ts';
import { TASK, id, solution, words } from '../lessons/schema.ts';
import { describe, object, oneOf } from '../scenario/build.ts';
import { small } from '../scenario/integer-leaf.ts';

export const exerciseSchema = object({
  exercise: v.literal(1n, (issue) => describe('1, the format of exercises', issue.input)),
  id,
  difficulty: small({ min: 1n, max: 3n, description: 'From 1, easy, to 3.' }),
  check: v.optional(oneOf(CHECKS, 'the name of a check')),
  about: v.optional(words),
  revision: oneOf(REVISIONS),
  ...TASK,
  solution: v.optional(solution),
});

export type ExerciseFile = v.InferOutput<typeof exerciseSchema>;
