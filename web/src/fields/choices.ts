// SPDX-License-Identifier: MIT
import type { Revision } from '#engine/kernel/features.ts';
import { typeNote } from '#engine/view/type-note.ts';
import { FUSE_IOMAP_F, FUSE_IOMAP_TYPE, IOMAP_OP, NULL_ADDR, type NameTable } from '#engine/kernel/names.ts';
import type { TableEntry } from '#engine/run/types.ts';
import { hintOf } from '#engine/words/hints.ts';
import type { WordId } from '#engine/words/ids.ts';
import { U64_MAX } from '#engine/scenario/integers.ts';
import type { JsonValue } from '#engine/scenario/path.ts';

/** A value that is worth offering. */
export interface Choice {
  label: string;
  value: JsonValue | undefined;
  hint: string;
  /** For flags: the choice turns this bit on or off instead of replacing the value. */
  bit?: number;
}

/** What the choices of a mapping's field depend on. */
export interface MappingContext {
  pos: bigint;
  count: bigint;
  blockSize: bigint;
  entries: TableEntry[];
  /** Size of the device that the mapping names, if it is known. */
  deviceSize: bigint | null;
  /** Who answers: it says which number a type has. */
  revision: Revision;
}

const number = (value: bigint, hint: string): Choice => ({ label: String(value), value, hint });
const word = (label: string, hint: string): Choice => ({ label, value: label, hint });

/** Neighbours of a value: a block and a byte to either side, as far as they exist. */
function neighbours(value: bigint, block: bigint): Choice[] {
  const all: [bigint, string][] = [
    [value + block, 'next block'],
    [value - block, 'previous block'],
    [value + 1n, 'one more'],
    [value - 1n, 'one less'],
  ];
  return all.filter(([near]) => near >= 0n && near <= U64_MAX).map(([near, hint]) => number(near, hint));
}

const INT_MAX = 0x7fff_ffffn;

/** The interesting values of one field of a mapping, given what stands there now. */
export function mappingChoices(field: string, now: bigint, context: MappingContext): Choice[] {
  const { pos, count, blockSize: block, entries, deviceSize } = context;
  switch (field) {
    case 'offset':
      return [
        number(pos - (pos % block), 'the block of pos'),
        ...neighbours(now, block),
        number(INT_MAX, '2^31 - 1'),
        word('0x7ffffffffffff000', 'the last page under s_maxbytes'),
        word('0xfffffffffffff000', 'the last page of 2^64'),
      ];
    case 'length':
      return [
        number(((count + block - 1n) / block) * block, 'all that was asked for'),
        number(block, 'one block'),
        number(0n, 'nothing'),
        ...neighbours(now, block),
        number(INT_MAX, '2^31 - 1'),
        word('0xfffffffffffff000', 'as long as it gets'),
      ];
    case 'addr':
      return [
        word('NULL_ADDR', 'no place: 2^64 - 1'),
        ...neighbours(now === NULL_ADDR ? 0n : now, block),
        ...(deviceSize === null ? [] : [number(deviceSize, 'just past the end of the device')]),
        number(INT_MAX, '2^31 - 1'),
        word('0xfffffffffffff000', 'the last page of 2^64'),
      ];
    case 'dev':
      return [
        word('DEV_NULL', 'no device: 0'),
        ...entries
          .slice(0, 8)
          .map(({ id, type, device }) => number(BigInt(id), device ?? type.toLowerCase())),
        number(now + 1n, 'one more'),
        number(INT_MAX, '2^31 - 1: not looked up'),
        number(0xffff_ffffn, '2^32 - 1'),
      ];
    case 'type':
      return [...typeNames(context.revision), number(5n, 'no type'), number(0xfffen, 'a number alone')];
    case 'flags':
      return bits(FUSE_IOMAP_F, 'f_');
    default:
      return [];
  }
}

/** Hints are the glossary's: what a value means. Its number stands beside the field. */
const meaning = (name: string, prefix: string) => hintOf(`${prefix}${name.toLowerCase()}` as WordId);

/** The types by name; of one that the revision lacks, or numbers otherwise, that is said too. */
const typeNames = (revision: Revision): Choice[] =>
  Object.entries(FUSE_IOMAP_TYPE).map(([name, code]) =>
    word(name, `${meaning(name, '')} (${typeNote(code, revision)})`),
  );

/** The names of a table. @param prefix what the ids of their words begin with */
export const names = (table: NameTable, prefix: '' | 'backing_'): Choice[] =>
  Object.keys(table).map((name) => word(name, meaning(name, prefix)));

/** The flags of a table. @param prefix what the ids of their words begin with */
export const bits = (table: NameTable, prefix: 'f_' | 'op_' | 'ioend_'): Choice[] =>
  Object.entries(table).map(([name, bit]) => ({ ...word(name, meaning(name, prefix)), bit }));

export const opChoices = (): Choice[] => bits(IOMAP_OP, 'op_');

/** The list of flags with one name added or taken away; undefined if none is left. */
export function toggled(value: JsonValue | undefined, name: string): JsonValue | undefined {
  const list = value === undefined ? [] : Array.isArray(value) ? value : [value];
  const rest = list.filter((item) => item !== name);
  const next = rest.length === list.length ? [...list, name] : rest;
  return next.length === 0 ? undefined : next;
}
