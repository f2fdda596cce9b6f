// SPDX-License-Identifier: MIT
/** Mistakes of the I/O path that a running kernel was seen to make (docs/LIMITS.md says which kernel). */

import type { Revision } from '../kernel/features.ts';
import type { Quirk } from './quirks.ts';

/** All revisions with I/O share one path; the plumbing of May 2026 is asked for none. */
const IN_ALL: Readonly<Record<Revision, boolean>> = {
  'v6-03': true,
  'v6-04': true,
  '2026-01': true,
  'v7-04': true,
  late: true,
  '2026-05': false,
  '2026-05-cache': true,
};

const UNKNOWN = 'No newer code was looked at.';

export const IO_QUIRKS = {
  'fallback-rest-at-start': {
    title: 'The rest of a direct request goes to its start',
    does: 'If -ENOSYS comes after some bytes of a direct request, the page cache serves the rest of the buffer, but from the first position of the request on.',
    because: 'The buffer has moved on by the bytes that were used, and the position has not.',
    meaning:
      'A write puts bytes where others belong, and a read returns a mixture. A server that has no direct I/O must say so to the first question of a request.',
    fn: 'fuse_iomap_direct_write',
    revisions: IN_ALL,
    fixed: UNKNOWN,
    examples: ['io-fallback-rest-at-start'],
  },
  'fallback-not-synchronous': {
    title: 'A direct write that falls back is not synchronous',
    does: 'After -ENOSYS, or if cached pages could not be written back, a direct write goes into the page cache and stays there, dirty.',
    because:
      'The kernel sets the flag for sync and not the one for data sync, which is what the end of a write looks at.',
    meaning: 'Nothing of it is on a device before an fsync. The server is sent no FSYNC.',
    fn: 'fuse_iomap_direct_write',
    revisions: IN_ALL,
    fixed: UNKNOWN,
    examples: ['io-fallback-not-synchronous'],
  },
  'anon-write-at-writeback': {
    title: 'ANON_WRITE at writeback fails what went before, or crashes',
    does: 'When a request is submitted, the flags of the mapping in hand decide and not those of its own: with ANON_WRITE the request fails with -EIO. If another one was to be opened then, the failed request is used after it was freed.',
    because:
      'The test looks at the mapping that the pass holds, and the pass keeps its pointer after a failure.',
    meaning:
      'Never answer a writeback with ANON_WRITE: dirty pages beside it are lost, or the kernel panics.',
    fn: 'iomap_ioend_writeback_submit',
    revisions: IN_ALL,
    fixed: UNKNOWN,
    examples: ['io-anon-write-panic'],
  },
  'error-told-again': {
    title: 'An error of writing back is told twice',
    does: 'A direct read, truncate, fallocate or fiemap that tells of an error of writing back leaves it for the next fsync, which tells of it again.',
    because: 'fsync remembers the last error, the others a mark of their own.',
    meaning: 'An fsync may fail though it had nothing to write.',
    fn: 'filemap_check_errors',
    revisions: IN_ALL,
    fixed: UNKNOWN,
    examples: ['io-error-told-twice'],
  },
  'no-memory-tried-again': {
    title: '-ENOMEM at writeback is tried again, when nothing is left to write',
    does: 'If the first error of a pass is -ENOMEM the pass is made again, finds clean pages only, and succeeds. All calls but fsync then say -EIO.',
    because:
      'Pages count as clean from the moment that they are looked at, and the mark knows -ENOSPC and one other error only.',
    meaning: 'The data is not written, and only fsync names the error.',
    fn: 'do_writepages',
    revisions: IN_ALL,
    fixed: UNKNOWN,
    examples: ['io-no-memory-told-late'],
  },
  'writeback-joins-devices': {
    title: 'Writeback joins requests over devices',
    does: 'Neighbouring dirty pages whose sectors continue go out as one request to the device of the first, whatever device the second mapping names.',
    because: 'Positions, sectors and some flags are compared, and the device is not.',
    meaning:
      'Data goes to the wrong device, and no error tells. A server with several devices must not let a file continue on another device at the next sector.',
    fn: 'iomap_can_add_to_ioend',
    revisions: IN_ALL,
    fixed: 'For reads, 7.2 sends a request off at the end of each mapping. Of writeback no mend is known.',
    examples: ['io-writeback-joins-devices'],
  },
  'blocks-past-eof': {
    title: 'Blocks past the end of the file must be up to date',
    does: 'A buffered read wants all blocks up to date that it asks for in a page, also those past the end of the file, which a write at the end never fills.',
    because:
      'The range that is tested is the request, cut to the largest file size and not to that of the file.',
    meaning:
      'With blocks smaller than a page a read may ask again, and fail, though all that it returns is there.',
    fn: 'filemap_range_uptodate',
    revisions: IN_ALL,
    fixed: UNKNOWN,
    examples: ['io-read-wants-past-eof'],
  },
} as const satisfies Readonly<Record<string, Quirk>>;

export type IoQuirkId = keyof typeof IO_QUIRKS;
