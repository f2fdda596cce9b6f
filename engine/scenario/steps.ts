// SPDX-License-Identifier: MIT
/** The steps of a scenario: what the server does, and what the kernel is made to do. */

import * as v from 'valibot';
import { FUSE_BACKING_TYPE, FUSE_DEV_IOC, FUSE_DEV_IOC_NOT_MODELLED } from '../kernel/names.ts';
import { array, bool, described, object, oneOf, remembered, tagged } from './build.ts';
import { CAPS } from './caps.ts';
import { iomapFields } from './expectation.ts';
import { ioSteps } from './io-steps.ts';
import { beginReply, endReply } from './reply.ts';
import { common } from './step-common.ts';
import { small } from './integer-leaf.ts';
import { U32_MAX } from './integers.ts';
import { command, named, opFlags as ops } from './named-values.ts';
import { hex, key, loff, transferred, u64, written } from './values.ts';

const inodeName = described(v.optional(key), 'The inode; the first one if left out.');
const opFlags = v.optional(ops('IOMAP_* op flags, names or raw bits.'), []);
const stepIndex = small({
  min: 0n,
  max: BigInt(CAPS.steps),
  description: 'Index into steps, the first is 0.',
});

const backingOpen = object({
  do: described(
    v.literal('backing_open'),
    'FUSE_DEV_IOC_BACKING_OPEN: makes a descriptor of the server a backing.',
  ),
  fd: v.optional(
    small({ min: -0x8000_0000n, max: 0x7fff_ffffn, description: "The server's descriptor." }),
    3n,
  ),
  type: v.optional(named(FUSE_BACKING_TYPE, 0xff, 'Low 8 bits of fuse_backing_map.flags.'), 'IOMAP'),
  flags: v.optional(
    small({
      min: 0n,
      max: BigInt(U32_MAX),
      rule: {
        holds: (bits) => (bits & 0xffn) === 0n,
        expected: 'a multiple of 0x100 up to 0xffffff00 (the low 8 bits are `type`)',
      },
      description: 'The other 24 bits of fuse_backing_map.flags.',
    }),
    0n,
  ),
  padding: v.optional(u64('fuse_backing_map.padding.'), 0n),
  allocation: described(
    v.optional(oneOf(['fail'])),
    'Makes the allocation of struct fuse_backing fail, as under memory pressure.',
  ),
  ...common,
});

const backingClose = object({
  do: described(v.literal('backing_close'), 'FUSE_DEV_IOC_BACKING_CLOSE: releases a backing id.'),
  id: v.optional(
    small({ min: -0x8000_0000n, max: BigInt(U32_MAX), description: 'The id, a u32 read as int.' }),
    1n,
  ),
  ...common,
});

const ioctl = object({
  do: described(v.literal('ioctl'), 'Any ioctl on /dev/fuse, by its raw command number.'),
  cmd: command(
    FUSE_DEV_IOC,
    FUSE_DEV_IOC_NOT_MODELLED,
    'is a command that a kernel knows and the playground does not model: see docs/LIMITS.md.',
    'Command number, or FUSE_DEV_IOC_BACKING_OPEN / _CLOSE.',
  ),
  arg: described(
    v.optional(hex(4096, 'The bytes at the argument pointer; what lies after them is unmapped.')),
    'The bytes at the argument pointer.',
  ),
  copy: described(v.optional(oneOf(['fault'])), 'The argument pointer faults.'),
  connection: described(v.optional(bool, true), 'false: the /dev/fuse file has no connection.'),
  ...common,
});

const passthroughOpen = object({
  do: described(
    v.literal('passthrough_open'),
    'A file is opened for passthrough: takes a reference on a backing.',
  ),
  inode: inodeName,
  id: v.optional(
    small({ min: -0x8000_0000n, max: BigInt(U32_MAX), description: 'backing_id of the open reply.' }),
    1n,
  ),
  ...common,
});

const passthroughRelease = object({
  do: described(v.literal('passthrough_release'), 'Such a file is closed: drops the reference.'),
  of: described(v.optional(stepIndex), 'The passthrough_open to release; the latest still open if left out.'),
  ...common,
});

const iomapBegin = object({
  do: described(v.literal('iomap_begin'), 'The kernel asks where a file range lives, and checks the reply.'),
  inode: inodeName,
  op: opFlags,
  pos: v.optional(loff('Byte position in the file.'), 0n),
  count: v.optional(loff('Byte count asked for.'), 4096n),
  reply: described(v.optional(beginReply, {}), 'What the server answers.'),
  signal: described(v.optional(bool), 'A signal is pending.'),
  inlineRead: described(v.optional(transferred('')), 'The answer to FUSE_READ.'),
  ...common,
});

const iomapEnd = object({
  do: described(
    v.literal('iomap_end'),
    'The kernel is done with a mapping and, if it must, tells the server.',
  ),
  of: described(v.optional(stepIndex), 'The iomap_begin that ends; the last accepted one if left out.'),
  op: v.optional(ops("Op flags; the begin's if left out.")),
  pos: v.optional(loff("Byte position; the begin's if left out.")),
  count: v.optional(loff('Bytes that were available; if left out, what iomap_length gives.')),
  written: v.optional(written('Bytes done, or -ERRNO; if left out, all of count.')),
  iomap: described(v.optional(iomapFields), "Overrides fields of the kernel's struct iomap before the call."),
  reply: described(v.optional(endReply, 0n), 'What the server answers; 0 is success.'),
  inlineWrites: described(v.optional(array(transferred(''), CAPS.replies)), 'The answers to FUSE_WRITE.'),
  ...common,
});

/** The ways to call umount(2). */
export const UMOUNT_WAYS = ['plain', 'force', 'lazy'] as const;

const unmount = object({
  do: described(
    v.literal('unmount'),
    'The connection ends: the last mount, the last open file and the last /dev/fuse are gone, and so is the table.',
  ),
  ...common,
});

const umount = object({
  do: described(v.literal('umount'), 'umount(2). The table lives on while the server has /dev/fuse open.'),
  how: described(
    v.optional(oneOf(UMOUNT_WAYS), 'plain'),
    'plain; force: MNT_FORCE, which aborts the connection; lazy: MNT_DETACH.',
  ),
  ...common,
});

const closeDev = object({
  do: described(
    v.literal('close_dev'),
    'The server closes the last descriptor of /dev/fuse, clones included: a mount that is there is aborted.',
  ),
  ...common,
});

export const stepSchema = remembered(
  tagged('do', [
    backingOpen,
    backingClose,
    ioctl,
    passthroughOpen,
    passthroughRelease,
    iomapBegin,
    iomapEnd,
    unmount,
    umount,
    closeDev,
    ...ioSteps,
  ]),
);
