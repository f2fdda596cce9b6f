// SPDX-License-Identifier: MIT
/** A simulated block device: its size, what lies on it, and what goes wrong with it. */

import * as v from 'valibot';
import { array, bool, described, object, oneOf } from './build.ts';
import { CAPS } from './caps.ts';
import { integer, small, wordOrInteger } from './integer-leaf.ts';
import { U32_MAX } from './integers.ts';
import { hex, powerOfTwo, u64 } from './values.ts';

const bytes = object({
  at: v.optional(u64('Byte address on the device.'), 0n),
  hex: hex(CAPS.deviceBytes, 'The bytes.'),
});

const fault = object({
  op: described(v.optional(oneOf(['read', 'write', 'both']), 'both'), 'Which requests to the device fail.'),
  sector: v.optional(u64('The first 512-byte sector that fails.'), 0n),
  sectors: v.optional(integer({ min: 1n, max: 1n << 54n, description: 'How many sectors fail.' }), 1n),
  times: v.optional(
    wordOrInteger(['always'], {
      min: 1n,
      max: BigInt(U32_MAX) - 1n,
      description: 'How many requests fail before the sectors are good again, or always.',
    }),
    'always',
  ),
  error: v.optional(
    small({ min: -4095n, max: -1n, errno: true, description: 'What the failed request ends with.' }),
    '-EIO',
  ),
});

export const device = object({
  size: v.optional(
    integer({
      min: 512n,
      max: 0x7fff_ffff_ffff_fe00n,
      rule: {
        holds: (size) => size % 512n === 0n,
        expected: 'a multiple of 512 from 512 to 0x7ffffffffffffe00',
      },
      description: 'Size in bytes, a multiple of 512.',
    }),
    '16M',
  ),
  logicalBlockSize: v.optional(small({ ...powerOfTwo, description: 'Logical block size in bytes.' }), 512n),
  readOnly: described(v.optional(bool, false), 'The device is read-only: the kernel warns and writes.'),
  contents: described(
    v.optional(oneOf(['zeros', 'pattern']), 'zeros'),
    'What lies on it at the start: zeros, or sectors that each name the device and their number.',
  ),
  bytes: described(v.optional(array(bytes, CAPS.deviceParts)), 'Bytes that lie on it besides.'),
  faults: described(v.optional(array(fault, CAPS.faults)), 'Sectors that cannot be read or written.'),
  diesAfterBios: v.optional(u64('After so many requests every further one fails with -EIO.')),
});
