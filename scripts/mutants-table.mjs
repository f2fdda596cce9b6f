// SPDX-License-Identifier: MIT
// The mutants: small ways to break the core, and the tests that must notice. mutants.mjs makes and runs them;
// mutants.test.ts sees that each still applies.

/** Each a list of arguments for vitest, or of rows. Quick ones first: the others are asked only if those noticed nothing. */
const CORE_STAGES = [
  ['tests/unit/facts-begin', 'tests/unit/facts-end', 'tests/unit/facts-transport'],
  ['tests/unit/facts-table', 'tests/property/core-table'],
  ['tests/property/core-begin'],
];
const MASK_STAGES = [['tests/unit/trace-masks'], ...CORE_STAGES];
const IO_STAGES = [
  ['tests/unit/io-worked', 'tests/unit/io-outcomes', 'tests/unit/io-running'],
  ['tests/property/fsx', '-t', 'v6-04'],
];

/** Rows of the conformance vectors, as a stage: no test of Vitest's. */
export const ROWS = 'rows:';
const MAY_STAGES = [
  ['tests/unit/revisions-may'],
  [`${ROWS}backing-2026-05`, `${ROWS}begin-2026-05`, `${ROWS}end-2026-05`],
  [`${ROWS}begin-2026-05-cache`, `${ROWS}begin-2026-05-cache-lookup`, `${ROWS}end-inline-2026-05-cache`],
];

/** What I/O goes through. */
const IO_FILES = ['fs/iomap/', 'fs/fuse/file.ts', 'mm/filemap.ts', 'block/'];

/**
 * A file of the core, words that stand in it once, and what stands there instead. `revision`: the one whose core has the
 * change; left out, it is the default.
 * @typedef {[file: string, from: string, to: string, revision?: '2026-05' | '2026-05-cache']} Mutant
 */

/** The revision that is built with this mutant in it. @param {Mutant} mutant */
export const revisionOf = ([, , , revision]) => revision ?? 'v6-04';

/**
 * The tests that this mutant is put to.
 * @param {Mutant} mutant
 */
export function stagesOf([file, , , revision]) {
  if (revision !== undefined) return MAY_STAGES;
  if (file === TRACE) return MASK_STAGES;
  return IO_FILES.some((start) => file.startsWith(start)) ? IO_STAGES : CORE_STAGES;
}

/**
 * The text with one mutant in it; null if the words that it changes are not there exactly once.
 * @param {string} text
 * @param {string} from
 * @param {string} to
 */
export function mutated(text, from, to) {
  return text.split(from).length === 2 ? text.replace(from, () => to) : null;
}

const [BEGIN, END, CONVERT, BACKING, IDR, DEV, PASS, SLAB, TRACE, OPS, DEVICE, LOOKUP, INLINE] = [
  'fs/fuse/file_iomap.ts',
  'fs/fuse/file_iomap_end.ts',
  'fs/fuse/file_iomap_convert.ts',
  'fs/fuse/backing.ts',
  'lib/idr.ts',
  'fs/fuse/dev.ts',
  'fs/fuse/passthrough_ops.ts',
  'mm/slab.ts',
  'trace.ts',
  'fs/fuse/file_iomap_ops.ts',
  'fs/fuse/file_iomap_dev.ts',
  'fs/fuse/file_iomap_cache.ts',
  'fs/fuse/file_iomap_inline.ts',
];

const [FILE, CACHE, PLUG] = ['fs/fuse/file.ts', 'mm/filemap.ts', 'block/plug.ts'];

const [ITER, DIO, BUFFERED, READ, FOLIO, IOEND, WRITEBACK, FIEMAP] = [
  'fs/iomap/iter.ts',
  'fs/iomap/direct-io.ts',
  'fs/iomap/buffered-io.ts',
  'fs/iomap/buffered-read.ts',
  'fs/iomap/folio-io.ts',
  'fs/iomap/ioend.ts',
  'fs/iomap/page-io.ts',
  'fs/iomap/fiemap.ts',
];

const MAY = '2026-05';
const MAY_CACHE = '2026-05-cache';

/** By name. @type {Record<string, Mutant>} */
export const MUTANTS = {
  'flags-mask': ['include/uapi/linux/fuse.ts', 'F_SERVER: u16 = 0x00ff', 'F_SERVER: u16 = 0x007f'],
  'flags-mask-wide': ['include/uapi/linux/fuse.ts', 'F_SERVER: u16 = 0x00ff', 'F_SERVER: u16 = 0x01ff'],
  'op-mask': ['include/uapi/linux/fuse.ts', 'OP_ALL: u32 = 0x07ff', 'OP_ALL: u32 = 0x03ff'],
  'write-slot': ['include/uapi/linux/fuse.ts', 'BEGIN_OUT_WRITE: usize = 32', 'BEGIN_OUT_WRITE: usize = 24'],
  'type-inline': [BEGIN, 'type <= FUSE_IOMAP_TYPE_INLINE ||', 'type < FUSE_IOMAP_TYPE_INLINE ||'],
  'maxbytes-equal': [BEGIN, 'map.offset >= <u64>inode.s_maxbytes', 'map.offset > <u64>inode.s_maxbytes'],
  'maxbytes-signed': [BEGIN, 'map.offset >= <u64>inode', '<i64>map.offset >= <i64>inode'],
  'end-at-pos': [BEGIN, 'read.offset + read.length <= pos', 'read.offset + read.length < pos'],
  'write-end-at-pos': [BEGIN, 'write.offset + write.length <= pos', 'write.offset + write.length < pos'],
  'after-pos': [BEGIN, 'read.offset > pos', 'read.offset >= pos'],
  'after-pos-signed': [BEGIN, 'write.offset > pos', '<i64>write.offset > <i64>pos'],
  'order-of-slots': [
    BEGIN,
    'read, Which.READ)) return -EFSCORRUPTED;',
    'write, Which.READ)) return -EFSCORRUPTED;',
  ],
  'dev-then-addr': [BEGIN, 'map.dev == FUSE_IOMAP_DEV_NULL, map.dev, type', 'false, map.dev, type'],
  'addr-zero': [BEGIN, 'map.addr == FUSE_IOMAP_NULL_ADDR, map.addr', 'map.addr == 0, map.addr'],
  'overwrite-anywhere': [BEGIN, 'which == Which.READ, type', 'true, type'],
  'dev-max': [DEVICE, 'DEV_MAX: u32 = 0x7fff_ffff', 'DEV_MAX: u32 = 0x8000_0002'],
  'no-overflow': ['lib/overflow.ts', 'a + b < a', 'a + b < a && a + b != 0'],
  alignment: [
    'include/linux/math.ts',
    '(value & (to - 1)) == 0',
    '(<u32>value & (<u32>to - 1)) == 0 && value < (1 << 62)',
  ],
  'write-always': [BEGIN, 'fuse_iomap_is_file_write(opflags) && write.type', 'write.type'],
  'lost-read-put': [BEGIN, '        fuse_backing_put(read_fb);\n        return IS', '        return IS'],
  'lost-write-put': [BEGIN, '    fuse_backing_put(write_fb);\n', ''],
  'srcmap-swapped': [BEGIN, 'to, write_fb, write', 'to, read_fb, write'],
  'audit-always': [BEGIN, 'if (HAS_IOMAP_DEVICES && auditing())', 'if (HAS_IOMAP_DEVICES)'],
  'audit-range': [BEGIN, 'if (!has_forbidden_addr(which)) {', '{'],
  'op-zero': [CONVERT, 'FUSE_IOMAP_OP_WRITE | FUSE_IOMAP_OP_ZERO |', 'FUSE_IOMAP_OP_WRITE |'],
  'flag-boundary': [
    CONVERT,
    'moved(flags, FUSE_IOMAP_F_BOUNDARY, IOMAP_F_BOUNDARY)',
    '(flags & FUSE_IOMAP_F_BOUNDARY)',
  ],
  'type-to-server': [CONVERT, 'type <= IOMAP_INLINE ?', 'type < IOMAP_INLINE ?'],
  'end-fixed': [END, '(map.flags & wanted)', '(map.flags & 0x1000)'],
  'end-short-equal': [END, 'written < count', 'written <= count'],
  'end-unsigned': [END, 'const short = written < count', 'const short = <u64>written < <u64>count'],
  'end-enosys': [END, 'err == -ENOSYS', 'err == -1'],
  'end-addr': [END, 'if (END_HAS_ADDR) return', 'if (!END_HAS_ADDR) return'],
  'id-end': [OPS, 'FUSE_IOMAP_ID_END: i32 = 1025', 'FUSE_IOMAP_ID_END: i32 = 1024'],
  'may-close': [OPS, '== 0 ? 0 : -EBUSY', '== 0 ? 0 : 0'],
  'may-close-never': [OPS, 'fc.iomap_inodes == 0', 'false', MAY],
  'may-open-path': [OPS, '(f.f_mode & FMODE_PATH) != 0', 'false', MAY],
  'overwrite-addr': [
    BEGIN,
    'Check.OVERWRITE_ADDR, which, map.addr != FUSE_IOMAP_NULL_ADDR',
    'Check.OVERWRITE_ADDR, which, map.addr != 0',
    MAY,
  ],
  'nowait-asks': [BEGIN, '(opflags & IOMAP_NOWAIT) != 0', 'false', MAY],
  'access-read': [BEGIN, 'fuse_iomap_is_file_write(opflags) ? TO_WRITE : TO_READ', 'TO_READ', MAY],
  'access-lost-put': [BEGIN, '        fuse_backing_put(to_fb);\n', '', MAY],
  'access-either': [DEVICE, '(fb.file.f_mode & need) == need', '(fb.file.f_mode & need) != 0', MAY],
  'atomic-slot': [BEGIN, 'const map = bare ? read : write', 'const map = write', MAY_CACHE],
  'retry-write': [BEGIN, 'const retries = read.type', 'const retries = write.type', MAY_CACHE],
  'cookie-kept': [BEGIN, '      srcmap.validity_cookie = COOKIE_ALWAYS_VALID;\n', '', MAY_CACHE],
  'cache-hole': [LOOKUP, '(IOMAP_ZERO | IOMAP_UNSHARE)) != 0', 'IOMAP_ZERO) != 0', MAY_CACHE],
  'cache-delalloc': [LOOKUP, 'IOMAP_DIRECT | FUSE_IOMAP_OP_WRITEBACK', 'IOMAP_DIRECT', MAY_CACHE],
  'cache-end': [LOOKUP, 'pos - map.offset < map.length', 'pos - map.offset <= map.length', MAY_CACHE],
  'inline-block': [INLINE, 'if (map.length > block_size) {', 'if (map.length >= block_size) {', MAY_CACHE],
  'inline-source': [INLINE, '(!writes || srcmap.type == IOMAP_HOLE)', 'true', MAY_CACHE],
  'inline-count': [INLINE, 'if (sent == 0) count', 'count', MAY_CACHE],
  'lowest-id': [BACKING, 'LOWEST_FREE_ID ? idr_alloc(', 'false ? idr_alloc(', MAY],
  'close-reused': [
    BACKING,
    '(fc.backing_files_map, <u32>backing_id) != at)',
    '(fc.backing_files_map, <u32>backing_id) == 0)',
    MAY,
  ],
  'may-open-char': [OPS, '(f.mode & S_IFMT) == S_IFBLK', '(f.mode & S_IFMT) != 0x8000'],
  'cursor-behind': [IDR, 'map.cursor = <u32>id + 1', 'map.cursor = <u32>id'],
  'cursor-on-remove': [IDR, '  map.live--;', '  map.live--;\n  map.cursor = id;'],
  'no-wrap': [IDR, 'if (id < 0 && first > <u32>start)', 'if (false)'],
  'leak-nodes': [
    IDR,
    '    kmem_cache_free(nodes(), changetype<usize>(child));\n  }\n  set_slot',
    '  }\n  set_slot',
  ],
  'stale-full': [IDR, '  at.full &= ~bit(slot);\n', '  if (shift == 0) at.full &= ~bit(slot);\n'],
  'padding-first': [BACKING, 'map.padding != 0, map.padding', '<u32>map.padding != 0, map.padding'],
  'close-signed': [BACKING, 'backing_id <= 0, <i64>', 'backing_id == 0, <i64>'],
  'lost-table-put': [BACKING, '  fuse_backing_put(changetype<fuse_backing>(removed));\n', ''],
  'busy-put': [
    BACKING,
    'err != 0, <i64>backing_id, ops.type)) {\n    fuse_backing_put(fb);',
    'err != 0, <i64>backing_id, ops.type)) {',
  ],
  'lookup-any-type': [BACKING, '|| changetype<fuse_backing>(at).ops != ops', ''],
  'warn-each': [BACKING, 'warned = true', 'warned = false'],
  'leak-creds': [
    BACKING,
    'kmem_cache_free(changetype<kmem_cache>(creds_block)',
    '!changetype<kmem_cache>(creds_block); void (0',
  ],
  'depth-equal': [PASS, '>= fc.max_stack_depth', '> fc.max_stack_depth'],
  'cap-after-flags': [
    PASS,
    'if (!fc.passthrough || !capable(CAP_SYS_ADMIN)) return -EPERM;\n  return flags != 0 ? -EINVAL : 0;',
    'if (flags != 0) return -EINVAL;\n  return !fc.passthrough || !capable(CAP_SYS_ADMIN) ? -EPERM : 0;',
  ],
  'error-range': [DEV, 'error <= -512', 'error < -512'],
  'error-positive': [DEV, '|| error > 0', ''],
  'unique-32': [DEV, 'header.unique != fc.reqctr, header', '<u32>header.unique != <u32>fc.reqctr, header'],
  'size-at-least': [DEV, ': payload == out_size;', ': payload >= out_size;'],
  'answer-sticks': [DEV, '    trace_next_answer();\n', ''],
  'unique-step': [DEV, 'FUSE_REQ_ID_STEP: u64 = 2', 'FUSE_REQ_ID_STEP: u64 = 1'],
  'short-copy': [DEV, 'return mapped < size', 'return mapped == 0'],
  'no-limit-flag': [SLAB, '      h.exhausted = 1;\n', ''],
  'dirty-object': [SLAB, '  memory.fill(object, 0, cache.size);\n', ''],
  'audit-decides': [TRACE, 'failed && h.audit == 0', 'failed'],
  'last-decides': [TRACE, 'if (h.decided == 0) {', 'if (true) {'],
  'mask-shared': [TRACE, 'first_masks + which * MASK_BYTES', 'first_masks'],
  'mask-narrow': [TRACE, ' + (word << 3)', ''],

  'iter-end-error': [
    ITER,
    'if (ret < 0 && done == 0 && it.status == 0) return ret;',
    'if (ret < 0) return ret;',
  ],
  'iter-stale': [ITER, '(done == 0 && !stale)', 'done == 0'],
  'iter-srcmap-limit': [ITER, 'source.type == IOMAP_HOLE ? end', 'true ? end'],
  'iter-srcmap': [ITER, 'it.srcmap.type == IOMAP_HOLE ? it.iomap', 'true ? it.iomap'],
  'dio-head-zeros': [DIO, 'if (zeroing) iomap_dio_zero', 'if (false) iomap_dio_zero'],
  'dio-tail-zeros': [DIO, 'zeroing || (dio.write != 0 && end >= dio.i_size)', 'zeroing'],
  'dio-read-cut': [DIO, 'min<i64>(dio.size, i_size - pos)', 'dio.size'],
  'dio-stale-cache': [DIO, '  invalidate_inode_pages2_range(inode, pos, pos + count);\n', ''],
  'dio-length-unaligned': [DIO, '(it.pos | length) & lbs_mask', 'it.pos & lbs_mask'],
  'dio-error-lost': [DIO, 'iomap_dio_set_error(dio, blk_finish_plug())', 'blk_finish_plug()'],
  'dio-atomic': [DIO, 'buffer_at(dio, pos), payload, atomic', 'buffer_at(dio, pos), payload, false'],
  'dio-used': [DIO, '    dio.size += bytes;\n    pos += bytes;', '    pos += bytes;'],
  'dio-atomic-again': [DIO, ' || (opflags & IOMAP_ATOMIC) != 0 ? -EAGAIN', ' ? -EAGAIN'],
  'plug-joins': [PLUG, '.error == 0 && continues(held(end - 1), held(end))', '.error != 0'],
  'file-rest': [FILE, 'inode.s_maxbytes - pos) - used', 'inode.s_maxbytes - pos)'],
  'file-nowait': [FILE, '== IOMAP_NOWAIT) return -EINVAL', '== IOMAP_NOWAIT) return -EAGAIN'],
  'file-atomic-grid': [FILE, ' || (pos & (count - 1)) != 0', ''],
  'file-same-size': [FILE, 'size <= old', 'size < old'],
  'marks-kept': [CACHE, '  inode.as_errors = 0;\n  if', '  if'],
  'marks-alike': [CACHE, 'err == -ENOSPC ? AS_ENOSPC : AS_EIO', 'AS_EIO'],
  'write-partial-tail': [BUFFERED, ' || (to > start && to < stop)', ''],
  'zero-unwritten': [BUFFERED, 'type != IOMAP_HOLE && type != IOMAP_UNWRITTEN', 'type != IOMAP_HOLE'],
  'zero-dirty-hole': [BUFFERED, '} else if (dirty) {', '} else if (false) {'],
  'unshare-any': [BUFFERED, '(it.iomap.flags & IOMAP_F_SHARED) != 0 && ', ''],
  'write-size': [BUFFERED, '      inode.i_size = it.pos + bytes;\n', ''],
  'read-past-eof': [FOLIO, ' || pos >= inode.i_size;', ';'],
  'read-bio-joins': [FOLIO, ' && bio.sector + (bio.bytes >> 9) == sector', ''],
  'read-wanted': [READ, 'min<i64>(wanted - base, size)', 'min<i64>(end - base, size)'],
  'read-nowait': [READ, '    if (nowait) return null;\n', ''],
  'readahead-unread': [READ, 'if (f) drop_folio(inode, f);', ''],
  'ioend-joins': [IOEND, ' || io.sector + <u64>(io.bytes >> 9) == iomap_sector(map, pos)', ' || true'],
  'ioend-anon-joins': [IOEND, 'anon(map) || io.sector', 'io.sector'],
  'ioend-anon-goes': [IOEND, '    error = -EIO;\n', ''],
  'ioend-flags': [IOEND, '    io.flags == flags &&\n', ''],
  'ioend-size': [IOEND, 'min<i64>(io.bytes, inode.i_size - io.pos)', 'io.bytes'],
  'writeback-boundary': [WRITEBACK, ' && pos == map.offset', ''],
  'writeback-error-kept': [WRITEBACK, 'if (err != 0) mapping_set_error(inode, err);', ''],
  'writeback-no-memory': [WRITEBACK, 'while (err == -ENOMEM)', 'while (false)'],
  'writeback-tail': [WRITEBACK, 'if (in_file < folio_bytes(inode)) {', 'if (false) {'],
  'fiemap-last': [FIEMAP, 'held, FIEMAP_EXTENT_LAST)', 'held, 0)'],
  'fiemap-full': [FIEMAP, 'if (room != 0 && count == room) full = true;', ''],
  'seek-hole': [FIEMAP, '(type == IOMAP_HOLE) != data', '(type == IOMAP_HOLE) == data'],
  'seek-no-hole': [FIEMAP, 'if (!data && found == end) found = -1;', ''],
  'bmap-unit': [FIEMAP, ' >> (inode.i_blkbits - 9)', ''],
};
