// SPDX-License-Identifier: MIT
/** Parts from which the catalogue builds its smallest scenarios. */

import type { JsonValue } from '../scenario/json.ts';

type Fields = Record<string, JsonValue>;

/** A document with these steps; `machine` holds the keys beside them. */
export function scenario(steps: JsonValue[], machine: Fields = {}): JsonValue {
  return { format: 1, ...machine, steps };
}

export const OPEN: Fields = { do: 'backing_open' };

/** One block on device 1. */
export function mapped(fields: Fields = {}): Fields {
  return { length: 4096, addr: '1M', type: 'MAPPED', dev: 1, ...fields };
}

export function hole(fields: Fields = {}): Fields {
  return { length: 4096, addr: 'NULL_ADDR', type: 'HOLE', ...fields };
}

/** A begin request answered with mappings; device 1 is registered before it. */
export function answer(
  read: Fields,
  rest: { write?: Fields; step?: Fields; machine?: Fields } = {},
): JsonValue {
  const reply: Fields = rest.write === undefined ? { read } : { read, write: rest.write };
  return scenario([OPEN, { do: 'iomap_begin', ...rest.step, reply }], rest.machine);
}

/** A begin request answered with raw bytes, header first. */
export function bytes(hex: string): JsonValue {
  return scenario([{ do: 'iomap_begin', reply: { hex } }]);
}

const HEADER_OK = '5000000000000000' + '0400000000000000';
const HOLE_BYTES = '0000000000000000' + '0010000000000000' + 'ffffffffffffffff' + '0000000000000000';
const OVERWRITE_BYTES = '0000000000000000' + '0010000000000000' + 'ffffffffffffffff' + 'ff00000000000000';

/** 64 bytes: a hole of one block and its pure overwrite. */
export const PAYLOAD = HOLE_BYTES + OVERWRITE_BYTES;
/** The whole answer to the first request of a connection, whose unique is 4. */
export const GOOD_ANSWER = HEADER_OK + PAYLOAD;

/** A kernel of another revision. */
export const BEFORE_DEVICES: Fields = { kernel: { revision: 'v6-03' } };
export const WITH_CACHE: Fields = { kernel: { revision: 'late' } };

/** A machine with a block device at fd 3 and a regular file at fd 4. */
export const TWO_FDS: Fields = {
  fds: { '3': { kind: 'blk', device: 'vda' }, '4': { kind: 'reg' } },
};
export const OPEN_FILE: Fields = { do: 'backing_open', fd: 4, type: 'PASSTHROUGH' };
export const NOTHING_BUILT: Fields = {
  kernel: { config: { FUSE_IOMAP: false, FUSE_PASSTHROUGH: false } },
};
export const NOBODY: Fields = { caller: {} };
