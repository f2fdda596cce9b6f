// SPDX-License-Identifier: MIT
/** Mistakes of the branch of May 2026 in single calls: of its plumbing, and of the mapping cache on top of it. */

import type { Revision } from '../kernel/features.ts';
import type { Quirk } from './quirks.ts';

const NOWHERE: Readonly<Record<Revision, boolean>> = {
  'v6-03': false,
  'v6-04': false,
  '2026-01': false,
  'v7-04': false,
  late: false,
  '2026-05': false,
  '2026-05-cache': false,
};
const IN_MAY: Quirk['revisions'] = { ...NOWHERE, '2026-05': true, '2026-05-cache': true };
const WITH_CACHE: Quirk['revisions'] = { ...NOWHERE, '2026-05-cache': true };

const UNKNOWN = 'No newer code was looked at.';

export const MAY_QUIRKS = {
  'close-prints-id-0': {
    title: 'A close is logged with id 0',
    does: 'Every BACKING_CLOSE that succeeds prints id 0. The closes at the end of a connection print the real ids.',
    because: 'The object has lost its id by the time that the event looks at it.',
    meaning: 'A trace does not tell which id was closed. Count the opens and closes of your server itself.',
    fn: 'fuse_backing_close',
    revisions: IN_MAY,
    fixed: UNKNOWN,
    examples: ['backing-close-prints-id-0'],
  },
  'retry-write-slot': {
    title: 'RETRY_CACHE in the write slot is not refused where the cache is not used',
    does: 'For REPORT and SWAPFILE the cache is not used, and RETRY_CACHE in the read slot is refused. In the write slot it is taken: a hit in the cache answers after all, and a miss makes the kernel ask without end.',
    because: 'The test looks at the type of the read mapping twice, and never at that of the write mapping.',
    meaning: 'A server that says RETRY_CACHE there may be asked the same thing for ever.',
    fn: 'fuse_iomap_begin',
    revisions: WITH_CACHE,
    fixed: UNKNOWN,
    examples: ['review-retry-twice'],
  },
  'stale-srcmap': {
    title: 'srcmap keeps a mapping of the cache that was not used',
    does: 'A lookup that finds a hole to write to gives up, but leaves what it found of the read fork in srcmap. If the server then answers with a pure overwrite, srcmap still holds it and passes for valid.',
    because:
      'Only the iomap is filled in after such an answer. srcmap is taken for the empty one that it was before the lookup.',
    meaning:
      'The kernel reads old contents of a block from where the cache said, and cuts the write to that mapping.',
    fn: 'fuse_iomap_begin',
    revisions: WITH_CACHE,
    fixed: UNKNOWN,
    examples: ['begin-stale-srcmap'],
  },
  'inline-enosys-counts': {
    title: '-ENOSYS to a FUSE_WRITE counts as bytes written',
    does: 'After a short answer, -ENOSYS to the next FUSE_WRITE of inline data counts as if as many bytes were stored again.',
    because:
      'The struct for the answer is not cleared between two requests, and -ENOSYS is not an error there.',
    meaning: 'The call returns 0 and the file grows by bytes that the server never got.',
    fn: 'fuse_iomap_end',
    revisions: WITH_CACHE,
    fixed: UNKNOWN,
    examples: ['end-inline-enosys-counts'],
  },
  'nowait-waits-for-inline': {
    title: 'NOWAIT waits for inline data',
    does: 'If the cache holds an INLINE mapping, a begin that may not wait sends a FUSE_READ for its data and waits for the answer.',
    because:
      'NOWAIT is tested before the request of a begin. Inline data is fetched by a request of its own, after a hit too.',
    meaning: 'A caller with RWF_NOWAIT or of io_uring may sleep for as long as the server takes.',
    fn: 'fuse_iomap_begin',
    revisions: WITH_CACHE,
    fixed: UNKNOWN,
    examples: ['begin-nowait-waits-for-inline'],
  },
} as const satisfies Readonly<Record<string, Quirk>>;

export type MayQuirkId = keyof typeof MAY_QUIRKS;
