// SPDX-License-Identifier: MIT
import type { JsonValue } from './json.ts';
import type { Scenario, Step } from './schema.ts';

/** What a reply that was left out has beside the default that stands in its place: others are asked for it. */
export interface LeftOut {
  leftOut?: true;
}

/** Marks each reply that a document leaves out, where the document says who answers instead. */
export function markLeftOut({ steps }: Scenario, document: unknown): void {
  const written = (document as { steps: JsonValue[] }).steps;
  for (const [i, step] of steps.entries()) markStep(step, written[i]!);
}

/** The same of one step. Steps that were read before are the same objects, and are marked again. */
export function markStep(step: Step, written: JsonValue): void {
  if (step.do !== 'iomap_begin' && step.do !== 'iomap_end' && step.do !== 'iomap_ioend') return;
  if (Object.hasOwn(written as object, 'reply')) return;
  // Of iomap_end and iomap_ioend it answers as 0 does.
  const marked = step.do === 'iomap_begin' ? { ...step.reply, leftOut: true } : { error: 0, leftOut: true };
  Object.assign(step, { reply: marked });
}
