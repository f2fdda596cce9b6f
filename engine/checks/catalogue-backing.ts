// SPDX-License-Identifier: MIT
/** Prose for the checks on the backing table: the ioctls, open, close, and passthrough's use of it. */

import { CARRIED, DEVICES, OPERATIONS } from './catalogue-entry.ts';
import type { Prose } from './catalogue-entry.ts';
import { NOBODY, NOTHING_BUILT, OPEN, OPEN_FILE, TWO_FDS, scenario } from './catalogue-fragments.ts';

const OPEN_IOCTL = { do: 'ioctl', cmd: 'FUSE_DEV_IOC_BACKING_OPEN', arg: '03000000010000000000000000000000' };
const CLOSE_IOCTL = { do: 'ioctl', cmd: 'FUSE_DEV_IOC_BACKING_CLOSE', arg: '01000000' };
const FILE_3 = { fds: { '3': { kind: 'reg' } } };
const OPEN_FILE_3 = { ...OPEN, type: 'PASSTHROUGH' };
const CLOSE = { do: 'backing_close' };

const BUILT = {
  refuses:
    'Any use of the backing table on a kernel with neither CONFIG_FUSE_PASSTHROUGH nor CONFIG_FUSE_IOMAP.',
  why: 'The table is compiled in only if a subsystem needs it. The answer says "not supported", not "not allowed".',
  fix: 'Build the kernel with one of the two options, or fall back to serving reads and writes in the server.',
  since: {
    ...OPERATIONS,
    note: 'This patch makes the option FUSE_BACKING; before it the test was for FUSE_PASSTHROUGH.',
  },
};

export const IOCTL_PROSE = {
  'ioctl-no-connection': {
    title: 'Nothing is mounted through this descriptor',
    refuses: 'A backing ioctl on a /dev/fuse descriptor that no mount uses yet.',
    why: 'The table belongs to a connection. Before mount(2) has tied the descriptor to one, there is no table.',
    fix: 'Mount first; do the ioctl on the same descriptor, or on a clone of it.',
    since: CARRIED,
    examples: {
      passing: scenario([OPEN_IOCTL]),
      failing: scenario([{ ...OPEN_IOCTL, connection: false }]),
    },
  },
  'ioctl-unknown': {
    title: 'An ioctl that /dev/fuse does not have',
    refuses: 'A command number that is none of the ioctls of /dev/fuse.',
    why: 'The size and direction of the argument are part of the number, so a command from a header of another version is another command.',
    fix: 'Use the constants of the uapi header that belongs to the kernel.',
    since: CARRIED,
    examples: {
      passing: scenario([OPEN_IOCTL]),
      failing: scenario([{ do: 'ioctl', cmd: '0x4010e502' }]),
    },
  },
  'open-not-built': {
    title: 'A kernel without a backing table',
    ...BUILT,
    examples: { passing: scenario([OPEN_IOCTL]), failing: scenario([OPEN_IOCTL], NOTHING_BUILT) },
  },
  'close-not-built': {
    title: 'A kernel without a backing table',
    ...BUILT,
    examples: {
      passing: scenario([OPEN_FILE_3, CLOSE_IOCTL], FILE_3),
      failing: scenario([CLOSE_IOCTL], NOTHING_BUILT),
    },
  },
  'open-copy': {
    title: 'An argument that cannot be read',
    refuses: 'A pointer at which the 16 bytes of struct fuse_backing_map cannot be read.',
    why: 'The kernel copies the struct before it looks at it, so that the server cannot change it meanwhile.',
    fix: 'Pass the address of the struct, not the struct.',
    since: CARRIED,
    examples: { passing: scenario([OPEN_IOCTL]), failing: scenario([{ ...OPEN_IOCTL, copy: 'fault' }]) },
  },
  'close-copy': {
    title: 'An argument that cannot be read',
    refuses: 'A pointer at which the 4 bytes of the id cannot be read.',
    why: 'BACKING_CLOSE takes a pointer to the id. The id itself, taken for a pointer, points nowhere.',
    fix: 'Pass the address of a 32-bit variable that holds the id.',
    since: CARRIED,
    examples: {
      passing: scenario([OPEN_FILE_3, CLOSE_IOCTL], FILE_3),
      failing: scenario([OPEN, { ...CLOSE_IOCTL, copy: 'fault' }]),
    },
  },
} satisfies Record<string, Prose>;

export const OPEN_PROSE = {
  'open-type-unknown': {
    title: 'A type of backing that this kernel lacks',
    refuses:
      'A type (the low 8 bits of flags) other than PASSTHROUGH (0) and IOMAP (1), or one that was not built.',
    why: 'The type chooses the operations that decide about everything else: who may, which files, which ids.',
    fix: 'Use the FUSE_BACKING_TYPE_* names, and treat -EOPNOTSUPP as "this kernel cannot".',
    since: {
      ...OPERATIONS,
      note: 'This patch makes the type mask; patch 04/31 adds IOMAP to the types.',
    },
    examples: { passing: scenario([OPEN]), failing: scenario([{ ...OPEN, type: 2 }]) },
  },
  'open-not-permitted': {
    title: 'Not allowed to register',
    refuses:
      'IOMAP on a connection that did not negotiate iomap; PASSTHROUGH on one that did not negotiate passthrough, or from a caller without CAP_SYS_ADMIN.',
    why:
      'For passthrough the concern is that a backing file is held open where lsof does not see it, hence the ' +
      'capability. For iomap the gate is earlier: the kernel offers the feature at INIT only to a server with CAP_SYS_RAWIO.',
    fix: 'Ask for the feature in the INIT reply, and look whether the kernel granted it.',
    since: DEVICES,
    examples: {
      passing: scenario([OPEN]),
      failing: scenario([OPEN], { connection: { iomap: false } }),
    },
  },
  'open-flags': {
    title: 'A flag beside the type',
    refuses: 'Any bit of flags above the low 8.',
    why: 'None has a meaning yet. What is refused today can be given a meaning tomorrow without breaking anybody.',
    fix: 'Send the type alone.',
    since: DEVICES,
    examples: { passing: scenario([OPEN]), failing: scenario([{ ...OPEN, flags: '0x100' }]) },
  },
  'open-padding': {
    title: 'Padding that is not zero',
    refuses: 'A padding field of struct fuse_backing_map other than 0.',
    why: 'As for flags: the field is kept for later, and only if everybody sends 0 can it be used then.',
    fix: 'Zero the whole struct before filling it in.',
    since: CARRIED,
    examples: { passing: scenario([OPEN]), failing: scenario([{ ...OPEN, padding: 1 }]) },
  },
  'open-badfd': {
    title: 'A descriptor that is not open',
    refuses: "An fd that is not open in the caller's process.",
    why: 'The kernel takes its own reference on the open file, so there must be one.',
    fix: 'Open the file in the process that does the ioctl, and keep it open until the ioctl has returned.',
    since: CARRIED,
    examples: { passing: scenario([OPEN]), failing: scenario([{ ...OPEN, fd: 99 }]) },
  },
  'open-may-open': {
    title: 'The wrong kind of file',
    refuses:
      'For IOMAP anything but a block device. For PASSTHROUGH anything but a regular file, or one on a filesystem that is stacked too deep.',
    why:
      'Iomap sends I/O to a block device, so the descriptor must be of one. Passthrough calls the read and ' +
      'write of a file from within another one; each level of stacking costs kernel stack, so the depth is limited.',
    fix: 'Open the block device itself for IOMAP, also if a partition or loop device is used. For PASSTHROUGH open the file on a filesystem that is not itself stacked.',
    since: DEVICES,
    examples: { passing: scenario([OPEN]), failing: scenario([OPEN], FILE_3) },
  },
  'open-nomem': {
    title: 'No memory',
    refuses: 'An open for which struct fuse_backing cannot be allocated.',
    why: 'Without the object there is nothing to register. The reference on the file is dropped again.',
    fix: 'Try again later.',
    since: CARRIED,
    examples: { passing: scenario([OPEN]), failing: scenario([{ ...OPEN, allocation: 'fail' }]) },
  },
  'open-post': {
    title: 'The subsystem could not take the file',
    refuses: "An open for which the subsystem's post_open returns an error.",
    why: 'After the object is filled in, its subsystem may add what it needs: iomap notes the block device there.',
    fix: 'Nothing: in this revision it does not happen.',
    since: DEVICES,
    examples: {
      passing: scenario([OPEN]),
      failing: null,
      cannotFail: 'Only iomap has a post_open, and in v6 it always succeeds.',
    },
  },
  'open-id': {
    title: 'No id is free',
    refuses:
      'An open when every id of the range is taken: 1 to 1024 for iomap, 1 to 2,147,483,647 for passthrough.',
    why:
      'The number of block devices that a server can make the kernel hold should have a limit. Both types take their ' +
      'ids from one table, so passthrough ids below 1025 count against it.',
    fix: 'Register each device once and keep its id. Where both types are used, register the devices first.',
    since: DEVICES,
    examples: { passing: scenario([OPEN]), failing: scenario([{ ...OPEN, times: 1024 }, OPEN]) },
  },
} satisfies Record<string, Prose>;

export const CLOSE_PROSE = {
  'close-badid': {
    title: 'Not an id',
    refuses: 'An id of 0, or one that is negative when read as an int.',
    why: 'Ids start at 1. 0 and -1 are what a variable holds when no open has succeeded.',
    fix: 'Keep the id that the open returned, and test it before use.',
    since: CARRIED,
    examples: {
      passing: scenario([OPEN_FILE_3, CLOSE], FILE_3),
      failing: scenario([{ ...CLOSE, id: 0 }]),
    },
  },
  'close-noent': {
    title: 'No backing has this id',
    refuses: 'An id that is not in the table: never given out, or closed already.',
    why: 'There is nothing to close. The test comes before that for permission, unlike in mainline.',
    fix: 'Close each id once.',
    since: OPERATIONS,
    examples: {
      passing: scenario([OPEN_FILE_3, CLOSE], FILE_3),
      failing: scenario([{ ...CLOSE, id: 5 }]),
    },
  },
  'close-not-permitted': {
    title: 'Not allowed to close',
    refuses: 'A close by a caller who would not be allowed to open a backing of that type.',
    why: "Whoever may take something out of the table must be somebody who may put it in. The entry's own type decides.",
    fix: 'Close from the process that has the capability.',
    since: OPERATIONS,
    examples: {
      passing: scenario([OPEN_FILE_3, CLOSE], FILE_3),
      failing: scenario([OPEN_FILE_3, { ...CLOSE, ...NOBODY }], FILE_3),
    },
  },
  'close-busy': {
    title: 'An iomap device stays',
    refuses:
      'The close of an iomap device, always; from May 2026 on, while the connection has an inode that uses iomap.',
    why:
      'An accepted mapping keeps a pointer to the block device but no reference, and so does I/O in flight. As ' +
      'long as nobody counts them, the device can go only when the connection does.',
    fix: 'Let unmount release it. Do not close the device to reopen it.',
    since: DEVICES,
    examples: {
      passing: scenario([OPEN_FILE_3, CLOSE], FILE_3),
      failing: scenario([OPEN, CLOSE]),
    },
  },
  'passthrough-badid': {
    title: 'Not an id',
    refuses: 'A backing_id of 0 or less in the answer to an open that asks for passthrough.',
    why: 'Ids start at 1; 0 is a field that was never filled in.',
    fix: 'Set backing_id together with FOPEN_PASSTHROUGH.',
    since: CARRIED,
    examples: {
      passing: scenario([OPEN_FILE, { do: 'passthrough_open' }], TWO_FDS),
      failing: scenario([{ do: 'passthrough_open', id: 0 }]),
    },
  },
  'passthrough-noent': {
    title: 'No passthrough file has this id',
    refuses: 'A backing_id that is not in the table, or that belongs to an iomap device.',
    why: 'Both types share the ids, so the lookup also asks for the type: a block device must not be used as a file.',
    fix: 'Use an id that was opened with type PASSTHROUGH and is not closed yet.',
    since: { ...OPERATIONS, note: 'The lookup by id is older; this patch adds the test for the type.' },
    examples: {
      passing: scenario([OPEN_FILE, { do: 'passthrough_open' }], TWO_FDS),
      failing: scenario([OPEN, { do: 'passthrough_open' }]),
    },
  },
} satisfies Record<string, Prose>;
