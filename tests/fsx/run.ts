// SPDX-License-Identifier: MIT
import { IoMachine, type IoResult } from '#engine/core/io-machine.ts';
import type { DeviceSetup } from '#engine/core/machine.ts';
import { FUSE_OPCODE } from '#engine/kernel/names.ts';
import type { Request } from '#engine/run/types.ts';
import { BACKING_OPEN, S64_MAX, packed } from '../core-machine.ts';
import { CACHED, ModelFile, SURE } from '#engine/fuzz/model.ts';
import { bytesOf, type Op } from '#engine/fuzz/ops.ts';
import { Random } from '#engine/fuzz/random.ts';
import { FsxServer, firstBlock, type Kind } from './server.ts';

/** A file, its server and its devices: everything about a run but the operations. */
export interface Setup {
  seed: number;
  kind: Kind;
  blockSizeBits: number;
  logicalBlockSize: number;
  devices: number;
  fileBlocks: number;
  size: number;
  /** From v7 on an ioend is answered with a size. */
  newSize: boolean;
  /** Buffered writes get their blocks at writeback only. */
  delayed: boolean;
  faults: boolean;
}

const S_IFBLK = 0x6000;
/** Errors that a server refuses with. */
const REFUSALS = [-5, -12, -16, -28, -117];

function deviceFaults(setup: Setup, random: Random, blocks: number): Partial<DeviceSetup> {
  if (!setup.faults) return {};
  const sectors = (blocks << setup.blockSizeBits) / 512;
  const faults = Array.from({ length: random.below(4) }, () => ({
    operations: random.pick(['read', 'write', 'both'] as const),
    sector: BigInt(random.below(sectors)),
    sectors: BigInt(random.between(1, 16)),
    times: random.oneIn(3) ? null : random.between(1, 4),
    error: random.pick([-5, -28, -61]),
  }));
  return { faults, diesAfterBios: random.oneIn(4) ? BigInt(random.between(50, 500)) : null };
}

/** What happened in a number of runs: a test that nothing happens in proves nothing. */
export interface Tally {
  failed: number;
  /** Bytes that were compared with the devices at the end. */
  compared: number;
}

class Fsx {
  readonly machine: IoMachine;
  readonly server: FsxServer;
  readonly model: ModelFile;
  readonly #setup: Setup;
  readonly #blockSize: number;
  readonly #random: Random;
  /** Every error that the server or a device may have given so far. */
  readonly #errors = new Set<bigint>([-5n]);
  #op: Op = { do: 'fsync' };
  readonly tally: Tally = { failed: 0, compared: 0 };

  constructor(module: WebAssembly.Module, setup: Setup) {
    this.#setup = setup;
    this.#blockSize = 1 << setup.blockSizeBits;
    this.#random = new Random(setup.seed ^ 0x5bd1e995);
    const deviceBlocks = setup.fileBlocks * 4;
    const allBlocks = firstBlock(setup.devices, deviceBlocks);
    const devices = Array.from({ length: setup.devices }, (_, i) => ({
      name: `vd${i}`,
      sizeBytes: BigInt(allBlocks) * BigInt(this.#blockSize),
      logicalBlockSizeBytes: setup.logicalBlockSize,
      contents: 'pattern' as const,
      ...deviceFaults(setup, this.#random, allBlocks),
    }));
    if (setup.faults) for (const error of [-28n, -61n]) this.#errors.add(error);
    this.machine = new IoMachine(module, {
      config: { iomap: true, passthrough: true },
      connection: { iomap: true, passthrough: false, maxStackDepth: 0 },
      devices,
      files: devices.map(({ name }, i) => ({ fd: 10 + i, mode: S_IFBLK, stackDepth: 0, device: name })),
      inodes: [
        {
          name: 'a',
          nodeid: 12n,
          ino: 12n,
          blockSizeBits: setup.blockSizeBits,
          sizeBytes: BigInt(setup.size),
          maxBytes: S64_MAX,
          superblockDevice: null,
          caches: false,
        },
      ],
    });
    this.machine.setCapabilities(['CAP_SYS_RAWIO']);
    const ids = devices.map(
      (_, i) => this.machine.ioctl(BACKING_OPEN, packed([4, 10 + i], [4, 1], [8, 0])).ret,
    );
    this.server = new FsxServer({
      kind: setup.kind,
      blockSize: this.#blockSize,
      fileBlocks: setup.fileBlocks,
      devices: ids,
      deviceBlocks,
      newBlocks: !setup.faults,
      delayed: setup.delayed,
      newSize: setup.newSize,
      seed: setup.seed,
      sizeBytes: setup.size,
    });
    if (setup.faults) this.server.refuse = (request) => this.#refuse(request);
    this.model = new ModelFile(setup.fileBlocks * this.#blockSize, setup.size);
    this.model.bytes.set(this.#onDevices().subarray(0, setup.size));
  }

  /** An ioend of writeback is never refused: what then is lost has a test of its own. */
  #refuse(request: Request): number {
    const writeback = request.opcode === FUSE_OPCODE.FUSE_IOMAP_IOEND && (request.ioend!.flags & 8) === 0;
    if (writeback || !this.#random.oneIn(30)) return 0;
    const error = this.#random.pick(REFUSALS);
    this.#errors.add(BigInt(error));
    return error;
  }

  #device(id: number): string {
    return this.machine.entry(id)!.device!;
  }

  /** The file as the server's map and the devices have it, the cache left aside. */
  #onDevices(): Uint8Array {
    const bytes = new Uint8Array(this.#setup.fileBlocks * this.#blockSize);
    this.server.blocks.forEach((place, block) => {
      if (place?.state !== 'mapped') return;
      const at = BigInt(place.block) * BigInt(this.#blockSize);
      bytes.set(this.machine.peek(this.#device(place.dev), at, this.#blockSize), block * this.#blockSize);
    });
    return bytes;
  }

  /** Does one operation on both. What is wrong, in words, or null. */
  step(op: Op): string | null {
    this.#op = op;
    const problem = this.#do(op);
    if (problem !== null) return problem;
    const { sizeBytes, diskSizeBytes } = this.machine.sizes('a');
    if (Number(sizeBytes) !== this.model.size) return `i_size is ${sizeBytes}, expected ${this.model.size}`;
    if (!this.#setup.faults && op.do === 'fsync' && diskSizeBytes !== sizeBytes)
      return `i_disk_size is ${diskSizeBytes} after an fsync, i_size ${sizeBytes}`;
    return null;
  }

  #do(op: Op): string | null {
    switch (op.do) {
      case 'pread':
        return this.#read(op);
      case 'pwrite':
        return this.#write(op);
      case 'truncate': {
        const result = this.machine.truncate('a', BigInt(op.size), this.server);
        return this.#plain(result, () => this.#truncated(op.size, op.free));
      }
      case 'fzero': {
        const { pos, length } = op;
        const result = this.machine.zeroRange('a', BigInt(pos), BigInt(length), op.keepSize, this.server);
        return this.#plain(result, () => {
          const end = pos + length;
          this.model.zero(pos, Math.min(end, this.model.size));
          if (end > this.model.size && !op.keepSize) this.#truncated(end, false);
        });
      }
      case 'funshare':
        return this.#plain(this.machine.unshare('a', BigInt(op.pos), BigInt(op.length), this.server), () => {
          // The bytes are the same, but are in the cache only now if they were not.
          const end = Math.min(op.pos + op.length, this.model.size);
          if (op.pos < end && this.#setup.faults) this.model.touch(op.pos, end);
        });
      case 'fsync':
        return this.#plain(this.machine.fsync('a', this.server), () => this.model.promise());
    }
  }

  #truncated(size: number, free: boolean): void {
    this.model.resize(size);
    this.server.resized(size, free);
  }

  #plain(result: IoResult, succeeded: () => void): string | null {
    if (result.ret === 0n) succeeded();
    else return this.#failed(result);
    return null;
  }

  /** Handles an error: if a device or the server caused it, the bytes it may have touched are no longer certain. */
  #failed(result: IoResult): string | null {
    if (result.ret === null) return `it never returned: ${result.oops}`;
    const off = this.#op.do.startsWith('p') && this.#offGrid(this.#op as Op & { do: 'pread' });
    if (off && result.ret === -22n) return null;
    if (!this.#setup.faults) return `it returned ${result.ret}`;
    if (!this.#errors.has(result.ret)) return `it returned ${result.ret}, which nobody gave`;
    this.tally.failed++;
    const op = this.#op;
    if (op.do === 'pread' && !op.direct) return null;
    // A failed truncation may have come as far as the new size, a failed synchronous write as far as the cache.
    const size = Number(this.machine.sizes('a').sizeBytes);
    const allowed: Record<Op['do'], number | null> = {
      pwrite: op.do === 'pwrite' ? Math.max(this.model.size, op.pos + op.length) : null,
      truncate: op.do === 'truncate' ? op.size : null,
      fzero: op.do === 'fzero' && !op.keepSize ? Math.max(this.model.size, op.pos + op.length) : null,
      pread: null,
      funshare: null,
      fsync: null,
    };
    if (size !== this.model.size && size === allowed[op.do]) this.#truncated(size, true);
    if (op.do === 'pwrite' || op.do === 'fzero') this.model.fail(op.pos, op.pos + op.length);
    // What a truncation zeroes is the rest of a block at most.
    else if (op.do === 'truncate') this.model.fail(op.size, op.size + this.#blockSize);
    else this.model.fail();
    return null;
  }

  #offGrid(op: { direct: boolean; pos: number; length: number }): boolean {
    const off = (op.pos | op.length) % this.#setup.logicalBlockSize !== 0;
    if (off && op.direct && this.#op.do === 'pwrite') this.model.fail(op.pos, op.pos + op.length);
    return off && op.direct;
  }

  #read(op: Op & { do: 'pread' }): string | null {
    const options = { direct: op.direct, opflags: 0 };
    const result = this.machine.read('a', BigInt(op.pos), op.length, options, this.server);
    if (result.ret === null || result.ret < 0n) {
      if (!op.direct && result.ret !== -5n && result.ret !== null)
        return `a buffered read returned ${result.ret}`;
      return this.#failed(result);
    }
    const expected = Math.max(0, Math.min(op.length, this.model.size - op.pos));
    if (Number(result.ret) > expected || (!this.#setup.faults && Number(result.ret) < expected))
      return `it returned ${result.ret}, expected ${expected}`;
    // With faults about, what is only in the cache may have left it: an fsync tells.
    const faults = this.#setup.faults;
    return this.model.differs(
      op.pos,
      result.data,
      (state) => state === SURE || (!faults && state === CACHED),
    );
  }

  #write(op: Op & { do: 'pwrite' }): string | null {
    const data = bytesOf(op);
    const options = { direct: op.direct, opflags: 0 };
    const result = this.machine.write('a', BigInt(op.pos), data, options, this.server);
    if (result.ret === null || result.ret < 0n) return this.#failed(result);
    const done = Number(result.ret);
    // What cannot be written directly is in the cache, and promised by nobody yet.
    const direct =
      op.direct && !result.events.some((one) => one.kind === 'note' && one.note === 'dio-fell-back');
    if (done !== op.length && (!this.#setup.faults || direct))
      return `it returned ${done}, expected ${op.length}`;
    this.model.write(op.pos, data.subarray(0, done), direct);
    return null;
  }

  /** After the last operation: fsync, then the devices against the model, snapshots and references. */
  finish(): string | null {
    const problem = this.step({ do: 'fsync' });
    if (problem !== null) return problem;
    const sure = (state: number) => state === SURE || (!this.#setup.faults && state === CACHED);
    const found = this.#onDevices().subarray(0, this.model.size);
    this.tally.compared += this.model.count(sure);
    const wrong = this.model.differs(0, found, sure);
    if (wrong !== null) return `on the devices ${wrong}`;
    for (const { dev, block } of this.server.snapshot) {
      const at = BigInt(block) * BigInt(this.#blockSize);
      if (!isPattern(this.machine.peek(this.#device(dev), at, this.#blockSize), this.#device(dev), at))
        return `block ${block} of a snapshot has changed`;
    }
    if (!this.#setup.faults && this.server.sizeBytes !== this.model.size)
      return `the server was told ${this.server.sizeBytes} bytes, the file has ${this.model.size}`;
    for (let id = 1; id <= this.#setup.devices; id++)
      if (this.machine.entry(id)?.refs !== 1)
        return `device ${id} has ${this.machine.entry(id)?.refs} references`;
    return null;
  }
}

/** Whether these bytes are what the device began with: in every sector its name and the sector's number. */
function isPattern(bytes: Uint8Array, device: string, at: bigint): boolean {
  for (let line = 0; line < bytes.length; line += 32) {
    const sector = (at + BigInt(line)) >> 9n;
    const text = `${device.padEnd(12)}:${sector.toString(16).padStart(16, '0')}  \n`;
    if (new TextDecoder().decode(bytes.subarray(line, line + 32)) !== text) return false;
  }
  return true;
}

/** What is thrown is a problem too: an assert of a debug build that fails. */
function told(step: () => string | null): string | null {
  try {
    return step();
  } catch (error) {
    return String(error);
  }
}

/** What is wrong with a run, and where; null if nothing. */
export function runOps(
  module: WebAssembly.Module,
  setup: Setup,
  ops: readonly Op[],
  tally?: Tally,
): { at: number; problem: string } | null {
  const fsx = new Fsx(module, setup);
  for (const [at, op] of ops.entries()) {
    const problem = told(() => fsx.step(op));
    if (problem !== null) return { at, problem };
  }
  const problem = told(() => fsx.finish());
  if (tally !== undefined) {
    tally.failed += fsx.tally.failed;
    tally.compared += fsx.tally.compared;
  }
  return problem === null ? null : { at: ops.length, problem };
}

/** Fewer operations that still go wrong, found by leaving out ever smaller pieces; at most `tries` runs. */
export function shrink(module: WebAssembly.Module, setup: Setup, ops: readonly Op[], tries = 300): Op[] {
  const first = runOps(module, setup, ops);
  let kept = ops.slice(0, (first?.at ?? ops.length) + 1);
  for (let size = kept.length >> 1; size > 0 && tries > 0; size >>= 1) {
    for (let at = 0; at < kept.length && tries > 0; tries--) {
      const fewer = [...kept.slice(0, at), ...kept.slice(at + size)];
      const problem = runOps(module, setup, fewer);
      if (problem === null) at += size;
      else kept = fewer.slice(0, problem.at + 1);
    }
  }
  return kept;
}
