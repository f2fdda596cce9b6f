// SPDX-License-Identifier: MIT
/** What the page of a struct shows: its bytes, its fields with their words, and the values that they have by name. */
import {
  FUSE_BACKING_TYPE,
  FUSE_IOMAP_F,
  FUSE_IOMAP_IOEND,
  FUSE_IOMAP_TYPE,
  FUSE_OPCODE,
  IOMAP_OP,
  type NameTable,
} from '../kernel/names.ts';
import { DEFAULT_REVISION, REVISIONS, type Revision } from '../kernel/features.ts';
import { has, type Feature } from '../kernel/has-feature.ts';
import { numberingOf } from '../kernel/numbering.ts';
import { WORDS } from '../words/glossary.ts';
import type { WordId } from '../words/ids.ts';
import { wordOfMember } from '../words/of-member.ts';
import { STRUCTS, STRUCT_NAMES, bytesOf, type StructName } from './struct-layouts.ts';

/** A field as a page shows it. */
export interface StructField {
  name: string;
  /** From the first byte of the struct. */
  offset: number;
  bytes: number;
  /** `u64`, or the struct that it is. */
  type: string;
  word: WordId | undefined;
}

/** A layout, and the revisions that have it. */
export interface StructVariant {
  revisions: Revision[];
  bytes: number;
  fields: StructField[];
}

/** Words of members whose name means something else in a struct than its word says. */
const OWN_WORDS: Readonly<Record<string, WordId>> = {
  'fuse_backing_map.flags': 'backing-type',
  'fuse_iomap_ioend_in.flags': 'ioendflags',
  'fuse_iomap_ioend_in.error': 'ioend-error',
  'fuse_in_header.padding': 'header-padding',
  'fuse_iomap_begin_out.read': 'read-mapping',
  'fuse_iomap_begin_out.write': 'write-mapping',
  'fuse_iomap_end_in.map': 'mapping',
};

function fieldsOf(struct: StructName, revision: Revision): StructField[] {
  let offset = 0;
  return STRUCTS[struct](revision).map((member) => {
    const [name, type] = member;
    const field = {
      name,
      offset,
      bytes: bytesOf(member),
      type,
      word: OWN_WORDS[`${struct}.${name}`] ?? wordOfMember(name),
    };
    offset += field.bytes;
    return field;
  });
}

/** The layouts that a struct has had, the oldest first: revisions with the same one stand together. */
export function variantsOf(struct: StructName): StructVariant[] {
  const variants = new Map<string, StructVariant>();
  for (const revision of REVISIONS) {
    const fields = fieldsOf(struct, revision);
    const key = fields.map(({ name, type }) => `${name} ${type}`).join();
    const known = variants.get(key);
    if (known) known.revisions.push(revision);
    else
      variants.set(key, {
        revisions: [revision],
        bytes: fields.reduce((sum, { bytes }) => sum + bytes, 0),
        fields,
      });
  }
  return [...variants.values()];
}

/** Revisions that number the values of a field alike; the default's come first. */
export interface ValueColumn {
  revisions: Revision[];
}

/** A value by name: its number in each column, null where the revisions do not have it. */
export interface ValueRow {
  name: string;
  word: WordId | undefined;
  numbers: (string | null)[];
}

export interface FieldValues {
  field: string;
  columns: ValueColumn[];
  rows: ValueRow[];
}

interface Named {
  table: NameTable;
  word: (name: string) => string;
  number: (revision: Revision, value: number) => number;
  hex: boolean;
}

const plain = (_: Revision, value: number) => value;
const TYPES: Named = {
  table: FUSE_IOMAP_TYPE,
  word: (name) => name.toLowerCase(),
  number: (revision, value) => numberingOf(revision).typeOf(value),
  hex: false,
};
const OPS: Named = {
  table: IOMAP_OP,
  word: (name) => `op_${name.toLowerCase()}`,
  number: (revision, value) => numberingOf(revision).opOf(value >>> 0),
  hex: true,
};
const flags = (table: NameTable, prefix: string): Named => ({
  table,
  word: (name) => prefix + name.toLowerCase(),
  number: plain,
  hex: true,
});
const IOEND = flags(FUSE_IOMAP_IOEND, 'ioend_');

/** Which fields have values with names. */
const NAMED: Readonly<Partial<Record<StructName, Readonly<Record<string, Named>>>>> = {
  fuse_in_header: { opcode: { table: FUSE_OPCODE, word: () => 'opcode', number: plain, hex: false } },
  fuse_iomap_io: { type: TYPES, flags: flags(FUSE_IOMAP_F, 'f_') },
  fuse_iomap_begin_in: { opflags: OPS },
  fuse_iomap_end_in: { opflags: OPS },
  fuse_iomap_ioend_in: { ioendflags: IOEND },
  fuse_backing_map: { flags: { ...flags(FUSE_BACKING_TYPE, 'backing_'), hex: false } },
};

/** What a name came with, where not every revision has it. */
const CAME_WITH: Readonly<Record<string, Feature>> = {
  NOCACHE: 'HAS_MAPPING_CACHE',
  RETRY_CACHE: 'HAS_MAPPING_CACHE',
  SWAPFILE: 'HAS_MAPPING_CACHE',
  WRITEBACK: 'WRITEBACK_HAS_OP',
};

/** The fields of a struct whose values have names, with their numbers by revision. */
export function valuesOf(struct: StructName): FieldValues[] {
  return Object.entries(NAMED[struct] ?? {}).map(([field, named]) => {
    const moves = named === TYPES || named === OPS;
    const numberOn = (revision: Revision, name: string): string | null => {
      const feature = moves ? CAME_WITH[name] : undefined;
      if (feature && !has(revision, feature)) return null;
      const number = named.number(revision, named.table[name]!) >>> 0;
      return named.hex ? `0x${number.toString(16)}` : String(number);
    };
    const names = Object.keys(named.table);
    const columns = new Map<string, Revision[]>();
    for (const revision of REVISIONS) {
      const key = names.map((name) => numberOn(revision, name)).join();
      columns.set(key, [...(columns.get(key) ?? []), revision]);
    }
    const groups = [...columns.values()].sort(
      (a, b) => Number(b.includes(DEFAULT_REVISION)) - Number(a.includes(DEFAULT_REVISION)),
    );
    return {
      field,
      columns: groups.map((revisions) => ({ revisions })),
      rows: names.map((name) => {
        const id = named.word(name);
        return {
          name,
          word: Object.hasOwn(WORDS, id) ? (id as WordId) : undefined,
          numbers: groups.map(([first]) => numberOn(first!, name)),
        };
      }),
    };
  });
}

/** The structs that have a field with this word, and the struct whose word it is. */
export const structsWith = (word: WordId): StructName[] =>
  STRUCT_NAMES.filter(
    (struct) =>
      struct === word || variantsOf(struct).some(({ fields }) => fields.some((field) => field.word === word)),
  );
