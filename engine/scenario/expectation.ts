// SPDX-License-Identifier: MIT
/** What a step may expect of its run: any part of it, each left out if it doesn't matter. */

import * as v from 'valibot';
import { FUSE_OPCODE } from '../kernel/names.ts';
import { bool, described, object, oneOf, record } from './build.ts';
import { CAPS } from './caps.ts';
import { wordOrInteger } from './integer-leaf.ts';
import { S64_MAX, S64_MIN, U32_MAX } from './integers.ts';
import { named, opFlags } from './named-values.ts';
import { decimal, u32, u64, written } from './values.ts';
import { bounds } from './bounds.ts';
import { ioExpectation, refusal } from './io-expectation.ts';
import { bdevName, mappings } from './iomap-fields.ts';
import { wireMapping } from './wire-mapping.ts';

export { iomapFields } from './iomap-fields.ts';

/**
 * `waiting`: no answer was taken, the caller still sleeps. `retry-cache`: the kernel looks into its mapping cache
 * again. `not-called`: the kernel never got there. `oops`: it would crash.
 */
const ret = wordOrInteger(['waiting', 'retry-cache', 'not-called', 'oops'], {
  min: S64_MIN,
  max: S64_MAX,
  errno: true,
  description: 'The return value, as a number or -ERRNO.',
});

const requestFields = object({
  opcode: v.optional(named(FUSE_OPCODE, U32_MAX, 'The opcode, by name or number.')),
  nodeid: v.optional(u64('Node id.')),
  unique: v.optional(u64('Request id.')),
  opflags: v.optional(opFlags('FUSE_IOMAP_OP_* as sent.')),
  attr_ino: v.optional(u64('Inode number.')),
  pos: v.optional(u64('Byte position.')),
  count: v.optional(u64('Byte count.')),
});

const tableEntry = object({
  type: described(v.optional(oneOf(['PASSTHROUGH', 'IOMAP'])), 'What the entry was opened as.'),
  refs: v.optional(u32('References that are held on it, its own included.')),
  device: described(v.optional(bdevName), 'Device name, or null for an entry without one.'),
});

const table = object({
  live: v.optional(u32('Number of live ids.')),
  cursor: v.optional(u32('The IDR cursor: where the next search begins.')),
  entries: described(
    v.optional(record(decimal(1, U32_MAX, 'a backing id'), v.nullable(tableEntry), CAPS.entries)),
    'By id; null says that the id is free.',
  ),
});

const fields = {
  ret: v.optional(ret),
  ...refusal,
  ...mappings,
  request: described(v.optional(requestFields), 'Fields of the request that was sent to the server.'),
  sent: described(v.optional(bool), 'Whether a request was sent to the server.'),
  message: described(
    v.optional(
      object({
        ...requestFields.entries,
        written: v.optional(written('Bytes done, or -ERRNO.')),
        map: described(v.optional(wireMapping), 'The mapping that the kernel reports back.'),
      }),
    ),
    'Fields of struct fuse_iomap_end_in.',
  ),
  table: described(v.optional(table), 'The backing table after the step.'),
  ...ioExpectation,
};

const plain = object(fields);
type Fields = v.InferOutput<typeof plain>;
type Bounds = v.InferOutput<typeof bounds>;

/** By name: each kind of step has it twice, and a type that spelt it out would be longer than a declaration may be. */
export interface ExpectationOutput extends Fields {
  atLeast?: Bounds | undefined;
  atMost?: Bounds | undefined;
  not?: Fields | undefined;
}

export const expectation: v.GenericSchema<unknown, ExpectationOutput> = object({
  ...fields,
  atLeast: described(v.optional(bounds), 'At least so much.'),
  atMost: described(v.optional(bounds), 'At most so much.'),
  not: described(v.optional(plain), 'What must not come of it.'),
});
