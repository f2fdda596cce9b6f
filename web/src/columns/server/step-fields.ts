// SPDX-License-Identifier: MIT
import { FUSE_BACKING_TYPE, IOMAP_F, IOMAP_TYPE } from '#engine/kernel/names.ts';
import type { IoStep, StepName } from '#engine/scenario/schema.ts';
import { bits, names, opChoices, type Choice } from '../../fields/choices.ts';
import { hintOf } from '#engine/words/hints.ts';
import { field, type StepField } from '../../fields/step-field.ts';

const IDS: Choice[] = [
  { label: '1', value: 1n, hint: 'the first id' },
  { label: '0', value: 0n, hint: 'no id' },
  { label: '-1', value: -1n, hint: 'negative' },
  { label: '1025', value: 1025n, hint: 'past the ids of iomap devices' },
  { label: '2147483647', value: 0x7fff_ffffn, hint: '2^31 - 1' },
];
/** The ioctls that the playground models, with what the steps for them are for. */
const commands = (): Choice[] => [
  {
    label: 'FUSE_DEV_IOC_BACKING_OPEN',
    value: 'FUSE_DEV_IOC_BACKING_OPEN',
    hint: hintOf('backing_open'),
  },
  {
    label: 'FUSE_DEV_IOC_BACKING_CLOSE',
    value: 'FUSE_DEV_IOC_BACKING_CLOSE',
    hint: hintOf('backing_close'),
  },
];
const UMOUNT: Choice[] = [
  { label: 'plain', value: 'plain', hint: '-EBUSY while a file is open' },
  { label: 'force', value: 'force', hint: 'MNT_FORCE: aborts the connection' },
  { label: 'lazy', value: 'lazy', hint: 'MNT_DETACH: open files keep it' },
];
const id = field('id', { choices: () => IDS });

/** The steps whose forms are here: those that do I/O have io/io-fields.ts. */
type PlainStep = Exclude<StepName, IoStep['do']>;

/** The plain fields of each kind of step. What has a shape of its own (mappings, switches) is not here. */
export const STEP_FIELDS: Readonly<Record<PlainStep, readonly StepField[]>> = {
  iomap_begin: [
    field('pos'),
    field('count'),
    field('op', { fallback: 'none: a read', kind: 'flags', choices: opChoices }),
  ],
  iomap_end: [
    field('of', { fallback: 'the last accepted' }),
    field('pos', { fallback: "the begin's" }),
    field('count', { fallback: 'what iomap_length returns' }),
    field('written', { fallback: 'all of count' }),
    field('op', { fallback: "the begin's", kind: 'flags', choices: opChoices }),
  ],
  backing_open: [
    field('fd'),
    field('type', { choices: () => names(FUSE_BACKING_TYPE, 'backing_') }),
    field('flags'),
    field('padding'),
  ],
  backing_close: [id],
  ioctl: [field('cmd', { choices: () => commands() }), field('arg', { fallback: 'nothing', kind: 'text' })],
  passthrough_open: [id, field('inode', { fallback: 'the first', kind: 'text' })],
  passthrough_release: [field('of', { fallback: 'the latest still open' })],
  umount: [field('how', { choices: () => UMOUNT })],
  close_dev: [],
  unmount: [],
};

/** Whether a word is the kind of a step with plain fields: a document may say any. */
export const isPlainStep = (kind: string): kind is PlainStep => Object.hasOwn(STEP_FIELDS, kind);

const OF_BEGIN = { fallback: "the begin's" };

/** Fields of the kernel's struct iomap that an iomap_end may override. */
export const IOMAP_OVERRIDES: readonly StepField[] = [
  field('offset', OF_BEGIN),
  field('length', OF_BEGIN),
  field('addr', OF_BEGIN),
  field('type', { ...OF_BEGIN, choices: () => names(IOMAP_TYPE, '') }),
  field('flags', { ...OF_BEGIN, kind: 'flags', choices: () => bits(IOMAP_F, 'f_') }),
  field('bdev', { ...OF_BEGIN, kind: 'text' }),
];

/** What a kind of step is, in words. */
export const STEP_INTRO: Readonly<Record<PlainStep, [lead: string, name: string]>> = {
  iomap_begin: ['The kernel asks', 'FUSE_IOMAP_BEGIN'],
  iomap_end: ['The kernel tells', 'FUSE_IOMAP_END'],
  backing_open: ['You call', 'FUSE_DEV_IOC_BACKING_OPEN'],
  backing_close: ['You call', 'FUSE_DEV_IOC_BACKING_CLOSE'],
  ioctl: ['You call', 'ioctl(/dev/fuse)'],
  passthrough_open: ['A file is opened', 'fuse_passthrough_open'],
  passthrough_release: ['A file is closed', 'fuse_passthrough_release'],
  umount: ['Somebody calls', 'umount(2)'],
  close_dev: ['You call', 'close(/dev/fuse)'],
  unmount: ['The connection ends', 'unmount'],
};
