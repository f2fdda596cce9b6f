// SPDX-License-Identifier: MIT
/** What a form asks of a step. It stands here, below the columns, because the forms of plain steps and of I/O share it. */
import type { Choice } from './choices.ts';
import type { ValueKind } from './values.ts';

/** A field of a step, as the form draws it; the path is within the step. */
export interface StepField {
  path: string[];
  label: string;
  /** What holds while it is empty, in words where they say more than the format's default. */
  fallback?: string;
  kind?: ValueKind;
  choices?: () => Choice[];
}

/** A field whose label is its key. */
export const field = (label: string, more: Omit<StepField, 'path' | 'label'> = {}): StepField => ({
  path: [label],
  label,
  ...more,
});
