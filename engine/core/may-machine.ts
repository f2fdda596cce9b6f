// SPDX-License-Identifier: MIT
import type { WireMapping } from '../kernel/wire-types.ts';
import { encodeMapping } from '../kernel/wire.ts';
import { PLAIN_NUMBERING } from '../kernel/codes.ts';
import { CALL_NOTES } from './later-notes.ts';
import { IOMAP_BYTES, SLOT_KIND, readMapMarks, writeInlineData } from './layout.ts';
import { IoMachine } from './io-machine.ts';
import type { Buffers } from './machine.ts';
import { checked } from './memory.ts';
import type { MachineSetup } from './setup.ts';

/** What a struct iomap carries beside its fields. */
export interface MapMarks {
  inlineData: boolean;
  /** Its validity cookie is that of the cache. */
  cached: boolean;
}

/** What a lookup in a fork of the mapping cache gives; null is a miss. */
export type Cached = WireMapping | 'nofork' | null;

const NO_BUFFERS: Buffers = { iomap: false, srcmap: false };

/** A machine with what the revisions of May 2026 have besides: it can be of any revision. */
export class MayMachine extends IoMachine {
  constructor(module: WebAssembly.Module, setup: MachineSetup) {
    super(module, { ...setup, numbering: { ...(setup.numbering ?? PLAIN_NUMBERING), notes: CALL_NOTES } });
    for (const { name, cache } of setup.inodes) {
      if (!cache) continue;
      for (const when of ['before', 'after'] as const)
        for (const fork of ['read', 'write'] as const) this.setCached(name, fork, when, cache[when][fork]);
    }
  }

  /** What the structs of the last begin carry beside their fields. */
  get mapMarks(): [iomap: MapMarks, srcmap: MapMarks] {
    const at = (offset: number) => readMapMarks(this.memory(), this.mapAt(offset));
    return [at(0), at(IOMAP_BYTES)];
  }

  /** Which structs of the last begin hold a buffer of inline data; null if none does. */
  get buffers(): Buffers | null {
    const [iomap, srcmap] = this.mapMarks.map(({ inlineData }) => inlineData) as [boolean, boolean];
    return iomap || srcmap ? { iomap, srcmap } : null;
  }

  /** Says what the cache of an inode holds for a fork, before the request or from its answer on. */
  setCached(inode: string, fork: 'read' | 'write', when: 'before' | 'after', cached: Cached): void {
    const slot = this.core.inode_cache_slot(
      this.inode(inode),
      Number(fork === 'write'),
      Number(when === 'after'),
    );
    // A core without this cache has no place for it.
    if (slot === 0) return;
    const at = slot >>> 0;
    const map = typeof cached === 'object' ? cached : null;
    const bytes = new Uint8Array(this.core.memory.buffer, at, SLOT_KIND);
    if (map !== null) encodeMapping(bytes, 0, map, this.numbering);
    this.memory().setUint32(at + SLOT_KIND, map !== null ? 1 : cached === 'nofork' ? 2 : 0, true);
  }

  /** Whether the caller of the calls that follow has a signal pending. */
  setSignal(pending: boolean): void {
    this.core.set_signal(Number(pending));
  }

  /** Whether begins go on to set up inline data: rows that were recorded before it end there. */
  setInlineSetup(on: boolean): void {
    this.core.conn_set_inline(this.built.connection, Number(on));
  }

  /** How many iomap inodes live: from May 2026 on the table asks. */
  setIomapInodes(count: bigint): void {
    this.core.conn_set_iomap_inodes(this.built.connection, count);
  }

  /** What the server was told that the size of a file is. */
  diskSize(inode: string): bigint {
    return this.core.inode_disk_size(this.inode(inode));
  }

  /** Sets it, as if an earlier ioend had said so. */
  setDiskSize(inode: string, sizeBytes: bigint): void {
    this.core.inode_set_disk_size(this.inode(inode), sizeBytes);
  }

  /**
   * A close during which another thread comes in: `between` runs after all tests and before the lock is taken, if the
   * close gets so far. From May 2026 on.
   */
  closeWhile(id: number, between: () => void): { ret: number; raced: boolean } {
    const { connection } = this.built;
    const fb = this.core.backing_close_tests(connection, id);
    if (fb < 0 && fb >= -4095) return { ret: fb, raced: false };
    between();
    return { ret: this.core.backing_close_locked(connection, id, fb), raced: true };
  }

  /** Gives the structs buffers of inline data, as a begin would have; contents are those of the last one. */
  protected override setBuffers(inode: string, inline: Buffers = NO_BUFFERS): void {
    const { iomap, srcmap } = inline;
    for (const [offset, on] of [
      [0, iomap],
      [IOMAP_BYTES, srcmap],
    ] as const) {
      const buffer = on ? checked(this.core.inode_inline_buffer(this.inode(inode), Number(offset > 0))) : 0;
      writeInlineData(this.memory(), this.mapAt(offset), buffer);
    }
  }
}
