// SPDX-License-Identifier: MIT
/** Every word that can be asked, put together: what follows from the kernel's tables is computed from them. */
import { ERRNO } from '../kernel/errno.ts';
import {
  FIEMAP_EXTENT,
  FUSE_BACKING_TYPE,
  FUSE_IOMAP_F,
  FUSE_IOMAP_IOEND,
  FUSE_IOMAP_TYPE,
  IOMAP_F,
  IOMAP_OP,
  type NameTable,
} from '../kernel/names.ts';
import { CONCEPT_WORDS } from './concepts.ts';
import { ERRNO_WORDS } from './errnos.ts';
import { BACKING_WORDS, EXTENT_WORDS, IOEND_WORDS } from './event-flags.ts';
import type { WordId } from './ids.ts';
import { FLAG_WORDS, KERNEL_FLAG_WORDS } from './mapping-flags.ts';
import { TYPE_WORDS } from './mapping-types.ts';
import { MEMBER_WORDS } from './members.ts';
import { OP_WORDS } from './ops.ts';
import { SCENARIO_WORDS } from './scenario-words.ts';
import { STEP_WORDS } from './steps.ts';
import { STRUCT_WORDS } from './structs.ts';
import { TITLES } from './titles.ts';
import type { Word, Written } from './word.ts';

export type { Word } from './word.ts';
export type { WordId } from './ids.ts';

const hex = (value: number, digits = 4) => `0x${value.toString(16).padStart(digits, '0')}`;
/** The number of a name that an id ends with. */
const numberOf = (table: NameTable, id: string, prefix: string) =>
  table[id.slice(prefix.length).toUpperCase()]!;

interface Group {
  kind: string;
  words: Readonly<Partial<Record<WordId, Written>>>;
  title: (id: string) => string;
  /** What the id says of its place on the wire; what the author wrote follows it. */
  wire?: (id: string) => string;
  /** Full names in the sources, under which it is found. */
  names?: (id: string) => string[];
}

/** The id in capitals, without what it begins with. */
const capitals = (id: string, prefix: string) => id.slice(prefix.length).toUpperCase();

/** In the order in which a name without its prefix is given away: SHARED is the flag of a mapping. */
const GROUPS: readonly Group[] = [
  {
    kind: 'mapping type',
    words: TYPE_WORDS,
    title: (id) => id.toUpperCase(),
    wire: (id) =>
      `\`FUSE_IOMAP_TYPE_${id.toUpperCase()}\` is ${numberOf(FUSE_IOMAP_TYPE, id, '')}, in \`type\` of a mapping.`,
    names: (id) => [`FUSE_IOMAP_TYPE_${id}`, `IOMAP_${id}`],
  },
  {
    kind: 'mapping flag',
    words: FLAG_WORDS,
    title: (id) => id.toUpperCase(),
    wire: (id) =>
      `\`FUSE_IOMAP_${id.toUpperCase()}\` is ${hex(numberOf(FUSE_IOMAP_F, id, 'f_'))}, in \`flags\` of a mapping.`,
    names: (id) => [`FUSE_IOMAP_${id}`, `IOMAP_${id}`, id.slice(2)],
  },
  {
    kind: 'flag inside the kernel',
    words: KERNEL_FLAG_WORDS,
    title: (id) => id.toUpperCase(),
    wire: (id) => `Not sent. Inside it is ${hex(numberOf(IOMAP_F, id, 'f_'))}.`,
    names: (id) => [`IOMAP_${id}`, id.slice(2)],
  },
  {
    kind: 'op flag',
    words: OP_WORDS,
    title: (id) => capitals(id, 'op_'),
    wire: (id) =>
      `\`FUSE_IOMAP_${id.toUpperCase()}\` is ${hex(numberOf(IOMAP_OP, id, 'op_') >>> 0)}, in \`opflags\` of a begin or an end.`,
    names: (id) => [`FUSE_IOMAP_${id}`, `IOMAP_${id.slice(3)}`, id.slice(3)],
  },
  {
    kind: 'ioend flag',
    words: IOEND_WORDS,
    title: (id) => id.toUpperCase(),
    wire: (id) =>
      `\`FUSE_IOMAP_${id.toUpperCase()}\` is ${hex(numberOf(FUSE_IOMAP_IOEND, id, 'ioend_'), 2)}, in \`ioendflags\`.`,
    names: (id) => [`FUSE_IOMAP_${id}`, `IOMAP_${id}`],
  },
  {
    kind: 'fiemap flag',
    words: EXTENT_WORDS,
    title: (id) => id.toUpperCase(),
    wire: (id) =>
      `Not sent to a server. \`FIEMAP_${id.toUpperCase()}\` is ${hex(numberOf(FIEMAP_EXTENT, id, 'extent_'), 1)}, in \`fe_flags\`.`,
    names: (id) => [`FIEMAP_${id}`],
  },
  {
    kind: 'backing type',
    words: BACKING_WORDS,
    title: (id) => capitals(id, 'backing_'),
    wire: (id) =>
      `\`FUSE_BACKING_TYPE_${capitals(id, 'backing_')}\` is ${numberOf(FUSE_BACKING_TYPE, id, 'backing_')}, in the low 8 bits of \`flags\` of \`fuse_backing_map\`.`,
    names: (id) => [`FUSE_BACKING_TYPE_${id.slice(8)}`],
  },
  {
    kind: 'errno',
    words: ERRNO_WORDS,
    title: (id) => `-${id.toUpperCase()}`,
    wire: (id) =>
      `${-numberOf(ERRNO, id, '')} in \`error\` of a \`fuse_out_header\`, if a server answers with it.`,
    names: (id) => [String(-numberOf(ERRNO, id, ''))],
  },
  { kind: 'step', words: STEP_WORDS, title: (id) => id },
  { kind: 'struct', words: STRUCT_WORDS, title: (id) => id },
  { kind: 'field', words: MEMBER_WORDS, title: (id) => id },
  { kind: 'setting of a scenario', words: SCENARIO_WORDS, title: (id) => id.replaceAll('-', ' ') },
  { kind: 'word', words: CONCEPT_WORDS, title: (id) => id.replaceAll('-', ' ') },
];

export const NOT_SENT = 'Not on the wire.';

/** Full names of a word in the sources, in lower case. */
export const SOURCE_NAMES = new Map<WordId, readonly string[]>();

/** The glossary. Loaded late: nothing that a verdict needs is in it. */
export const WORDS: Readonly<Record<WordId, Word>> = Object.fromEntries(
  GROUPS.flatMap(({ kind, words, title, wire, names }) =>
    (Object.entries(words) as [WordId, Written][]).map(([id, written]): [WordId, Word] => {
      if (names) SOURCE_NAMES.set(id, names(id));
      const places = [wire?.(id), written.wire].filter((place) => place !== undefined);
      const place = places.length === 0 ? NOT_SENT : places.join(' ');
      return [id, { also: [], ...written, id, kind, title: TITLES[id] ?? title(id), wire: place }];
    }),
  ),
) as Record<WordId, Word>;

/** All words: those of the field first, then by what they are, in the order of the tables. */
export const ALL_WORDS: readonly Word[] = Object.values(WORDS);

/** The kinds of words with the words of each, those of the field first. */
export function wordsByKind(): [kind: string, words: Word[]][] {
  const kinds = GROUPS.map(({ kind }) => kind);
  const order = ['word', ...kinds.filter((kind) => kind !== 'word')];
  return order.map((kind) => [kind, ALL_WORDS.filter((word) => word.kind === kind)]);
}
