// SPDX-License-Identifier: MIT
import { FUSE_BACKING_TYPE, FUSE_DEV_IOC } from '#engine/kernel/names.ts';
import type { StepName } from '#engine/scenario/schema.ts';
import { bits, names, opChoices, type Choice } from '../../fields/choices.ts';
import type { ValueKind } from '../../fields/values.ts';
import { IOMAP_F, IOMAP_TYPE } from '#engine/kernel/names.ts';

/** A field of a step, as the form draws it; the path is within the step. */
export interface StepField {
  path: string[];
  label: string;
  fallback: string;
  kind?: ValueKind;
  choices?: () => Choice[];
  /** Said to the right, where the label alone leaves a question. */
  note?: string;
}

const num = (label: string, fallback: string, note = ''): StepField => ({
  path: [label],
  label,
  fallback,
  note,
});

const IDS: Choice[] = [
  { label: '1', value: 1n, hint: 'the first id' },
  { label: '0', value: 0n, hint: 'no id' },
  { label: '-1', value: -1n, hint: 'negative' },
  { label: '1025', value: 1025n, hint: 'past the ids of iomap devices' },
  { label: '2147483647', value: 0x7fff_ffffn, hint: '2^31 - 1' },
];
const id = (label: string, note: string): StepField => ({ ...num(label, '1', note), choices: () => IDS });

/** The plain fields of each kind of step that has a form. What has a shape of its own (mappings, switches) is not here. */
export const STEP_FIELDS: Partial<Record<StepName, readonly StepField[]>> = {
  iomap_begin: [
    num('pos', '0'),
    num('count', '4096'),
    { path: ['op'], label: 'op', fallback: 'none: a read', kind: 'flags', choices: opChoices },
  ],
  iomap_end: [
    { ...num('of', 'the last accepted', 'index of the begin, from 0') },
    num('pos', "the begin's"),
    num('count', 'what iomap_length gives'),
    num('written', 'all of count', 'bytes or -ERRNO'),
    { path: ['op'], label: 'op', fallback: "the begin's", kind: 'flags', choices: opChoices },
  ],
  backing_open: [
    num('fd', '3'),
    {
      path: ['type'],
      label: 'type',
      fallback: 'IOMAP',
      choices: () => names(FUSE_BACKING_TYPE),
      note: 'low 8 bits',
    },
    num('flags', '0', 'the other 24 bits'),
    num('padding', '0', 'must be 0'),
  ],
  backing_close: [id('id', 'backing id')],
  ioctl: [
    { path: ['cmd'], label: 'cmd', fallback: '', choices: () => names(FUSE_DEV_IOC) },
    { path: ['arg'], label: 'arg', fallback: 'nothing', kind: 'text', note: 'hex bytes' },
  ],
  passthrough_open: [id('id', 'backing_id of the open reply')],
  passthrough_release: [num('of', 'the latest still open', 'index of the open, from 0')],
  unmount: [],
};

/** Fields of the kernel's struct iomap that an iomap_end may override. */
export const IOMAP_OVERRIDES: readonly StepField[] = [
  num('offset', "the begin's"),
  num('length', "the begin's"),
  num('addr', "the begin's"),
  { path: ['type'], label: 'type', fallback: "the begin's", choices: () => names(IOMAP_TYPE) },
  { path: ['flags'], label: 'flags', fallback: "the begin's", kind: 'flags', choices: () => bits(IOMAP_F) },
  { path: ['bdev'], label: 'bdev', fallback: "the begin's", kind: 'text' },
];

/** What a kind of step is, in words. */
export const STEP_INTRO: Partial<Record<StepName, [lead: string, name: string]>> = {
  iomap_begin: ['The kernel asks', 'FUSE_IOMAP_BEGIN'],
  iomap_end: ['The kernel tells', 'FUSE_IOMAP_END'],
  backing_open: ['You call', 'FUSE_DEV_IOC_BACKING_OPEN'],
  backing_close: ['You call', 'FUSE_DEV_IOC_BACKING_CLOSE'],
  ioctl: ['You call', 'ioctl(/dev/fuse)'],
  passthrough_open: ['A file is opened', 'fuse_passthrough_open'],
  passthrough_release: ['A file is closed', 'fuse_passthrough_release'],
  unmount: ['The connection ends', 'unmount'],
};
