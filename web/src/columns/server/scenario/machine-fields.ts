// SPDX-License-Identifier: MIT
import type { Fd } from '#engine/scenario/schema.ts';
import type { JsonObject, JsonValue } from '#engine/scenario/path.ts';

interface Option {
  value: JsonValue | undefined;
  label: string;
}

/** A switch that is on unless the scenario turns it off. */
export const BOOLEAN_OFF = (on: string): Option[] => [
  { value: undefined, label: on },
  { value: false, label: `not ${on}` },
];

export const CONFIGS = ['FUSE_IOMAP', 'FUSE_PASSTHROUGH', 'FUSE_IOMAP_DEBUG'] as const;

export const CAPABILITIES: Option[] = [
  { value: undefined, label: 'CAP_SYS_ADMIN, CAP_SYS_RAWIO' },
  { value: ['CAP_SYS_ADMIN'], label: 'CAP_SYS_ADMIN' },
  { value: ['CAP_SYS_RAWIO'], label: 'CAP_SYS_RAWIO' },
  { value: [], label: 'no capabilities' },
];

const FILES: [Exclude<Fd['kind'], 'blk' | 'deep-blk'>, string][] = [
  ['reg', 'a regular file'],
  ['dir', 'a directory'],
  ['chr', 'a character device'],
  ['none', 'nothing: not open'],
  ['no-rw-iter', 'a file without read_iter and write_iter'],
  ['mid-stack', 'a file on a stacked file system'],
  ['deep-stack', 'a file stacked too deep'],
];

/** What a descriptor can refer to. */
export const FD_KINDS = (devices: string[]): Option[] => [
  ...devices.map((device) => ({ value: { kind: 'blk', device }, label: `block device ${device}` })),
  ...devices.map((device) => ({
    value: { kind: 'deep-blk', device },
    label: `${device}, through a deep stack`,
  })),
  ...FILES.map(([kind, label]) => ({ value: { kind }, label })),
];

/** The descriptors as the document would write them. */
export const fdDefaults = (fds: [number, Fd][]): JsonObject =>
  Object.fromEntries(fds.map(([fd, what]) => [String(fd), { ...what }]));
