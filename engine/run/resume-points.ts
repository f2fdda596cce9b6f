// SPDX-License-Identifier: MIT
import { distinctBytes, type SharedSnapshot } from '../core/snapshot.ts';
import type { CacheMap } from './origins.ts';

/** The machine before an execution, to resume from there. */
export interface ResumePoint {
  before: number;
  step: number;
  repeat: number;
  lastBegin: number;
  /** Null if the run was made without extras. */
  caches: CacheMap | null;
  memory: SharedSnapshot;
  /** What a live server remembers. */
  server: unknown;
}

/** How much memory the copies of a machine may take together. */
const SAVED_BYTES = 64 * 1024 * 1024;

/** Going through so much of a machine takes about as long as an execution. */
const BYTES_PER_EXECUTION = 64 * 1024;

/** Whether a copy now, before this execution, takes no longer than running what it would save from running again. */
export function worthSaving(
  last: Pick<ResumePoint, 'before'> | undefined,
  before: number,
  memoryBytes: number,
): boolean {
  return last === undefined || (before - last.before) * BYTES_PER_EXECUTION >= memoryBytes;
}

/** Drops every second entry between the first and the last, as often as needed to fit into `bytes`. */
export function thinned<S extends { memory: SharedSnapshot }>(saved: S[], bytes = SAVED_BYTES): S[] {
  let kept = saved;
  while (kept.length > 2 && distinctBytes(kept.map(({ memory }) => memory)) > bytes) {
    const last = kept.length - 1;
    kept = kept.filter((_, i) => i === last || i % 2 === 0);
  }
  return kept;
}
