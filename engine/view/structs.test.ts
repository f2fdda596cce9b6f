// SPDX-License-Identifier: MIT
import { describe, expect, it } from 'vitest';
import { NULL_ADDR } from '../kernel/names.ts';
import type { Iomap } from '../run/types.ts';
import { aMapping, aReply, anExecution } from '../testing/parts.ts';
import { endMessage, iomapFlagsText, structCards } from './structs.ts';

const iomap = (over: Partial<Iomap> = {}): Iomap => ({
  addr: 0x100000n,
  offset: 4096n,
  length: 4096n,
  type: 2,
  flags: 0,
  bdev: 'vda',
  ...over,
});
const cards = (over: Parameters<typeof anExecution>[0]) =>
  structCards(anExecution({ reply: aReply(), ...over }), 'usual', 4096);
const row = (card: ReturnType<typeof cards>[number] | undefined, field: string) =>
  card?.rows?.find((each) => each.field === field);

describe('iomap and srcmap', () => {
  it('are both untouched after a refusal', () => {
    expect(cards({}).map(({ rows, note, from }) => [rows, note, from])).toEqual([
      [null, null, null],
      [null, null, null],
    ]);
  });

  it('have the kernel names and its order of fields', () => {
    const [card] = cards({ iomap: iomap({ flags: 0x4004 }) });
    expect(card?.rows?.map(({ field, value }) => `${field} ${value}`)).toEqual([
      'addr 0x100000',
      'offset 4096',
      'length 4096',
      'type IOMAP_MAPPED',
      'flags IOMAP_F_SHARED | IOMAP_F_SIZE_CHANGED',
      'bdev vda',
    ]);
  });

  it('say which mapping they were made from', () => {
    const inPlace = cards({ iomap: iomap() });
    expect(inPlace.map(({ from }) => from)).toEqual(['read', null]);
    expect(inPlace[1]?.note).toMatch(/uses the iomap itself/);
    const outOfPlace = cards({ iomap: iomap(), srcmap: iomap() });
    expect(outOfPlace.map(({ from }) => from)).toEqual(['write', 'read']);
    expect(outOfPlace[1]?.note).toBeNull();
    expect(cards({ iomap: iomap(), srcmap: iomap({ type: 0 }) })[1]?.note).toMatch(/HOLE/);
  });

  it('explain the flag that changes its name, and numbers that moved', () => {
    const noteFor = (wire: number, flags: number) =>
      row(cards({ iomap: iomap({ flags }), reply: aReply(aMapping({ flags: wire })) })[0], 'flags')?.note;
    expect(noteFor(0x80, 0x1000)).toMatch(/WANT_IOMAP_END is IOMAP_F_PRIVATE/);
    expect(noteFor(0x20, 0x80)).toBe("The reply's 0x0020 (ANON_WRITE), in the kernel's own numbering.");
    expect(noteFor(0x04, 0x04)).toBeNull();
  });

  it('report a dev that was not found', () => {
    const card = cards({
      iomap: iomap({ type: 0, bdev: null }),
      reply: aReply(aMapping({ type: 255, dev: 9 })),
    })[0];
    expect(row(card, 'bdev')).toMatchObject({ value: 'NULL', note: expect.stringContaining('dev 9') });
  });
});

it('prints unknown flag bits as a number', () => {
  expect(iomapFlagsText(0x0401)).toBe('IOMAP_F_NEW | 0x400');
  expect(iomapFlagsText(0)).toBe('0');
});

describe('the end message', () => {
  const request = {
    opcode: 4095,
    name: 'FUSE_IOMAP_END',
    unique: 3n,
    nodeid: 12n,
    bytes: new Uint8Array(72),
    opflags: 1,
    attr_ino: 12n,
    pos: 4096n,
    count: 512n,
    written: -5n,
    ioend: null,
    map: aMapping({ addr: NULL_ADDR, dev: 0, flags: 0x100 }),
  };
  it('has the fields of fuse_iomap_end_in', () => {
    const rows = endMessage(anExecution({ do: 'iomap_end', request }), 'v6-04', 'usual', 4096);
    const value = (field: string) => rows?.find((each) => each.field === field)?.value;
    expect(value('opflags')).toBe('WRITE');
    expect(value('written')).toBe('-5');
    expect(value('map.addr')).toBe('NULL_ADDR');
    expect(value('map.flags')).toBe('SIZE_CHANGED');
    expect(value('map.dev')).toBe('DEV_NULL');
  });
  it.each([
    ['v6-03', 'never tells the server the address', 'never tells the server the device'],
    ['v6-04', 'never tells the server the address', 'never tells the server the device'],
    ['2026-01', 'always 0', 'No backing id'],
    ['v7-04', 'The mapping has no address', 'No backing id'],
    ['late', 'The mapping has no address', 'No backing id'],
  ] as const)('says of addr and dev what %s does with them', (revision, addr, dev) => {
    const rows = endMessage(anExecution({ do: 'iomap_end', request }), revision, 'usual', 4096);
    const note = (field: string) => rows?.find((each) => each.field === field)?.note;
    expect(note('map.addr')).toContain(addr);
    expect(note('map.dev')).toContain(dev);
    const real = { ...request, map: aMapping({ addr: 4096n, dev: 1 }) };
    const named = endMessage(anExecution({ do: 'iomap_end', request: real }), 'late', 'usual', 4096);
    expect(named?.find(({ field }) => field === 'map.addr')?.note).toBeNull();
    expect(named?.find(({ field }) => field === 'map.dev')?.note).toBeNull();
  });
  it('is nothing if nothing was sent', () => {
    expect(endMessage(anExecution({ do: 'iomap_end' }), 'v6-04', 'usual', 4096)).toBeNull();
  });
});
