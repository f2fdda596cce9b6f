// SPDX-License-Identifier: GPL-2.0-only
import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parseDocument } from '../../engine/scenario/parse.ts';
import { printScenario } from '../../engine/scenario/print.ts';

/**
 * Format 1 is frozen. The documents in tests/data/format-1 read for ever, with the meaning they have here: files
 * and expectations are only ever added.
 */

const folder = new URL('../data/format-1/', import.meta.url);
const read = (name: string) => parseDocument(readFileSync(new URL(name, folder), 'utf8'));
const files = readdirSync(folder);

it('has not lost a document', () => {
  expect(files).toEqual(expect.arrayContaining(['defaults.json', 'least.json', 'whole.json']));
});

it.each(files)('%s still reads, and prints as the same scenario', (name) => {
  const { scenario, value, problems } = read(name);
  expect(problems).toEqual([]);
  expect(parseDocument(printScenario(value)).scenario).toEqual(scenario);
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
