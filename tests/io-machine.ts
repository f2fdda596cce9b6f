// SPDX-License-Identifier: MIT
/** A machine for tests of I/O, and servers that follow a script and keep what they were asked. */
import { IoMachine, type IoResult } from '#engine/core/io-machine.ts';
import type { DeviceSetup } from '#engine/core/machine.ts';
import type { Request } from '#engine/run/types.ts';
import type { Server } from '#engine/server/server.ts';
import {
  BACKING_OPEN,
  S64_MAX,
  U64_MAX,
  answer,
  beginPayload,
  overwrite,
  packed,
  type Mapping,
} from './core-machine.ts';

export const TYPE = { HOLE: 0, DELALLOC: 1, MAPPED: 2, UNWRITTEN: 3, INLINE: 4 } as const;
export const F = { NEW: 1, SHARED: 4, BOUNDARY: 0x10, ANON_WRITE: 0x20 } as const;
export const BUFFERED = { direct: false, opflags: 0 };
export const DIRECT = { direct: true, opflags: 0 };

export interface IoOptions {
  size?: number | bigint;
  blockSizeBits?: number;
  devices?: (Partial<DeviceSetup> & { name: string })[];
  /** The last device's file leads to no device at all. */
  nowhere?: boolean;
  /** File names besides `a`. */
  others?: string[];
}

/** Inode `a` with 4096-byte blocks; the devices are registered with ids 1, 2, … in their order. */
export function ioMachine(module: WebAssembly.Module, options: IoOptions = {}): IoMachine {
  const devices = (options.devices ?? [{ name: 'vda' }]).map((device) => ({
    sizeBytes: 1n << 24n,
    logicalBlockSizeBytes: 512,
    contents: 'pattern' as const,
    ...device,
  }));
  const machine = new IoMachine(module, {
    config: { iomap: true, passthrough: true },
    connection: { iomap: true, passthrough: false, maxStackDepth: 0 },
    devices,
    files: devices.map(({ name }, i) => ({
      fd: 10 + i,
      mode: 0x6000,
      stackDepth: 0,
      device: options.nowhere && i === devices.length - 1 ? null : name,
    })),
    inodes: ['a', ...(options.others ?? [])].map((name, i) => ({
      name,
      nodeid: BigInt(12 + i),
      ino: BigInt(12 + i),
      blockSizeBits: options.blockSizeBits ?? 12,
      sizeBytes: BigInt(options.size ?? 0),
      maxBytes: S64_MAX,
      superblockDevice: null,
      caches: false,
    })),
  });
  for (const i of devices.keys()) machine.ioctl(BACKING_OPEN, packed([4, 10 + i], [4, 1], [8, 0]));
  return machine;
}

/** A mapping; device 1 and addresses for those that need them. */
export function map(
  type: number,
  offset: number,
  length: number,
  addr = 0,
  more: Partial<Mapping> = {},
): Mapping {
  const placed = type === TYPE.MAPPED || type === TYPE.UNWRITTEN;
  return {
    offset: BigInt(offset),
    length: BigInt(length),
    addr: placed ? BigInt(addr) : U64_MAX,
    type,
    flags: 0,
    dev: placed ? 1 : 0,
    ...more,
  };
}

/** What a server says to one begin: a read mapping, both, or a negative errno. */
export type Answer = Mapping | [read: Mapping, write: Mapping] | number;

/** Answers begins by a function, ends and ioends with an error that is 0 unless said; keeps all requests. */
export class Scripted implements Server {
  readonly asked: string[] = [];
  readonly #begin: (request: Request) => Answer | null;
  ioend = 0;
  end = 0;

  constructor(begin: (request: Request) => Answer | null) {
    this.#begin = begin;
  }

  answer(request: Request): { bytes: Uint8Array } | null {
    this.asked.push(told(request));
    const { unique } = request;
    if (request.map !== null) return { bytes: answer(unique, this.end) };
    if (request.ioend !== null) return { bytes: answer(unique, this.ioend) };
    const said = this.#begin(request);
    if (said === null) return null;
    if (typeof said === 'number') return { bytes: answer(unique, said) };
    const [read, write] = Array.isArray(said) ? said : [said, overwrite(said)];
    return { bytes: answer(unique, 0, beginPayload(read, write)) };
  }

  /** The requests since the last time. */
  take(): string[] {
    return this.asked.splice(0);
  }
}

/** The mapping of a list that holds the first byte asked for. */
export const from =
  (...maps: Mapping[]) =>
  ({ pos }: Request): Mapping | null =>
    maps.find(({ offset, length }) => offset <= pos && pos < offset + length) ?? null;

/** `begin(pos,count) op`, `end(pos,count) op written flags`, `ioend(pos,written) flags error`: op and flags in hex. */
function told({ map, ioend, pos, count, opflags, written }: Request): string {
  if (map !== null)
    return `end(${pos},${count}) ${opflags.toString(16)} ${written} ${map.flags.toString(16)}`;
  if (ioend !== null) return `ioend(${pos},${written}) ${ioend.flags.toString(16)} ${ioend.error}`;
  return `begin(${pos},${count}) ${(opflags >>> 0).toString(16)}`;
}

/** Bios as `op device sector+bytes`, with the error if they failed. */
export function bios(result: IoResult): string[] {
  return result.events.flatMap((event) =>
    event.kind === 'bio'
      ? [
          `${event.op} ${event.device} ${event.sector}+${event.lengthBytes}${event.error === 0 ? '' : ` ${event.error}`}`,
        ]
      : [],
  );
}

export const warns = (result: IoResult): string[] =>
  result.events.flatMap((event) => (event.kind === 'warn' ? [event.warn] : []));

/** So many bytes of one value. */
export const filled = (length: number, value: number): Uint8Array => new Uint8Array(length).fill(value);
