// SPDX-License-Identifier: MIT
/** What a scripted server answers. */

import * as v from 'valibot';
import { FUSE_IOMAP_F, NULL_ADDR } from '../kernel/names.ts';
import { array, choice, describe, described, object } from './build.ts';
import { CAPS } from './caps.ts';
import { small } from './integer-leaf.ts';
import { flags, mappingType } from './named-values.ts';
import { errno, hex, u32, u64 } from './values.ts';

/** One struct fuse_iomap_io as a server may write it; what is left out is 0. */
export const mapping = object({
  offset: v.optional(u64('File offset in bytes where the mapping starts.'), 0n),
  length: v.optional(u64('Length of the mapping in bytes.'), 0n),
  addr: v.optional(u64('Byte address on the device, or NULL_ADDR.', { NULL_ADDR }), 0n),
  type: v.optional(mappingType('FUSE_IOMAP_TYPE_*, or a raw u16.'), 0n),
  flags: v.optional(flags(FUSE_IOMAP_F, 0xffff, 'FUSE_IOMAP_F_*, names or raw bits of a u16.'), []),
  dev: v.optional(u32('Backing id of the device, or DEV_NULL.', { DEV_NULL: 0n }), 0n),
});

/** The header of an answer that is made for it. */
const unique = v.optional(u64('The unique in the fuse_out_header; that of the request if left out.'));
const raw = {
  error: object({
    error: errno('The error of the fuse_out_header. The kernel takes only -511 to 0 from a server.'),
    unique,
  }),
  hex: object({
    hex: hex(65_536, 'The bytes of the whole answer, fuse_out_header included; any length.'),
  }),
  payload: object({
    payload: hex(65_536, 'The bytes after the fuse_out_header, which is made for them.'),
    unique,
  }),
};
const MAPPINGS = 'a reply: an object with read and write, or with error, hex or payload';
const mapReply = object(
  {
    read: described(v.optional(mapping, {}), 'The read mapping. A field left out is 0.'),
    write: described(
      v.optional(mapping),
      'The write mapping. Left out, libfuse makes a pure overwrite of read; {} is the zeroed slot.',
    ),
    unique,
  },
  MAPPINGS,
);
export const beginReply = choice([mapReply, ...Object.values(raw)], (input) => rawOf(raw, input) ?? mapReply);
const zero = v.pipe(
  v.literal(0n, (issue) => describe('a reply: 0, or an object with error, hex or payload', issue.input)),
  v.metadata({ spell: (value: number) => BigInt(value), jsonSchema: { const: 0 } }),
  v.transform(Number),
);
export const endReply = choice([zero, ...Object.values(raw)], (input) => endOf(raw, input));

/** The shape that a reply without mappings has, told by its key. */
function rawOf(shapes: typeof raw | typeof listed, input: unknown) {
  if (typeof input !== 'object' || input === null) return undefined;
  return 'hex' in input
    ? shapes.hex
    : 'payload' in input
      ? shapes.payload
      : 'error' in input
        ? shapes.error
        : undefined;
}

const endOf = (shapes: typeof raw | typeof listed, input: unknown) =>
  typeof input === 'object' && input !== null ? (rawOf(shapes, input) ?? shapes.error) : zero;

/** One entry of a list of replies: any reply, to one request or to several in a row. */
const times = v.optional(
  small({ min: 1n, max: 0xffff_ffffn, description: 'How many requests in a row get this reply.' }),
  1n,
);
const listedMaps = object({ ...mapReply.entries, times }, MAPPINGS);
const listed = {
  error: object({ ...raw.error.entries, times }),
  hex: object({ ...raw.hex.entries, times }),
  payload: object({ ...raw.payload.entries, times }),
};

/** What an ioend alone can be answered with: the size that the file has from now on. */
const newsize = u64('newsize of the fuse_iomap_ioend_out: the size of the file.');
const ioendRaw = { ...raw, newsize: object({ newsize, unique }) };
const ioendListed = { ...listed, newsize: object({ newsize, unique, times }) };
const ioendOf = <S extends typeof ioendRaw | typeof ioendListed>(shapes: S, input: unknown) =>
  typeof input === 'object' && input !== null && 'newsize' in input ? shapes.newsize : endOf(shapes, input);
export const ioendReply = choice([zero, ...Object.values(ioendRaw)], (input) => ioendOf(ioendRaw, input));

export const beginReplies = array(
  choice([listedMaps, ...Object.values(listed)], (input) => rawOf(listed, input) ?? listedMaps),
  CAPS.replies,
);
/** Of iomap_end: 0, an error or raw bytes. */
export const endReplies = array(
  choice([zero, ...Object.values(listed)], (input) => endOf(listed, input)),
  CAPS.replies,
);
/** Of an ioend: these, or a new size. */
export const ioendReplies = array(
  choice([zero, ...Object.values(ioendListed)], (input) => ioendOf(ioendListed, input)),
  CAPS.replies,
);
