// SPDX-License-Identifier: MIT
import { IoMachine } from '#engine/core/io-machine.ts';
import { FUSE_OPCODE } from '#engine/kernel/names.ts';
import { encodeAnswer, encodeBeginOut, pureOverwrite } from '#engine/kernel/wire.ts';
import type { Server } from '#engine/server/server.ts';
import { readCore } from './core.ts';
import { median, table } from './table.ts';

/** Bytes that each request size moves in one pass, over as many places of the file as fit. */
const PASS_BYTES = 32 << 20;
const FILE_BYTES = 16 << 20;
const REPETITIONS = 9;
const BACKING_OPEN = 0x4010e501;

/** One mapping for the whole file. */
const server: Server = {
  answer({ opcode, unique }) {
    if (opcode !== FUSE_OPCODE.FUSE_IOMAP_BEGIN) return { bytes: encodeAnswer(unique, 0, new Uint8Array(0)) };
    const read = { offset: 0n, length: BigInt(FILE_BYTES), addr: 0n, type: 2, flags: 0, dev: 1 };
    return { bytes: encodeAnswer(unique, 0, encodeBeginOut(read, pureOverwrite(read))) };
  },
};

/** The exports themselves: what the host copies in and out is not the core's. */
class BenchMachine extends IoMachine {
  constructor() {
    super(readCore('v6-04', 'fast'), {
      config: { iomap: true, passthrough: false },
      connection: { iomap: true, passthrough: false, maxStackDepth: 0 },
      devices: [{ name: 'vda', sizeBytes: BigInt(FILE_BYTES), logicalBlockSizeBytes: 512 }],
      files: [{ fd: 3, mode: 0x6000, stackDepth: 0, device: 'vda' }],
      inodes: [
        {
          name: 'a',
          nodeid: 12n,
          ino: 12n,
          blockSizeBits: 12,
          sizeBytes: BigInt(FILE_BYTES),
          maxBytes: 0x7fff_ffff_ffff_ffffn,
          superblockDevice: null,
          caches: false,
        },
      ],
    });
    const arg = new Uint8Array(16);
    arg.set([3, 0, 0, 0, 1]);
    if (this.ioctl(BACKING_OPEN, arg).ret !== 1) throw new Error('the bench has no device');
    this.server = server;
  }

  read1(pos: number, bytes: number): bigint {
    return this.core.io_read(this.inode('a'), BigInt(pos), BigInt(bytes), 1, 0);
  }

  write1(pos: number, bytes: number): bigint {
    return this.core.io_write(this.inode('a'), BigInt(pos), BigInt(bytes), 1, 0);
  }

  /** The same bytes, between the same buffer and a region as large as the file. */
  copier(bytes: number): { read: (pos: number) => bigint; write: (pos: number) => bigint } {
    const buffer = this.core.io_buffer(FILE_BYTES + bytes);
    const region = buffer + bytes;
    const done = BigInt(bytes);
    return {
      read: (pos) => (this.core.memory_copy(buffer, region + pos, bytes), done),
      write: (pos) => (this.core.memory_copy(region + pos, buffer, bytes), done),
    };
  }
}

/** Bytes per second of a pass; throws if a request does not do all of its bytes. */
function pass(bytes: number, request: (pos: number) => bigint): number {
  const start = performance.now();
  for (let done = 0; done < PASS_BYTES; done += bytes)
    if (request(done % FILE_BYTES) !== BigInt(bytes))
      throw new Error(`a request of ${bytes} bytes fell short`);
  return PASS_BYTES / ((performance.now() - start) / 1000);
}

/**
 * Direct reads and writes through the mapping against memory.copy of the same bytes in the same wasm, for small and
 * large requests. The passes take turns; medians are compared.
 */
export function benchIo(): void {
  const machine = new BenchMachine();
  const rows = [4 << 10, 1 << 20].flatMap((bytes) => {
    const copy = machine.copier(bytes);
    const contenders = {
      read: (pos: number) => machine.read1(pos, bytes),
      'copy, as a read': copy.read,
      write: (pos: number) => machine.write1(pos, bytes),
      'copy, as a write': copy.write,
    };
    const speeds = Object.entries(contenders).map(([name, request]) => ({
      name,
      request,
      all: [] as number[],
    }));
    // Once for warming up: the engine compiles what is hot, and every sector is touched.
    for (let i = 0; i <= REPETITIONS; i++)
      for (const { request, all } of speeds) {
        const speed = pass(bytes, request);
        if (i > 0) all.push(speed);
      }
    const [read, copyRead, write, copyWrite] = speeds.map(({ all }) => median(all)) as [
      number,
      number,
      number,
      number,
    ];
    const cells = (name: string, speed: number, copied: number) => [
      `direct ${name}, ${bytes >> 10} KiB`,
      (speed / 2 ** 20).toFixed(0),
      (copied / 2 ** 20).toFixed(0),
      (copied / speed).toFixed(2),
    ];
    return [cells('read', read, copyRead), cells('write', write, copyWrite)];
  });
  console.log(table(['I/O through a mapping', 'MiB/s', 'memcpy', 'times slower'], rows));
}
