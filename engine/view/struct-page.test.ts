// SPDX-License-Identifier: MIT
import { expect, it } from 'vitest';
import { REVISIONS } from '../kernel/features.ts';
import { WORDS } from '../words/glossary.ts';
import { STRUCT_NAMES } from './struct-layouts.ts';
import { structsWith, valuesOf, variantsOf } from './struct-page.ts';

it('has the sizes of the wire', () => {
  expect(
    Object.fromEntries(STRUCT_NAMES.map((name) => [name, variantsOf(name).map(({ bytes }) => bytes)])),
  ).toEqual({
    fuse_in_header: [40],
    fuse_iomap_begin_in: [32],
    fuse_out_header: [16],
    fuse_iomap_begin_out: [64],
    fuse_iomap_io: [32],
    fuse_iomap_end_in: [72],
    fuse_iomap_ioend_in: [40, 48],
    fuse_backing_map: [16],
  });
});

it('puts each field at a multiple of its size, as C would', () => {
  const odd = STRUCT_NAMES.flatMap((struct) =>
    variantsOf(struct).flatMap(({ fields }) =>
      fields
        .filter(({ offset, bytes }) => offset % Math.min(bytes, 8) !== 0)
        .map(({ name }) => `${struct}.${name}`),
    ),
  );
  expect(odd).toEqual([]);
});

it('says which revisions have which layout, each in one', () => {
  for (const struct of STRUCT_NAMES)
    expect(variantsOf(struct).flatMap(({ revisions }) => revisions)).toEqual([...REVISIONS]);
  const [v6, v7] = variantsOf('fuse_iomap_ioend_in');
  expect(v6?.revisions).toEqual(['v6-03', 'v6-04', '2026-01']);
  expect(v7?.fields.find(({ name }) => name === 'dev')?.offset).toBe(40);
});

it('agrees with where the glossary says that a field of a mapping is', () => {
  for (const { name, offset, bytes } of variantsOf('fuse_iomap_io')[0]!.fields)
    expect(WORDS[name as 'offset'].wire).toMatch(
      new RegExp(`Bytes ${offset} (to|and) ${offset + bytes - 1} of`),
    );
});

it('numbers the values of a field by revision', () => {
  const [types] = valuesOf('fuse_iomap_io');
  expect(types?.field).toBe('type');
  const overwrite = types?.rows.find(({ name }) => name === 'PURE_OVERWRITE');
  const inMay = types?.columns.findIndex(({ revisions }) => revisions.includes('2026-05')) ?? -1;
  expect(overwrite?.numbers[0]).toBe('255');
  expect(overwrite?.numbers[inMay]).toBe('65535');
  const nocache = types?.rows.find(({ name }) => name === 'NOCACHE');
  expect(nocache?.numbers[0]).toBeNull();
  expect(nocache?.numbers[inMay]).toBeNull();
  const [ops] = valuesOf('fuse_iomap_begin_in');
  const numbers = ops?.rows.find(({ name }) => name === 'WRITEBACK')?.numbers;
  expect(new Set(numbers)).toEqual(new Set([null, '0x80000000', '0x800']));
});

it('has a word for every field', () => {
  const without = STRUCT_NAMES.flatMap((struct) =>
    variantsOf(struct).flatMap(({ fields }) =>
      fields.filter(({ word }) => !word).map(({ name }) => `${struct}.${name}`),
    ),
  );
  expect(without).toEqual([]);
});

it('agrees with where the glossary says that a field of the header is', () => {
  for (const { name, word, offset, bytes } of variantsOf('fuse_in_header')[0]!.fields)
    expect(WORDS[word!].wire, name).toMatch(new RegExp(`^Bytes ${offset} (to|and) ${offset + bytes - 1} of`));
});

it('has a word for every value, and finds structs by a word', () => {
  const without = STRUCT_NAMES.flatMap(valuesOf).flatMap(({ rows }) => rows.filter(({ word }) => !word));
  expect(without).toEqual([]);
  expect(structsWith('unique')).toEqual(['fuse_in_header', 'fuse_out_header']);
  expect(structsWith('fuse_iomap_io')).toEqual(['fuse_iomap_io']);
});
