// SPDX-License-Identifier: MIT
import { expect, test } from 'vitest';
import { U64_MAX, answer, beginPayload, overwrite, type Mapping } from '../../tests/core-machine.ts';
import { loadCore } from '../../tests/core-module.ts';
import { IoMachine } from './io-machine.ts';

const PAGE = 4096;
const FUSE_IOMAP_BEGIN = 4094;

/**
 * The records of one system call are handed over whenever the core's buffer for them is full. Wherever in a call
 * that falls, what iomap_begin decided must not be lost with them.
 */
test('a reply is refused, and its checks are told, wherever the buffer of records fills up', () => {
  const core = loadCore();
  const seen: number[] = [];
  for (let pages = 400; pages < 490; pages++) {
    const machine = new IoMachine(core, {
      config: { iomap: true, passthrough: true },
      connection: { iomap: true, passthrough: true, maxStackDepth: 2 },
      devices: [],
      files: [],
      inodes: [
        {
          name: 'a',
          nodeid: 1n,
          ino: 1n,
          blockSizeBits: 12,
          sizeBytes: 0n,
          maxBytes: 1n << 40n,
          superblockDevice: null,
          caches: false,
        },
      ],
    });
    // A hole over the first pages, each of which makes a record at writeback; then a mapping of nothing.
    let end = 1n << 30n;
    const server = {
      answer: ({ unique, pos, opcode }: { unique: bigint; pos: bigint; opcode: number }) => {
        if (opcode !== FUSE_IOMAP_BEGIN) return { bytes: answer(unique, 0) };
        const hole: Mapping = { offset: 0n, length: end, addr: U64_MAX, type: 0, flags: 0, dev: 0 };
        const read = pos < end ? hole : { ...hole, offset: pos, length: 0n };
        return { bytes: answer(unique, 0, beginPayload(read, overwrite(read))) };
      },
    };
    const data = new Uint8Array((pages + 1) * PAGE);
    expect(machine.write('a', 0n, data, { direct: false, opflags: 0 }, server).ret).toBe(BigInt(data.length));
    end = BigInt(pages * PAGE);
    const { calls, events } = machine.fsync('a', server);
    const refused = calls.findLast((call) => call.do === 'iomap_begin');
    expect([pages, refused?.ret, refused?.outcome]).toEqual([pages, -117n, 'refused']);
    expect(refused?.decided).toMatchObject({ check: 'length-zero', which: 'read', result: 'fail' });
    expect(refused?.path[0]?.check).toBe('reply-short-header');
    seen.push(events.length);
  }
  // The buffer's 480 records were reached before, in and after the call.
  expect([Math.min(...seen) < 440, Math.max(...seen) > 480]).toEqual([true, true]);
});
