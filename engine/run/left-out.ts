// SPDX-License-Identifier: MIT
import { hasAnswers } from '../scenario/answers.ts';
import type { Scenario, StepOf } from '../scenario/schema.ts';

/**
 * Whether a step leaves its answer to others. A scenario that says itself who they are means what it says: a reply that is
 * there is the answer, even `{}` or 0. In any other these are the same as nothing.
 */
export function isLeftOut(
  reply: StepOf<'iomap_begin' | 'iomap_end' | 'iomap_ioend'>['reply'],
  scenario: Scenario,
): boolean {
  if (typeof reply !== 'object') return !hasAnswers(scenario);
  if ('leftOut' in reply) return true;
  if (hasAnswers(scenario) || !('read' in reply) || reply.write !== undefined) return false;
  return Object.values(reply.read).every((field) => !field);
}
