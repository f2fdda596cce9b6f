// SPDX-License-Identifier: MIT
/** The words of a map: its axes, its levels, its values. */
import { FUSE_IOMAP_F, FUSE_IOMAP_TYPE, NULL_ADDR, flagNames, nameOf } from '../../kernel/names.ts';
import { typeNumber } from '../../kernel/codes.ts';
import { grouped } from '../../kernel/digits.ts';
import { slotOf, type MapField } from '../../map/fields.ts';
import type { Level, Line } from '../../map/scale.ts';
import { tickText } from '../../map/ticks.ts';
import type { WordId } from '../../words/ids.ts';
import { wordOfMapping } from '../../words/of-field.ts';
import { blockAt, blockCount, hex } from '../numbers.ts';

/** As the form names it. */
export const fieldLabel = (field: MapField): string => (field === 'blockSize' ? 'block size' : field);

/** What the glossary has of it. */
export function fieldWord(field: MapField): WordId {
  if (field === 'blockSize') return 'block';
  const place = slotOf(field);
  return place === null ? (field as 'pos' | 'count') : wordOfMapping(place.field);
}

/** What a button for a level says, and what one line of the map is then. */
export function levelWords(level: Level, blockSize: number): { label: string; about: string } {
  switch (level) {
    case 'powers':
      return { label: 'powers of 2', about: 'The whole range: powers of two, and steps between them.' };
    case 'mib':
      return { label: '1 MiB', about: 'Multiples of 1 MiB, as many as fit.' };
    case 'blocks':
      return { label: 'blocks', about: `Multiples of ${grouped(blockSize)}, as many as fit.` };
    case 'block':
      return {
        label: `block ${blockSize}`,
        about: `Wide: one value, a multiple of ${grouped(blockSize)} or one that matters here. Narrow: those between.`,
      };
    case 'sector':
      return {
        label: 'sector 512',
        about: 'Wide: one value, a multiple of 512 or one that matters here. Narrow: those between.',
      };
    case 'byte':
      return { label: '1 byte', about: 'Each line is one value.' };
  }
}

/** A value as an axis has it. */
export function axisText(field: MapField, value: bigint): string {
  const name = slotOf(field)?.field;
  if (name === 'type') return nameOf(FUSE_IOMAP_TYPE, Number(value)) ?? String(typeNumber(Number(value)));
  if (name === 'flags') return flagText(value);
  if (name === 'dev' && value === 0n) return 'DEV_NULL';
  if (name === 'addr' && value === NULL_ADDR) return 'NULL_ADDR';
  return tickText(value);
}

function flagText(value: bigint): string {
  const names = flagNames(FUSE_IOMAP_F, Number(value));
  return names.length === 0 ? '0' : names.length === 1 ? names[0]! : hex(value);
}

/** A value in full: what a field of the form would hold. */
export function exactText(field: MapField, value: bigint): string {
  const name = slotOf(field)?.field;
  if (name === 'type') return `${axisText(field, value)} (${typeNumber(Number(value))})`;
  if (name === 'flags')
    return value === 0n ? '0' : `${flagNames(FUSE_IOMAP_F, Number(value)).join('|')} (${hex(value)})`;
  if ((name === 'dev' && value === 0n) || (name === 'addr' && value === NULL_ADDR))
    return axisText(field, value);
  return String(value);
}

/** The same value in blocks; '' where that says nothing. */
export function inBlocks(field: MapField, value: bigint, blockSize: number): string {
  const name = slotOf(field)?.field ?? field;
  if (value >= 1n << 48n) return tickText(value);
  if (name === 'offset' || name === 'pos') return blockAt(value, blockSize);
  return name === 'length' || name === 'count' ? blockCount(value, blockSize) : '';
}

/** What a line stands for beside the value that was asked, as a sentence; '' if nothing. */
export function standsFor(line: Line): string {
  if (line.last === line.value) return '';
  return `This line stands for ${grouped(line.value)} to ${grouped(line.last)}. Its first value was asked.`;
}
