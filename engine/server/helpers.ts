// SPDX-License-Identifier: MIT
/** libfuse's helpers for servers: what the development branch has as fuse_iomap_*(). */
import { FUSE_IOMAP_TYPE, IOMAP_OP } from '../kernel/names.ts';
import { pureOverwrite } from '../kernel/wire.ts';
import type { WireMapping } from '../kernel/wire-types.ts';
import type { Mapping } from './fuse-server.ts';

const WRITES = IOMAP_OP.WRITE | IOMAP_OP.ZERO | IOMAP_OP.UNSHARE | IOMAP_OP.WRITEBACK;

/** fuse_iomap_pure_overwrite(): the write mapping that says: where `read` is. */
export function pure_overwrite({ offset = 0n, length = 0n }: Mapping): WireMapping {
  return pureOverwrite({ offset, length, addr: 0n, type: 0, flags: 0, dev: 0 });
}

/** fuse_iomap_is_write(): whether the file may be changed. Zeroing, unsharing and writeback count. */
export function is_write(opflags: number): boolean {
  return (opflags & WRITES) !== 0;
}

/** fuse_iomap_need_write_allocate(): whether this mapping needs blocks first. Zeroing a hole does not. */
export function need_write_allocate(opflags: number, { type = 0 }: Mapping): boolean {
  return type === FUSE_IOMAP_TYPE.HOLE && (opflags & IOMAP_OP.ZERO) === 0;
}
