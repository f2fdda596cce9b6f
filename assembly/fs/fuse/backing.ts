// SPDX-License-Identifier: GPL-2.0-only
/** The backing table of a connection: ids of the files that a server has registered, for passthrough and for iomap alike. */

import { Check, fails } from '../../checks';
import { DEBUG, HAS_IOMAP_DEVICES, LOWEST_FREE_ID } from '../../config';
import {
  EBADF,
  EINVAL,
  ENOENT,
  ENOMEM,
  EOPNOTSUPP,
  EPERM,
  ERR_PTR,
  IS_ERR,
  PTR_ERR,
} from '../../include/linux/errno';
import {
  FUSE_BACKING_TYPE_IOMAP,
  FUSE_BACKING_TYPE_MASK,
  FUSE_BACKING_TYPE_PASSTHROUGH,
  fuse_backing_map,
} from '../../include/uapi/linux/fuse';
import { idr_alloc, idr_alloc_cyclic, idr_destroy, idr_find, idr_next_id, idr_remove } from '../../lib/idr';
import { kmem_cache, kmem_cache_alloc, kmem_cache_alloc_gfp, kmem_cache_free } from '../../mm/slab';
import { Kind, Warn } from '../../records';
import { trace_ref, trace_warn } from '../../trace';
import { fuse_iomap_backing_ops } from './file_iomap_ops';
import {
  CAP_SYS_ADMIN,
  SIZEOF_CRED,
  SIZEOF_FUSE_BACKING,
  capable,
  cred,
  current,
  current_files,
  file,
  fuse_backing,
  fuse_backing_ops,
  fuse_conn,
} from './fuse_i';
import { fuse_passthrough_backing_ops } from './passthrough_ops';

const creds_block: usize = memory.data(16, 16);
const backings_block: usize = memory.data(16, 16);

function prepare_creds(): cred {
  const c = changetype<cred>(kmem_cache_alloc(changetype<kmem_cache>(creds_block), SIZEOF_CRED));
  // The kernel does not test the result either; here an empty cred would only make memory end sooner.
  if (changetype<usize>(c) != 0) c.capabilities = current().capabilities;
  return c;
}

/** fget_raw(): takes a reference on an open file, an O_PATH one included. */
function fget_raw(fd: i32): file | null {
  const at: usize = fd < 0 ? 0 : idr_find(current_files(), <u32>fd);
  if (at == 0) return null;
  const f = changetype<file>(at);
  f.count++;
  return f;
}

function fput(f: file): void {
  if (DEBUG) assert(f.count > 0, 'no file is put more often than got');
  f.count--;
}

/** Drops the object's file and credentials, and the object; the kernel frees after an RCU grace period. */
export function fuse_backing_free(fb: fuse_backing): void {
  if (DEBUG) assert(fb.file.count > 1, 'the descriptor holds a file of its own');
  fput(fb.file);
  if (changetype<usize>(fb.cred) != 0) {
    kmem_cache_free(changetype<kmem_cache>(creds_block), changetype<usize>(fb.cred));
  }
  kmem_cache_free(changetype<kmem_cache>(backings_block), changetype<usize>(fb));
}

/** refcount_inc_not_zero(): null if the object is already on its way out. */
export function fuse_backing_get(fb: fuse_backing | null): fuse_backing | null {
  if (!fb || fb.count == 0) return null;
  fb.count++;
  trace_ref(Kind.GET, fb.serial, fb.count);
  return fb;
}

export function fuse_backing_put(fb: fuse_backing | null): void {
  if (!fb) return;
  if (DEBUG) assert(fb.count > 0, 'no backing object is put more often than got');
  fb.count--;
  trace_ref(Kind.PUT, fb.serial, fb.count);
  if (fb.count == 0) fuse_backing_free(fb);
}

/** The entry with this id, if it belongs to the subsystem that asks; with a reference for the caller. */
@inline
export function fuse_backing_lookup(
  fc: fuse_conn,
  ops: fuse_backing_ops,
  backing_id: i32,
): fuse_backing | null {
  const at = idr_find(fc.backing_files_map, <u32>backing_id);
  if (at == 0 || changetype<fuse_backing>(at).ops != ops) return null;
  return fuse_backing_get(changetype<fuse_backing>(at));
}

/** What an id leads to, for explanations: 0 nothing, 1 an iomap entry, 2 a passthrough entry. */
export function fuse_backing_kind(fc: fuse_conn, backing_id: u32): u64 {
  const at = idr_find(fc.backing_files_map, backing_id);
  if (at == 0) return 0;
  return changetype<fuse_backing>(at).ops.type == FUSE_BACKING_TYPE_IOMAP ? 1 : 2;
}

/** The operations of a type, if that subsystem is built into the kernel. */
function fuse_backing_ops_from_map(fc: fuse_conn, map: fuse_backing_map): fuse_backing_ops | null {
  switch (map.flags & FUSE_BACKING_TYPE_MASK) {
    case FUSE_BACKING_TYPE_PASSTHROUGH:
      return fc.config_passthrough ? fuse_passthrough_backing_ops() : null;
    case FUSE_BACKING_TYPE_IOMAP:
      return HAS_IOMAP_DEVICES && fc.config_iomap ? fuse_iomap_backing_ops() : null;
    default:
      return null;
  }
}

/** FUSE_DEV_IOC_BACKING_OPEN: registers a file. The new id, or -errno. */
export function fuse_backing_open(fc: fuse_conn, map: fuse_backing_map): i32 {
  const type = map.flags & FUSE_BACKING_TYPE_MASK;
  const ops = fuse_backing_ops_from_map(fc, map);
  if (
    fails(Check.OPEN_TYPE_UNKNOWN, !ops, type, fc.config_passthrough, HAS_IOMAP_DEVICES && fc.config_iomap)
  ) {
    return -EOPNOTSUPP;
  }
  if (ops!.type != type) trace_warn(Warn.BACKING_TYPE_MISMATCH, ops!.type, type);

  // may_admin() evaluates and records OPEN_NOT_PERMITTED and OPEN_FLAGS for its caller.
  let err = ops!.may_admin(fc, map.flags & ~FUSE_BACKING_TYPE_MASK);
  if (fails(Check.OPEN_NOT_PERMITTED, err == -EPERM, type, negotiated(fc, type), capable_of(type))) {
    return err;
  }
  if (fails(Check.OPEN_FLAGS, err != 0, map.flags & ~FUSE_BACKING_TYPE_MASK)) return err;
  if (fails(Check.OPEN_PADDING, map.padding != 0, map.padding)) return -EINVAL;

  const f = fget_raw(map.fd);
  if (fails(Check.OPEN_BADFD, !f, <i64>map.fd)) return -EBADF;

  err = ops!.may_open(fc, f!);
  if (fails(Check.OPEN_MAY_OPEN, err != 0, type, f!.mode, f!.stack_depth, <i64>err)) {
    fput(f!);
    return err;
  }

  const at = kmem_cache_alloc_gfp(changetype<kmem_cache>(backings_block), SIZEOF_FUSE_BACKING);
  if (fails(Check.OPEN_NOMEM, at == 0)) {
    fput(f!);
    return -ENOMEM;
  }
  const fb = changetype<fuse_backing>(at);
  fb.file = f!;
  fb.cred = prepare_creds();
  fb.ops = ops!;
  fb.bdev = null;
  fb.count = 1;

  const post_open = ops!.post_open;
  if (post_open) err = post_open(fc, fb);
  if (fails(Check.OPEN_POST, err != 0, <i64>err)) {
    fuse_backing_free(fb);
    return err;
  }

  const cursor = fc.backing_files_map.cursor;
  const id = fuse_backing_id_alloc(fc, fb);
  if (fails(Check.OPEN_ID, id < 0, ops!.id_start, ops!.id_end, cursor, id < 0 ? <i64>id : 0)) {
    fuse_backing_free(fb);
    return id;
  }
  fb.serial = ++fc.serial;
  if (DEBUG)
    assert(fb.count == 1 && fb.file.count > 1, 'the table holds the object, and the object the file');
  return id;
}

function fuse_backing_id_alloc(fc: fuse_conn, fb: fuse_backing): i32 {
  const start = fb.ops.id_start;
  const end = fb.ops.id_end;
  const map = fc.backing_files_map;
  const at = changetype<usize>(fb);
  const id = LOWEST_FREE_ID ? idr_alloc(map, at, start, end) : idr_alloc_cyclic(map, at, start, end);
  if (id == 0) trace_warn(Warn.BACKING_ID_ZERO, 0, 0);
  return id;
}

function negotiated(fc: fuse_conn, type: u32): bool {
  return type == FUSE_BACKING_TYPE_IOMAP ? fc.iomap : fc.passthrough;
}

/** Whether the caller has the capability that the type asks for; iomap asks for none here. */
function capable_of(type: u32): bool {
  return type == FUSE_BACKING_TYPE_IOMAP || capable(CAP_SYS_ADMIN);
}

/** FUSE_DEV_IOC_BACKING_CLOSE: releases an id. 0 or -errno. */
export function fuse_backing_close(fc: fuse_conn, backing_id: i32): i32 {
  const fb = close_tests(fc, backing_id);
  return IS_ERR(fb) ? PTR_ERR(fb) : close_locked(fc, backing_id, changetype<fuse_backing>(fb));
}

/** The two halves of a close for a host that lets another thread come between them; from May 2026 on. */
export function backing_close_tests(fc: usize, backing_id: i32): usize {
  return LOWEST_FREE_ID ? close_tests(changetype<fuse_conn>(fc), backing_id) : 0;
}
export function backing_close_locked(fc: usize, backing_id: i32, fb: usize): i32 {
  return LOWEST_FREE_ID
    ? close_locked(changetype<fuse_conn>(fc), backing_id, changetype<fuse_backing>(fb))
    : 0;
}

/**
 * The half of fuse_backing_close() before it takes the connection's lock: all its tests. Returns the object, with a
 * reference, or an ERR_PTR.
 */
function close_tests(fc: fuse_conn, backing_id: i32): usize {
  if (fails(Check.CLOSE_BADID, backing_id <= 0, <i64>backing_id)) return ERR_PTR(-EINVAL);

  // Any type: what may be done with the entry is for its own operations to say.
  const at = idr_find(fc.backing_files_map, <u32>backing_id);
  const fb = fuse_backing_get(at == 0 ? null : changetype<fuse_backing>(at));
  if (fails(Check.CLOSE_NOENT, !fb, <i64>backing_id)) return ERR_PTR(-ENOENT);

  const ops = fb!.ops;
  let err = ops.may_admin(fc, 0);
  if (
    fails(
      Check.CLOSE_NOT_PERMITTED,
      err != 0,
      <i64>backing_id,
      ops.type,
      negotiated(fc, ops.type),
      capable_of(ops.type),
    )
  ) {
    fuse_backing_put(fb);
    return ERR_PTR(err);
  }

  const may_close = ops.may_close;
  if (may_close) err = may_close(fc, fb!.file);
  if (fails(Check.CLOSE_BUSY, err != 0, <i64>backing_id, ops.type)) {
    fuse_backing_put(fb);
    return ERR_PTR(err);
  }
  return changetype<usize>(fb);
}

/** The other half: takes the id out of the table. From May 2026 on only if it still is that object's. 0 or -errno. */
function close_locked(fc: fuse_conn, backing_id: i32, fb: fuse_backing): i32 {
  const at = changetype<usize>(fb);
  if (LOWEST_FREE_ID && idr_find(fc.backing_files_map, <u32>backing_id) != at) {
    fuse_backing_put(fb);
    return -EBADF;
  }
  const removed = idr_remove(fc.backing_files_map, <u32>backing_id);
  if (removed == 0) {
    fuse_backing_put(fb);
    return -ENOENT;
  }
  if (removed != at) trace_warn(Warn.BACKING_REMOVED_OTHER, backing_id, 0);
  fuse_backing_put(changetype<fuse_backing>(removed));
  fuse_backing_put(fb);
  return 0;
}

/** The final put of the connection: whatever still has an id is freed, busy or not. */
export function fuse_backing_files_free(fc: fuse_conn): void {
  const map = fc.backing_files_map;
  let warned = false;
  for (let id = idr_next_id(map, 0); id >= 0; id = idr_next_id(map, <u32>id + 1)) {
    const fb = changetype<fuse_backing>(idr_find(map, <u32>id));
    // WARN_ON_ONCE: one line, however many entries are held.
    if (fb.count != 1 && !warned) {
      trace_warn(Warn.BACKING_BUSY_AT_UNMOUNT, id, fb.count);
      warned = true;
    }
    fuse_backing_free(fb);
  }
  idr_destroy(map);
}
