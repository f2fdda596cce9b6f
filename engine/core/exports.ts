// SPDX-License-Identifier: MIT
/** What the core exports. Handles are addresses; u32 results come signed, u64 as signed bigint. */
export interface CoreExports {
  memory: WebAssembly.Memory;
  maps_address(): number;
  trace_address(): number;
  write_result_address(): number;
  ioctl_arg_address(): number;
  heap_end(): number;
  heap_exhausted(): number;
  heap_fail_next(on: number): void;
  heap_take(bytes: number): number;
  trace_set_audit(on: number): void;
  conn_new(iomap: number, passthrough: number, maxStackDepth: number): number;
  conn_set_config(fc: number, iomap: number, passthrough: number): void;
  conn_set_hears_attr(fc: number, hears: number): void;
  conn_set_inline(fc: number, on: number): void;
  conn_set_iomap_inodes(fc: number, count: bigint): void;
  conn_set_no_end(fc: number, noEnd: number): void;
  conn_no_end(fc: number): number;
  conn_abort(fc: number): void;
  conn_destroy(fc: number): void;
  device_new(number: number, size: bigint, logicalBlockSize: number): number;
  file_install(fd: number, mode: number, stackDepth: number, bdev: number, fmode: number): number;
  inode_new(
    fc: number,
    nodeid: bigint,
    ino: bigint,
    blkbits: number,
    size: bigint,
    maxbytes: bigint,
    bdev: number,
  ): number;
  inode_inline_buffer(inode: number, source: number): number;
  inode_set_disk_size(inode: number, size: bigint): void;
  inode_cache_slot(inode: number, write: number, after: number): number;
  inode_set_caches(inode: number, caches: number): void;
  set_capabilities(capabilities: number): void;
  set_signal(pending: number): void;
  backing_close_tests(fc: number, id: number): number;
  backing_close_locked(fc: number, id: number, backing: number): number;
  ioctl(fc: number, hasConnection: number, cmd: number, mapped: number): number;
  passthrough_open(fc: number, inode: number, id: number): number;
  passthrough_release(inode: number, backing: number): void;
  backing_lookup(fc: number, id: number, iomap: number): number;
  iomap_begin(inode: number, pos: bigint, count: bigint, opflags: number): number;
  iomap_end(inode: number, pos: bigint, count: bigint, written: bigint, opflags: number): number;
  map_length(pos: bigint, len: bigint): bigint;
  backing_at(fc: number, id: number): number;
  backing_live(fc: number): number;
  backing_cursor(fc: number): number;
  backing_serial(backing: number): number;
  backing_refs(backing: number): number;
  backing_type(backing: number): number;
  backing_fd(backing: number): number;
  backing_device(backing: number): number;
  trace_set_streaming(on: number): void;
  halt_reason(): number;
  io_buffer(bytes: number): number;
  io_read(inode: number, pos: bigint, count: bigint, how: number, opflags: number): bigint;
  io_write(inode: number, pos: bigint, count: bigint, how: number, opflags: number): bigint;
  io_fsync(inode: number): number;
  io_truncate(inode: number, size: bigint): number;
  io_fzero(inode: number, pos: bigint, count: bigint, keepSize: number): number;
  io_ioend(
    inode: number,
    pos: bigint,
    written: bigint,
    flags: number,
    error: number,
    dev: number,
    newAddr: bigint,
  ): number;
  io_unshare(inode: number, pos: bigint, count: bigint): number;
  io_fiemap(inode: number, start: bigint, length: bigint, flags: number, room: number): number;
  io_seek(inode: number, pos: bigint, data: number): bigint;
  io_bmap(inode: number, block: bigint): bigint;
  io_cached(inode: number, pos: bigint): bigint;
  inode_renew(inode: number, size: bigint): void;
  inode_size(inode: number): bigint;
  inode_disk_size(inode: number): bigint;
  device_setup(
    bdev: number,
    contents: number,
    readOnly: number,
    diesAfter: bigint,
    name0: number,
    name1: number,
    name2: number,
  ): void;
  device_add_fault(
    bdev: number,
    operations: number,
    first: bigint,
    sectors: bigint,
    times: number,
    err: number,
  ): number;
  device_bios(bdev: number): bigint;
  device_peek(bdev: number, at: bigint, bytes: number): void;
  device_poke(bdev: number, at: bigint, bytes: number): number;
  bdev_page_marks(bdev: number, page: bigint): number;
  memory_copy(to: number, from: number, bytes: number): void;
  batch_begin(rows: number, indices: number, count: number): bigint;
}

/** What a `map` build exports beside: see assembly/map.ts. */
export interface MapExports {
  map_rooms(inode: number): number;
  map_tile(job: number, out: number): void;
}
