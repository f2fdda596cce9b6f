// SPDX-License-Identifier: MIT
/** What became of a point, as a number of 16 bits: see id_of() in assembly/map.ts. */
import { checkNumber, checkOf, type CheckId } from '../kernel/checks.ts';
import type { Unknown } from '../kernel/unknown.ts';

/**
 * - `accepted`
 * - `refused`: by this check, of this mapping
 * - `error`: by no check; null for what is not an errno, a reply that sends the kernel to its cache
 */
export type PointVerdict =
  | { kind: 'accepted' }
  | { kind: 'refused'; check: CheckId | Unknown; which: 'read' | 'write' | null }
  | { kind: 'error'; errno: number | null };

export const ACCEPTED = 0;
const BY_NO_CHECK = 0x8000;
const NO_ERRNO = 0x7fff;
const WHICH = [null, 'read', 'write'] as const;

export function verdictOf(id: number): PointVerdict {
  if (id === ACCEPTED) return { kind: 'accepted' };
  if (id >= BY_NO_CHECK) {
    const errno = id & NO_ERRNO;
    return { kind: 'error', errno: errno === NO_ERRNO ? null : errno };
  }
  return { kind: 'refused', check: checkOf(id & 0xff), which: WHICH[id >> 8] ?? null };
}

/** The id of a verdict: the other way. */
export function idOf(verdict: PointVerdict): number {
  if (verdict.kind === 'accepted') return ACCEPTED;
  if (verdict.kind === 'error') return BY_NO_CHECK | (verdict.errno ?? NO_ERRNO);
  return checkNumber(verdict.check) | (WHICH.indexOf(verdict.which) << 8);
}
