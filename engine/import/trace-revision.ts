// SPDX-License-Identifier: MIT
import { DEFAULT_REVISION, REVISIONS, type Revision } from '../kernel/features.ts';
import { has } from '../kernel/has-feature.ts';
import { FUSE_IOMAP_TYPE, IOMAP_OP } from '../kernel/names.ts';
import type { WireMapping } from '../run/types.ts';

const { RETRY_CACHE, NOCACHE } = FUSE_IOMAP_TYPE;

/** A revision that has the words of a trace, and why it was chosen, in a sentence; null where the default has them all. */
export interface TraceRevision {
  revision: Revision;
  why: string;
}

/** Whether a mapping sends the kernel to its mapping cache, or keeps it from there. */
export const isOfCache = (map: WireMapping | null): boolean =>
  map?.type === RETRY_CACHE || map?.type === NOCACHE;

/** Which revisions print these types and op flags by name: the first of them, and in words which others do. */
export function revisionOfTrace(
  begins: readonly { op: number; read: WireMapping | null; write: WireMapping | null }[],
): TraceRevision | null {
  const cache = begins.some(({ read, write }) => isOfCache(read) || isOfCache(write));
  const writeback = begins.some(({ op }) => (op & IOMAP_OP.WRITEBACK) !== 0);
  const fit = (revision: Revision) =>
    (!cache || has(revision, 'HAS_MAPPING_CACHE')) && (!writeback || has(revision, 'WRITEBACK_HAS_OP'));
  const [revision, ...others] = REVISIONS.filter(fit);
  if (revision === undefined || fit(DEFAULT_REVISION)) return null;
  const words = [
    ...(cache ? ['types of the mapping cache'] : []),
    ...(writeback ? ['op flag writeback'] : []),
  ];
  const too =
    others.length === 0 ? '' : ` ${others.join(' and ')} ${others.length === 1 ? 'has' : 'have'} it too.`;
  return {
    revision,
    why: `${DEFAULT_REVISION} does not have the ${words.join(' and the ')} in these lines: it opens on ${revision}.${too}`,
  };
}
