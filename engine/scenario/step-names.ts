// SPDX-License-Identifier: MIT
import { IO_STEPS } from './io-names.ts';

/** The names of all steps. schema.ts holds that each of its steps is one of them, and that no other is. */
export const STEP_NAMES = [
  'backing_open',
  'backing_close',
  'ioctl',
  'passthrough_open',
  'passthrough_release',
  'iomap_begin',
  'iomap_end',
  'unmount',
  'umount',
  'close_dev',
  ...IO_STEPS,
] as const;

export type StepName = (typeof STEP_NAMES)[number];
