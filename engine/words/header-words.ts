// SPDX-License-Identifier: MIT
import type { MemberId } from './ids.ts';
import type { Written } from './word.ts';

/** Members of the header of a request that no rule of iomap looks at. */
export const HEADER_WORDS = {
  uid: {
    also: ['user id'],
    sentence: 'The user on whose behalf the kernel asks.',
    more: 'It is the uid of the process that made the call, as the mount sees it: 1000 for the first user of most systems. At writeback that may be a thread of the kernel, so a server must not decide by it who may write. Nothing is made of it here: it is 0.',
    wire: 'Bytes 24 to 27 of `fuse_in_header`, u32.',
    kernel: '`current_fsuid` in `fuse_get_req`.',
    see: ['gid', 'pid', 'fuse_in_header'],
  },
  gid: {
    also: ['group id'],
    sentence: 'The group on whose behalf the kernel asks.',
    more: 'As with the user: of the process that made the call, as the mount sees it, 1000 perhaps. Nothing is made of it here: it is 0.',
    wire: 'Bytes 28 to 31 of `fuse_in_header`, u32.',
    kernel: '`current_fsgid` in `fuse_get_req`.',
    see: ['uid', 'pid', 'fuse_in_header'],
  },
  pid: {
    also: ['process id'],
    sentence: 'The process that made the call, by its number where the file system was mounted.',
    more: 'A process that the mount’s PID namespace does not see has 0. Good for a log, not for a decision. Nothing is made of it here: it is 0.',
    wire: 'Bytes 32 to 35 of `fuse_in_header`, u32.',
    kernel: '`pid_nr_ns` in `fuse_get_req`.',
    see: ['uid', 'gid', 'fuse_in_header'],
  },
  total_extlen: {
    also: ['extensions'],
    sentence: 'How long the extensions are that follow the arguments of a request, in units of 8 bytes.',
    more: 'Only requests that create a file have any, such as the groups of the caller. Of iomap none has, so that it is 0.',
    wire: 'Bytes 36 and 37 of `fuse_in_header`, u16.',
    kernel: '`fuse_copy_args` copies them; `total_extlen` of `struct fuse_args`.',
    see: ['len', 'header-padding', 'fuse_in_header'],
  },
  'header-padding': {
    sentence: 'Two bytes that fill the header of a request up to a multiple of 8.',
    more: 'The header has 40 bytes, and 38 of them are in use. The kernel sends 0 here, and a server should not look.',
    wire: 'Bytes 38 and 39 of `fuse_in_header`, u16.',
    kernel: 'The request is zeroed before it is filled in.',
    see: ['reserved', 'padding', 'fuse_in_header'],
  },
} as const satisfies Partial<Record<MemberId, Written>>;
