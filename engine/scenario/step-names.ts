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

/** A step that does no I/O. */
type PlainName = Exclude<StepName, (typeof IO_STEPS)[number]>;

/**
 * What a step works on: the backing table, by an ioctl on /dev/fuse; a file that holds a backing open; a mapping alone;
 * what holds the connection. Which steps a later one depends on, and what is needed to run them, follows.
 */
export type WorksOn = 'table' | 'file' | 'mapping' | 'connection' | 'io';

const WORKS_ON: Readonly<Record<PlainName, WorksOn>> = {
  backing_open: 'table',
  backing_close: 'table',
  ioctl: 'table',
  passthrough_open: 'file',
  passthrough_release: 'file',
  iomap_begin: 'mapping',
  iomap_end: 'mapping',
  unmount: 'connection',
  umount: 'connection',
  close_dev: 'connection',
};

/** What a step of this name works on; of a name that is not known, I/O. */
export const worksOn = (name: string): WorksOn =>
  (WORKS_ON as Readonly<Record<string, WorksOn>>)[name] ?? 'io';
