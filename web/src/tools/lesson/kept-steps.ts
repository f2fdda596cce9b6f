// SPDX-License-Identifier: MIT
/** What is kept of a step. */
export interface StepWork {
  /** The document that it began with, and as it is now. */
  start: string;
  text: string;
  /** Whether the goal was met once. */
  met: boolean;
}

/** The name under which the steps of a lesson are kept. */
export const lessonKey = (id: string): string => `lesson.${id}`;

/** Raised when an older page could not read what is written; it leaves that alone then. */
export const KEPT_FORMAT = 1;

/** The format that something kept has; 0 for none. */
export function readFormat(text: string | null): number {
  try {
    return Number((JSON.parse(text ?? 'null') as { format?: unknown } | null)?.format ?? 0);
  } catch {
    return 0;
  }
}

/** What something kept is of, where the name does not say it; null if it does. */
export function ownerOf(text: string | null): string | null {
  try {
    const { of } = (JSON.parse(text ?? 'null') ?? {}) as { of?: unknown };
    return typeof of === 'string' ? of : null;
  } catch {
    return null;
  }
}

/** What was kept of a lesson's steps; what is not as it should be counts as not begun. */
export function worksOf(text: string | null): (StepWork | null)[] {
  if (text === null || readFormat(text) > KEPT_FORMAT) return [];
  try {
    const { steps } = JSON.parse(text) as { steps?: unknown };
    if (!Array.isArray(steps)) return [];
    return steps.slice(0, 9).map((one) => {
      const work = (one ?? {}) as Partial<StepWork>;
      const fits = typeof work.start === 'string' && typeof work.text === 'string';
      return fits ? { start: work.start!, text: work.text!, met: work.met === true } : null;
    });
  } catch {
    return [];
  }
}
