// SPDX-License-Identifier: MIT
/**
 * Format 1 is frozen. The documents in tests/data/format-1 read for ever, with the meaning they have here: files
 * and expectations are only ever added.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parseDocument } from '#engine/scenario/parse.ts';
import { printScenario } from '#engine/scenario/print.ts';

const folder = new URL('../data/format-1/', import.meta.url);
const read = (name: string) => parseDocument(readFileSync(new URL(name, folder), 'utf8'));
const files = readdirSync(folder);

it('has not lost a document', () => {
  expect(files).toEqual(
    expect.arrayContaining([
      'defaults.json',
      'grown-expect.json',
      'io-counts.json',
      'io-defaults.json',
      'io-whole.json',
      'least.json',
      'payload.json',
      'schema-key.json',
      'unique-and-blocks.json',
      'whole.json',
    ]),
  );
});

it.each(files)('%s still reads, and prints as the same scenario', (name) => {
  const { scenario, value, problems } = read(name);
  expect(problems).toEqual([]);
  const { $schema: _, ...rest } = scenario!;
  expect(parseDocument(printScenario(value)).scenario).toEqual(rest);
});

describe('what is left out', () => {
  it('of the machine', () => {
    expect(read('least.json').scenario).toEqual({
      format: 1,
      title: '',
      notes: '',
      kernel: {
        revision: 'v6-04',
        config: { FUSE_IOMAP: true, FUSE_PASSTHROUGH: true, FUSE_IOMAP_DEBUG: true },
      },
      connection: {
        iomap: true,
        passthrough: true,
        capabilities: ['CAP_SYS_ADMIN', 'CAP_SYS_RAWIO'],
        maxStackDepth: 2,
      },
      devices: { vda: { size: 16n << 20n, logicalBlockSize: 512, readOnly: false, contents: 'zeros' } },
      superblock: { bdev: null, maxBytes: (1n << 63n) - 1n },
      inodes: { a: { blockSize: 4096, size: 65536n, caches: false } },
      steps: [],
    });
  });

  it('of a step', () => {
    const times = 1;
    const read_ = { offset: 0n, length: 0n, addr: 0n, type: 0, flags: 0, dev: 0 };
    expect(read('defaults.json').scenario?.steps).toEqual([
      { do: 'backing_open', fd: 3, type: 1, flags: 0, padding: 0n, times },
      { do: 'backing_close', id: 1, times },
      { do: 'ioctl', cmd: 0, connection: true, times },
      { do: 'passthrough_open', id: 1, times },
      { do: 'passthrough_release', times },
      { do: 'iomap_begin', op: 0, pos: 0n, count: 4096n, reply: { read: read_ }, times },
      { do: 'iomap_end', reply: 0, times },
      { do: 'unmount', times },
    ]);
  });
});

it('means the same where an I/O step leaves out', () => {
  const common = { times: 1, replies: [], endReplies: [], ioendReplies: [] };
  const modes = { direct: false, nowait: false };
  const writes = { atomic: false, overwriteOnly: false, dontcache: false };
  expect(read('io-defaults.json').scenario?.steps).toEqual([
    { do: 'pread', offset: 0n, length: 4096, ...modes, ...common },
    { do: 'pwrite', offset: 0n, ...modes, ...writes, ...common },
    { do: 'fsync', ...common },
    { do: 'fzero', offset: 0n, length: 4096n, keepSize: false, ...common },
    { do: 'funshare', offset: 0n, length: 4096n, ...common },
    { do: 'fiemap', offset: 0n, length: (1n << 64n) - 1n, count: 32, sync: false, xattr: false, ...common },
    { do: 'seek', offset: 0n, whence: 'data', ...common },
    { do: 'bmap', block: 0n, ...common },
    { do: 'truncate', length: 0n, ...common },
  ]);
});

it('reads the I/O parts as it did', () => {
  const { devices, steps } = read('io-whole.json').scenario!;
  expect(devices['vda']).toMatchObject({
    readOnly: true,
    contents: 'pattern',
    bytes: [{ at: 512n, hex: new Uint8Array([1, 2]) }],
    faults: [
      { op: 'both', sector: 0n, sectors: 1n, times: 'always', error: -5 },
      { op: 'write', sector: 8n, sectors: 2n, times: 3n, error: -28 },
    ],
    diesAfterBios: 9n,
  });
  expect(steps[0]).toMatchObject({
    length: 65_536,
    replies: [
      { read: { type: 2, length: 4096n }, times: 2 },
      { error: -28, times: 1 },
      { hex: new Uint8Array([0]) },
    ],
    endReplies: [0, { error: -5, times: 1 }],
    ioendReplies: [{ hex: new Uint8Array(0), times: 4 }],
    expect: {
      ret: 'oops',
      data: { device: 'vda', sector: 2n },
      requests: [{ name: 'FUSE_IOMAP_IOEND', ioendflags: 0x12, error: -5, map: { flags: 0x100 } }],
      bios: [{ op: 'read', device: 'vda', sector: 1n, length: 512n, error: 0 }],
      contents: {
        vda: [{ at: 0n, hex: new Uint8Array([255]) }, { at: 1n, fill: 9, length: 4 }, { crc32: 0xffff_ffff }],
      },
      size: 5000n,
      diskSize: 0n,
      extents: [{ logical: 0n, physical: 4096n, length: 8192n, flags: 0x801 }],
    },
  });
  expect(steps[1]).toMatchObject({
    data: new Uint8Array([0xab]),
    direct: true,
    expect: { requests: 2, bios: 0 },
  });
});

it('reads each spelling of a value as it did', () => {
  const { steps, inodes, devices } = read('whole.json').scenario!;
  expect(devices).toMatchObject({ vda: { size: 1n << 20n }, vdb: { size: 4096n, logicalBlockSize: 4096 } });
  expect(inodes['a']).toMatchObject({ nodeid: 0xffff_ffff_ffff_ffffn });
  expect(steps[0]).toMatchObject({ fd: -1, type: 0, flags: 0xffff_ff00, expect: { ret: -22n } });
  expect(steps[2]).toMatchObject({ cmd: 0x4010_e501, arg: new Uint8Array([0, 1, 2, 255]) });
  expect(steps[6]).toMatchObject({
    op: 0x411,
    pos: 4096n,
    reply: {
      read: { addr: 0xffff_ffff_ffff_ffffn, dev: 0 },
      write: { addr: 65536n, type: 2, flags: 0x8001 },
    },
    expect: { request: { opcode: 4094 }, iomap: { addr: 1n << 20n, type: 2, flags: 1 } },
  });
  expect(steps[9]).toMatchObject({ written: -5n, iomap: { flags: 0x4000, bdev: null } });
});

it('takes $schema for a word to the editor, and the suffix of sectors', () => {
  const { scenario, value } = read('schema-key.json');
  expect(scenario).toMatchObject({
    $schema: './scenario.schema.json',
    steps: [{ offset: 4096n, length: 512 }],
  });
  expect(printScenario(value)).toBe(
    '{\n  "format": 1,\n  "steps": [{ "do": "pread", "offset": 4096, "length": 512 }]\n}\n',
  );
});

it('reads bounds, pieces, answers and what must not be as it did', () => {
  const { steps } = read('grown-expect.json').scenario!;
  expect(steps[1]).toMatchObject({
    expect: {
      data: [
        { device: 'vda', sector: 2048n, length: 512 },
        { fill: 0, length: 512 },
        { device: 'vda', sector: 0n, length: 1 },
        { hex: new Uint8Array([0xab]) },
      ],
      requests: [
        {
          answer: {
            check: 'dev-not-found',
            which: 'write',
            iomap: { addr: 0xffff_ffff_ffff_ffffn, bdev: null },
            srcmap: null,
          },
        },
      ],
      atLeast: { ret: -5n, iomap: { length: 4096n }, bios: 1, size: 0n },
      atMost: {
        requests: 2,
        table: { live: 1, cursor: 3 },
        srcmap: { addr: 0n },
        mappedExtents: 4n,
        block: 7n,
      },
      not: { ret: 'oops', data: { fill: 0 } },
    },
  });
});
