// SPDX-License-Identifier: MIT
/** The structs of the wire, member by member (include/uapi/linux/fuse.h). Little endian, without hidden padding. */
import { has } from '../kernel/has-feature.ts';
import type { Revision } from '../kernel/features.ts';

export type Width = 'u16' | 'u32' | 'u64' | 'i32' | 'i64';

/** How many bytes each width takes. */
export const BYTES: Readonly<Record<Width, number>> = { u16: 2, u32: 4, u64: 8, i32: 4, i64: 8 };

/** A member that is a number. */
export type Plain = readonly [name: string, width: Width];
/** A number, or a struct within a struct. */
export type Member = Plain | readonly [name: string, struct: 'fuse_iomap_io'];

export const OUT_HEADER: readonly Plain[] = [
  ['len', 'u32'],
  ['error', 'i32'],
  ['unique', 'u64'],
];
export const IOMAP_IO: readonly Plain[] = [
  ['offset', 'u64'],
  ['length', 'u64'],
  ['addr', 'u64'],
  ['type', 'u16'],
  ['flags', 'u16'],
  ['dev', 'u32'],
];
export const BEGIN_IN: readonly Plain[] = [
  ['opflags', 'u32'],
  ['reserved', 'u32'],
  ['attr_ino', 'u64'],
  ['pos', 'u64'],
  ['count', 'u64'],
];
export const WRITTEN: Plain = ['written', 'i64'];
export const BACKING_MAP: readonly Plain[] = [
  ['fd', 'i32'],
  ['flags', 'u32'],
  ['padding', 'u64'],
];
const IN_HEADER: readonly Plain[] = [
  ['len', 'u32'],
  ['opcode', 'u32'],
  ['unique', 'u64'],
  ['nodeid', 'u64'],
  ['uid', 'u32'],
  ['gid', 'u32'],
  ['pid', 'u32'],
  ['total_extlen', 'u16'],
  ['padding', 'u16'],
];
const IOEND_V6: readonly Plain[] = [
  ['ioendflags', 'u32'],
  ['error', 'i32'],
  ['attr_ino', 'u64'],
  ['pos', 'u64'],
  ['new_addr', 'u64'],
  ['written', 'u32'],
  ['reserved', 'u32'],
];
const IOEND_V7: readonly Plain[] = [
  ['flags', 'u32'],
  ...IOEND_V6.slice(1, 5),
  ['written', 'u64'],
  ['dev', 'u32'],
  ['pad', 'u32'],
];

/** The members of each struct on a revision, in the order of a conversation. */
export const STRUCTS = {
  fuse_in_header: () => IN_HEADER,
  fuse_iomap_begin_in: () => BEGIN_IN,
  fuse_out_header: () => OUT_HEADER,
  fuse_iomap_begin_out: () => [
    ['read', 'fuse_iomap_io'],
    ['write', 'fuse_iomap_io'],
  ],
  fuse_iomap_io: () => IOMAP_IO,
  fuse_iomap_end_in: () => [...BEGIN_IN, WRITTEN, ['map', 'fuse_iomap_io']],
  fuse_iomap_ioend_in: (revision) => (has(revision, 'IOEND_HAS_NEWSIZE') ? IOEND_V7 : IOEND_V6),
  fuse_backing_map: () => BACKING_MAP,
} as const satisfies Readonly<Record<string, (revision: Revision) => readonly Member[]>>;

export type StructName = keyof typeof STRUCTS;

export const STRUCT_NAMES = Object.keys(STRUCTS) as StructName[];

/** Whether a name is that of a struct with a layout. */
export const isStruct = (name: string): name is StructName => Object.hasOwn(STRUCTS, name);

/** How many bytes a member takes. */
export const bytesOf = ([, width]: Member): number =>
  width === 'fuse_iomap_io' ? IOMAP_IO.reduce((sum, [, each]) => sum + BYTES[each], 0) : BYTES[width];
