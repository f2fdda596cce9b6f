// SPDX-License-Identifier: MIT
import { CError, evaluate } from './c-expression.ts';

/** The fields of a mapping, and how many bits each has. */
export const FIELD_BITS = { offset: 64, length: 64, addr: 64, type: 16, flags: 16, dev: 32 } as const;
type Field = keyof typeof FIELD_BITS;
export const FIELDS = Object.keys(FIELD_BITS) as readonly Field[];

/** A mapping that a text fills in, field by field. */
export interface CMapping {
  /** Its place, `out.read`; '' for one without a name. */
  name: string;
  /** The last value that each field was given, or why that one has none. */
  fields: Map<Field, { value: bigint | CError; line: number; times: number }>;
  /** Fields without an assignment are known to be 0: it was initialised, or cleared by memset. */
  zeroed: boolean;
  /** It is one of the two of a struct fuse_iomap_begin_out. */
  inBoth: boolean;
  /** The text says, by type or by name, that it is a mapping. */
  certain: boolean;
  /** A field is assigned that a mapping does not have. */
  fault: CError | null;
  line: number;
}

/** Tags of the structs of one mapping, and of both; names that say as much. */
export const MAPPING = new Set(['fuse_iomap_io', 'fuse_file_iomap']);
export const BOTH = 'fuse_iomap_begin_out';
export const NAMED = /^(?:read|write)(?:_?(?:io|map|iomap|mapping|out))?$/i;
export const isField = (name: string): name is Field => Object.hasOwn(FIELD_BITS, name);
const U64 = (1n << 64n) - 1n;

/** `left op= right`, in 64 bits; the words of an operator are C's. */
export function combined(left: bigint, operator: string, right: bigint, line: number): bigint {
  const literal = (value: bigint) => ({ text: `0x${(value & U64).toString(16)}`, line });
  return evaluate([literal(left), { text: operator.slice(0, -1), line }, literal(right)], line);
}
