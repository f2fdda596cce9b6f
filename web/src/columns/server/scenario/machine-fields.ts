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

const FILES: [Exclude<Fd['kind'], 'blk' | 'deep-blk' | 'blk-path'>, string][] = [
  ['reg', 'a regular file'],
  ['dir', 'a directory'],
  ['chr', 'a character device'],
  ['none', 'nothing: not open'],
  ['no-rw-iter', 'a file without read_iter and write_iter'],
  ['mid-stack', 'a file on a stacked file system'],
  ['deep-stack', 'a file stacked too deep'],
  ['reg-path', 'a regular file, with O_PATH'],
  ['dir-path', 'a directory, with O_PATH'],
];

/** How a block special file was opened. */
export const ACCESS: Option[] = [
  { value: undefined, label: 'O_RDWR' },
  { value: 'r', label: 'O_RDONLY' },
  { value: 'w', label: 'O_WRONLY' },
  { value: 'none', label: 'access mode 3: neither' },
];

const ON_DEVICE: [kind: Fd['kind'], label: (device: string) => string][] = [
  ['blk', (device) => `block device ${device}`],
  ['deep-blk', (device) => `${device}, through a deep stack`],
  ['blk-path', (device) => `${device}, with O_PATH`],
];

/**
 * What a descriptor can refer to.
 * @param access how the present one says that it was opened, which another device keeps
 */
export const FD_KINDS = (devices: string[], access?: JsonValue): Option[] => [
  ...ON_DEVICE.flatMap(([kind, label]) =>
    devices.map((device) => ({
      value: { kind, device, ...(access === undefined ? {} : { access }) },
      label: label(device),
    })),
  ),
  ...FILES.map(([kind, label]) => ({ value: { kind }, label })),
];

/** The descriptors as the document would write them. */
export const fdDefaults = (fds: [number, Fd][]): JsonObject =>
  Object.fromEntries(fds.map(([fd, what]) => [String(fd), { ...what }]));
