// SPDX-License-Identifier: MIT
/**
 * A machine for tests of the core, and the wire written down by hand: nothing here is taken from engine/kernel,
 * so that a mistake there is not made twice.
 */
import { Machine, type Call, type MachineSetup } from '#engine/core/machine.ts';
import type { Capability } from '#engine/scenario/schema.ts';
import type { Server } from '#engine/server/server.ts';

const S_IFCHR = 0x2000;
const S_IFDIR = 0x4000;
const S_IFBLK = 0x6000;
const S_IFREG = 0x8000;

/** The server's descriptors. */
export const FD = {
  reg: 10,
  vda: 11,
  vdb: 12,
  dir: 13,
  chr: 14,
  midStack: 15,
  deepStack: 16,
  deepBlk: 17,
  none: 99,
} as const;

export const S64_MAX = 0x7fff_ffff_ffff_ffffn;
export const U64_MAX = 0xffff_ffff_ffff_ffffn;

export interface Options {
  iomap?: boolean;
  passthrough?: boolean;
  maxStackDepth?: number;
  config?: MachineSetup['config'];
  capabilities?: Capability[];
  inodes?: { name: string; blockSizeBits: number; maxBytes: bigint }[];
}

/** Block devices vda and vdb, a descriptor of every kind, an inode `a` (ino 12, nodeid 112, 4096-byte blocks). */
export function newMachine(module: WebAssembly.Module, options: Options = {}): Machine {
  const file = (fd: number, mode: number, stackDepth = 0, device: string | null = null) => ({
    fd,
    mode,
    stackDepth,
    device,
  });
  const inodes = options.inodes ?? [{ name: 'a', blockSizeBits: 12, maxBytes: S64_MAX }];
  const machine = new Machine(module, {
    config: options.config ?? { iomap: true, passthrough: true },
    connection: {
      iomap: options.iomap ?? true,
      passthrough: options.passthrough ?? true,
      maxStackDepth: options.maxStackDepth ?? 2,
    },
    devices: ['vda', 'vdb'].map((name) => ({ name, sizeBytes: 1n << 30n, logicalBlockSizeBytes: 512 })),
    files: [
      file(FD.reg, S_IFREG),
      file(FD.vda, S_IFBLK, 0, 'vda'),
      file(FD.vdb, S_IFBLK, 0, 'vdb'),
      file(FD.dir, S_IFDIR),
      file(FD.chr, S_IFCHR),
      file(FD.midStack, S_IFREG, 1),
      file(FD.deepStack, S_IFREG, 2),
      file(FD.deepBlk, S_IFBLK, 2, 'vda'),
    ],
    inodes: inodes.map((inode) => ({
      ...inode,
      nodeid: 112n,
      ino: 12n,
      sizeBytes: 0n,
      superblockDevice: null,
      caches: false,
    })),
  });
  machine.setCapabilities(options.capabilities ?? ['CAP_SYS_ADMIN', 'CAP_SYS_RAWIO']);
  return machine;
}

export const BACKING_OPEN = 0x4010e501;
export const BACKING_CLOSE = 0x4004e502;

/** Little-endian fields one after another, each [bytes, value]. */
export function packed(...fields: [size: number, value: number | bigint][]): Uint8Array {
  const bytes: number[] = [];
  for (const [size, value] of fields) {
    const bits = BigInt.asUintN(size * 8, BigInt(value));
    for (let i = 0; i < size; i++) bytes.push(Number((bits >> BigInt(8 * i)) & 0xffn));
  }
  return Uint8Array.from(bytes);
}

/** `0010 ff` → bytes; blanks don't count. */
export function bytesOf(hex: string): Uint8Array {
  return Uint8Array.from(hex.replaceAll(/\s/g, '').match(/../g) ?? [], (pair) => parseInt(pair, 16));
}

export function open(machine: Machine, fd: number, flags: number, padding = 0n): Call {
  return machine.ioctl(BACKING_OPEN, packed([4, fd], [4, flags], [8, padding]));
}

export function close(machine: Machine, id: number): Call {
  return machine.ioctl(BACKING_CLOSE, packed([4, id]));
}

export const openIomap = (machine: Machine, fd: number = FD.vda): number => open(machine, fd, 1).ret;
export const openPassthrough = (machine: Machine): number => open(machine, FD.reg, 0).ret;

export interface Mapping {
  offset: bigint;
  length: bigint;
  addr: bigint;
  type: number;
  flags: number;
  dev: number;
}

/** struct fuse_iomap_io. */
function mappingBytes(map: Mapping): Uint8Array {
  return packed([8, map.offset], [8, map.length], [8, map.addr], [2, map.type], [2, map.flags], [4, map.dev]);
}

/** fuse_out_header and payload; `len` and `unique` may be wrong on purpose. */
export function answer(
  unique: bigint,
  error: number,
  payload: Uint8Array = new Uint8Array(0),
  len = 16 + payload.length,
): Uint8Array {
  return Uint8Array.from([...packed([4, len], [4, error], [8, unique]), ...payload]);
}

export const beginPayload = (read: Mapping, write: Mapping): Uint8Array =>
  Uint8Array.from([...mappingBytes(read), ...mappingBytes(write)]);

/** A server that answers with these two mappings. */
export function mappings(read: Mapping, write: Mapping): Server {
  return { answer: ({ unique }) => ({ bytes: answer(unique, 0, beginPayload(read, write)) }) };
}

/** A pure overwrite of `read`. */
export function overwrite(read: Mapping): Mapping {
  return { offset: read.offset, length: read.length, addr: U64_MAX, type: 255, flags: 0, dev: 0 };
}
