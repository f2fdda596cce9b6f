// SPDX-License-Identifier: MIT
/** A machine of a `map` build: begins in which two values vary, and the check that decides each. */
import type { MapExports } from './exports.ts';
import { MayMachine } from './may-machine.ts';
import { checked } from './memory.ts';
import type { MachineSetup } from './setup.ts';
import type { Server } from '../server/server.ts';

/** Where a varying value goes in a job, and how many bytes it has there. See assembly/map.ts. */
export interface Put {
  at: number;
  /** A second place that gets it too; `at` for none. */
  also: number;
  bytes: 2 | 4 | 8;
}

/** A begin of an inode, but for the values that vary. */
export interface MapQuestion {
  inode: string;
  opflags: number;
  pos: bigint;
  count: bigint;
  blockSizeBits: number;
  /** struct fuse_iomap_begin_out, 64 bytes. */
  reply: Uint8Array;
  x: Put;
  y: Put;
}

/** Offsets of what can vary beside the reply, which a job begins with. */
export const JOB_AT = { pos: 64, count: 72, blockSizeBits: 88 } as const;
const AT = {
  inode: 80,
  opflags: 84,
  columns: 96,
  rows: 100,
  xs: 104,
  ys: 108,
  x: 112,
  y: 120,
  bytes: 128,
} as const;
const JOB_BYTES = 136;
/** Points that one call answers at most. */
const TILE_POINTS = 65_536;
const ID_BYTES = 2;
const VALUE_BYTES = 8;

/** @see MapMachine.tile */
export class MapMachine extends MayMachine {
  readonly #job: number;
  readonly #ids: number;
  readonly #values: number;
  readonly #map: MapExports;
  #rooms: string | null = null;

  constructor(module: WebAssembly.Module, setup: MachineSetup) {
    super(module, setup);
    this.#map = this.core as unknown as MapExports;
    this.#job = checked(this.core.heap_take(JOB_BYTES)) >>> 0;
    this.#values = checked(this.core.heap_take(2 * TILE_POINTS * VALUE_BYTES)) >>> 0;
    this.#ids = checked(this.core.heap_take(TILE_POINTS * ID_BYTES)) >>> 0;
  }

  /**
   * The ids of a tile's points, row by row: see engine/map/ids.ts. Nothing else of the machine changes.
   * @param server answers what is asked beside the reply: inline data
   */
  tile(question: MapQuestion, xs: BigUint64Array, ys: BigUint64Array, server: Server): Uint16Array {
    const points = xs.length * ys.length;
    if (points > TILE_POINTS) throw new RangeError(`${points} points are more than a tile holds`);
    this.#prepare(question, xs, ys);
    this.server = server;
    this.call(() => {
      this.#map.map_tile(this.#job, this.#ids);
      return 0;
    });
    return new Uint16Array(this.core.memory.buffer, this.#ids, points).slice();
  }

  #prepare(
    { inode, opflags, pos, count, blockSizeBits, reply, x, y }: MapQuestion,
    xs: BigUint64Array,
    ys: BigUint64Array,
  ): void {
    if (this.#rooms !== inode) checked(this.#map.map_rooms(this.inode(inode)));
    this.#rooms = inode;
    const view = this.memory();
    const at = this.#job;
    new Uint8Array(view.buffer).set(reply, at);
    view.setBigUint64(at + JOB_AT.pos, pos, true);
    view.setBigUint64(at + JOB_AT.count, count, true);
    view.setUint32(at + JOB_AT.blockSizeBits, blockSizeBits, true);
    view.setUint32(at + AT.inode, this.inode(inode), true);
    view.setUint32(at + AT.opflags, this.numbering.opOf(opflags), true);
    view.setUint32(at + AT.columns, xs.length, true);
    view.setUint32(at + AT.rows, ys.length, true);
    [xs, ys].forEach((values, i) => {
      const from = this.#values + i * TILE_POINTS * VALUE_BYTES;
      new BigUint64Array(view.buffer, from, values.length).set(values);
      view.setUint32(at + AT.xs + 4 * i, from, true);
    });
    [x, y].forEach((put, i) => {
      view.setUint32(at + AT.x + 8 * i, put.at, true);
      view.setUint32(at + AT.x + 8 * i + 4, put.also, true);
      view.setUint32(at + AT.bytes + 4 * i, put.bytes, true);
    });
  }
}
