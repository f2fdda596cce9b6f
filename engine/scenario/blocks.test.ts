// SPDX-License-Identifier: MIT
import { describe, expect, it } from 'vitest';
import { blocksInBytes } from './blocks.ts';
import { parseDocument } from './parse.ts';
import { printScenario } from './print.ts';

const INODES = '"inodes": { "small": { "blockSize": "1K", "size": "8b" }, "a": {} }';
const document = (steps: string, machine = INODES) => `{ "format": 1, ${machine}, "steps": [${steps}] }`;

/** The canonical steps of a document that has no problem. */
function printed(text: string): Record<string, unknown>[] {
  const { value, scenario, problems } = parseDocument(text);
  expect(problems).toEqual([]);
  const again = printScenario(value);
  expect(parseDocument(again).scenario).toEqual(scenario);
  return (JSON.parse(again) as { steps: Record<string, unknown>[] }).steps;
}

describe('the suffix b', () => {
  it('counts blocks of the inode that a step names, and of the first where it names none', () => {
    const begin = (inode: string) =>
      `{ "do": "iomap_begin", ${inode} "pos": "4b", "count": "2B", "reply": { "read": { "offset": "4b", "length": "2b", "addr": "16b", "dev": 1 } } }`;
    const fields = (block: number) => ({
      ...{ pos: 4 * block, count: 2 * block },
      reply: { read: { offset: 4 * block, length: 2 * block, addr: 16 * block, dev: 1 } },
    });
    const [first, other] = printed(document(`${begin('')}, ${begin('"inode": "a",')}`));
    expect(first).toMatchObject(fields(1024));
    // 2 blocks of 4096 bytes are not the default, 1 would be.
    expect(other).toMatchObject(fields(4096));
  });

  it('counts blocks of an inode in its size, its extents and its cache', () => {
    const machine =
      '"inodes": { "a": { "blockSize": 512, "size": "6b", "extents": [{ "offset": "1b", "length": "5b", "addr": "2b" }],' +
      ' "cache": { "read": { "length": "3b", "addr": "4b", "dev": 1 } } } }';
    const { scenario } = parseDocument(document('', machine));
    expect(scenario?.inodes['a']).toMatchObject({
      size: 3072n,
      extents: [{ offset: 512n, length: 2560n, addr: 1024n }],
      cache: { read: { length: 1536n, addr: 2048n } },
    });
  });

  it('counts blocks of the default size without inodes, and follows the size when it is edited', () => {
    expect(printed('{ "format": 1, "steps": [{ "do": "pread", "offset": "3b" }] }')[0]).toMatchObject({
      offset: 12_288,
    });
    const sized = (size: number) =>
      parseDocument(
        document('{ "do": "pread", "offset": "3b" }', `"inodes": { "a": { "blockSize": ${size} } }`),
      ).scenario!.steps[0];
    expect(sized(512)).toMatchObject({ offset: 1536n });
    expect(sized(1024)).toMatchObject({ offset: 3072n });
  });

  it('is that of the begin that an iomap_end names', () => {
    const begins = '{ "do": "iomap_begin" }, { "do": "iomap_begin", "inode": "a" }';
    const steps = printed(document(`${begins}, { "do": "iomap_end", "of": 1, "written": "1b" }`));
    expect(steps[2]).toMatchObject({ written: 4096 });
  });

  it('is refused in an iomap_end whose begin is not known before the run, unless all blocks have one size', () => {
    const end = '{ "do": "iomap_begin" }, { "do": "iomap_end", "written": "1b" }';
    expect(parseDocument(document(end)).problems).toMatchObject([{ path: ['steps', 1, 'written'] }]);
    const one = '"inodes": { "b": { "blockSize": 512 }, "c": { "blockSize": 512 } }';
    expect(printed(document(end, one))[1]).toMatchObject({ written: 512 });
  });

  it.each([
    ['a device has no blocks of a file', '"devices": { "vda": { "size": "8b" } }', ''],
    ['a number of executions', '"title": ""', '{ "do": "pread", "times": "8b" }'],
    ['a number of extents', '"title": ""', '{ "do": "fiemap", "count": "8b" }'],
    ['a number of a block', '"title": ""', '{ "do": "bmap", "block": "8b" }'],
    ['an id', '"title": ""', '{ "do": "iomap_begin", "reply": { "read": { "dev": "1b" } } }'],
    ['a hex number', '"title": ""', '{ "do": "pread", "offset": "0x1g" }'],
  ])('is not read where no bytes of a file stand: %s', (_, machine, step) => {
    expect(parseDocument(document(step, machine)).problems).toHaveLength(1);
  });

  it('leaves hex digits and everything else as they are', () => {
    const text = document('{ "do": "pwrite", "data": "4b" }, { "do": "ioctl", "cmd": 5, "arg": "0b" }');
    const { value, scenario } = parseDocument(text);
    expect(scenario?.steps[0]).toMatchObject({ data: Uint8Array.of(0x4b) });
    const plain = document(
      '{ "do": "pread", "offset": "0x4b" }, { "do": "pwrite", "data": "4b" }',
      '"title": "4b"',
    );
    const unchanged = parseDocument(plain).value;
    expect(blocksInBytes(unchanged)).toBe(unchanged);
    expect(blocksInBytes(value)).not.toBe(value);
  });

  it('is out of range as the bytes are', () => {
    const { problems } = parseDocument(document('{ "do": "pread", "offset": "99999999999999999b" }'));
    expect(problems).toMatchObject([{ path: ['steps', 0, 'offset'] }]);
  });
});
