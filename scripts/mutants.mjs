// SPDX-License-Identifier: MIT
// `npm run mutants [-- NAME…]`: breaks the core in small ways, one at a time, and sees whether the tests of the
// core notice. A mutant that survives is a test that is missing. Works on a copy of assembly/; takes minutes.
import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import asc from 'assemblyscript/asc';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const OUT = 'build/mutants';
/** Quick ones first: the others are asked only if those noticed nothing. */
const STAGES = [
  ['tests/unit/facts-begin', 'tests/unit/facts-end', 'tests/unit/facts-transport'],
  ['tests/unit/facts-table', 'tests/property/core-table'],
  ['tests/property/core-begin'],
];

const [BEGIN, END, CONVERT, BACKING, IDR, DEV, PASS, SLAB, TRACE, OPS] = [
  'fs/fuse/file_iomap.ts',
  'fs/fuse/file_iomap_end.ts',
  'fs/fuse/file_iomap_convert.ts',
  'fs/fuse/backing.ts',
  'lib/idr.ts',
  'fs/fuse/dev.ts',
  'fs/fuse/passthrough.ts',
  'mm/slab.ts',
  'trace.ts',
  'fs/fuse/file_iomap_ops.ts',
];

/** @type {Record<string, [file: string, from: string, to: string]>} */
const MUTANTS = {
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
  'dev-max': [BEGIN, 'DEV_MAX: u32 = 0x7fff_ffff', 'DEV_MAX: u32 = 0x8000_0002'],
  'no-overflow': ['lib/overflow.ts', 'a + b < a', 'a + b < a && a + b != 0'],
  alignment: [
    'lib/overflow.ts',
    '(value & (size - 1)) == 0',
    '(<u32>value & (<u32>size - 1)) == 0 && value < (1 << 62)',
  ],
  'write-always': [BEGIN, 'fuse_iomap_is_file_write(opflags) && write.type', 'write.type'],
  'lost-read-put': [BEGIN, '        fuse_backing_put(read_fb);\n', ''],
  'lost-write-put': [BEGIN, '    fuse_backing_put(write_fb);\n', ''],
  'srcmap-swapped': [BEGIN, 'to, write_fb, write', 'to, read_fb, write'],
  'audit-always': [BEGIN, 'if (HAS_IOMAP_DEVICES && auditing())', 'if (HAS_IOMAP_DEVICES)'],
  'audit-range': [BEGIN, 'if (!spoilt(Check.ADDR_FORBIDDEN, which)) {', '{'],
  'op-zero': [CONVERT, 'FUSE_IOMAP_OP_WRITE | FUSE_IOMAP_OP_ZERO |', 'FUSE_IOMAP_OP_WRITE |'],
  'flag-boundary': [
    CONVERT,
    'moved(flags, FUSE_IOMAP_F_BOUNDARY, IOMAP_F_BOUNDARY)',
    '(flags & FUSE_IOMAP_F_BOUNDARY)',
  ],
  'type-to-server': [CONVERT, 'type <= IOMAP_INLINE ?', 'type < IOMAP_INLINE ?'],
  'end-fixed': [END, '(map.flags & FUSE_IOMAP_F_WANT_IOMAP_END)', '(map.flags & 0x1000)'],
  'end-short-equal': [END, 'written < count', 'written <= count'],
  'end-unsigned': [END, 'const short = written < count', 'const short = <u64>written < <u64>count'],
  'end-enosys': [END, 'err == -ENOSYS', 'err == -1'],
  'end-addr': [END, 'if (END_HAS_ADDR) return', 'if (!END_HAS_ADDR) return'],
  'id-end': [OPS, 'FUSE_IOMAP_ID_END: i32 = 1025', 'FUSE_IOMAP_ID_END: i32 = 1024'],
  'may-close': [OPS, 'return -EBUSY', 'return 0'],
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
  'size-at-least': [DEV, 'payload != out_size, bytes', 'payload < out_size, bytes'],
  'answer-sticks': [DEV, '    trace_next_answer();\n', ''],
  'unique-step': [DEV, 'FUSE_REQ_ID_STEP: u64 = 2', 'FUSE_REQ_ID_STEP: u64 = 1'],
  'short-copy': [DEV, 'return mapped < size', 'return mapped == 0'],
  'no-limit-flag': [SLAB, '      h.exhausted = 1;\n', ''],
  'dirty-object': [SLAB, '  memory.fill(object, 0, cache.size);\n', ''],
  'audit-decides': [TRACE, 'failed && h.audit == 0', 'failed'],
  'last-decides': [TRACE, 'if (h.decided == 0) {', 'if (true) {'],
  'mask-shared': [TRACE, ' + ((<usize>what >> 16) << 3)', ''],
};

/** @param {string} name */
async function build(name) {
  const [file, from, to] = /** @type {[string, string, string]} */ (MUTANTS[name]);
  const folder = join(ROOT, OUT, name);
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  cpSync(join(ROOT, 'assembly'), join(folder, 'assembly'), { recursive: true });
  const path = join(folder, 'assembly', file);
  const text = readFileSync(path, 'utf8');
  if (text.split(from).length !== 2) return `${file} does not have "${from}" once`;
  writeFileSync(
    path,
    text.replace(from, () => to),
  );
  for (const trace of [0, 1]) {
    const out = `${OUT}/${name}/v6-04.${trace ? 'trace' : 'fast'}.wasm`;
    const uses = ['--use', 'ASC_REVISION=4', '--use', `ASC_TRACE=${trace}`];
    const entry = `${OUT}/${name}/assembly/index.ts`;
    const args = [entry, '--config', 'asconfig.json', '--outFile', out, ...uses, '--baseDir', ROOT];
    const { error, stderr } = await asc.main(args);
    if (error) return `does not compile: ${stderr.toString()}`;
  }
  return null;
}

/**
 * The first test that fails with this core; null if none does.
 * @param {string} name
 */
function noticed(name) {
  for (const tests of STAGES) {
    const { status, stdout } = spawnSync('npx', ['vitest', 'run', '--bail=1', '--reporter=json', ...tests], {
      cwd: ROOT,
      env: { ...process.env, IOMAP_CORE_DIR: join(ROOT, OUT, name) },
      encoding: 'utf8',
      maxBuffer: 2 ** 28,
    });
    if (status !== 0) {
      return /"status":"failed","title":"(.*?)"/.exec(stdout)?.[1] ?? 'a test file that failed to run';
    }
  }
  return null;
}

let survived = 0;
const asked = process.argv.slice(2);
for (const name of asked.length > 0 ? asked : Object.keys(MUTANTS)) {
  if (!Object.hasOwn(MUTANTS, name))
    throw new Error(`no mutant ${name}; there are: ${Object.keys(MUTANTS).join(' ')}`);
  const broken = await build(name);
  if (broken !== null) {
    survived++;
    console.log(`${name}: cannot be made: ${broken}`);
    continue;
  }
  const test = noticed(name);
  if (test === null) survived++;
  console.log(test === null ? `${name}: SURVIVED` : `${name}: noticed by "${test}"`);
}
console.log(`${survived} survived`);
process.exitCode = survived === 0 ? 0 : 1;
