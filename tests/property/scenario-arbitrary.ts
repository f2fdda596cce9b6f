// SPDX-License-Identifier: MIT
/**
 * Valid scenario documents of every kind, in every spelling an author may use: integers as numbers, decimal, hex
 * or with a suffix, names, defaults written out or left out, keys in any order.
 */
import fc from 'fast-check';
import { CHECK_IDS } from '#engine/kernel/checks.ts';
import { ERRNO } from '#engine/kernel/errno.ts';
import {
  FIEMAP_EXTENT,
  FUSE_BACKING_TYPE,
  FUSE_DEV_IOC,
  FUSE_IOMAP_F,
  FUSE_IOMAP_IOEND,
  FUSE_IOMAP_TYPE,
  FUSE_OPCODE,
  IOMAP_F,
  IOMAP_OP,
  IOMAP_TYPE,
} from '#engine/kernel/names.ts';
import type { JsonValue } from '#engine/scenario/json.ts';
import { REVISIONS } from '#engine/kernel/features.ts';
import { deviceFields, ioExpectation, ioSteps, type Leaves } from './io-arbitrary.ts';

type Json = JsonValue;
type Fields = Record<string, fc.Arbitrary<Json>>;

const U64 = 0xffff_ffff_ffff_ffffn;
const S64 = 0x7fff_ffff_ffff_ffffn;
const SUFFIX: [string, bigint][] = [
  ['K', 10n],
  ['M', 20n],
  ['G', 30n],
  ['T', 40n],
  ['P', 50n],
  ['e', 60n],
];

/** The ways to write an integer. */
function spellings(value: bigint): Json[] {
  const minus = value < 0n ? '-' : '';
  const size = value < 0n ? -value : value;
  const hex = `${minus}0x${size.toString(16)}`;
  const short = SUFFIX.filter(([, bits]) => size !== 0n && (size >> bits) << bits === size).map(
    ([letter, bits]) => `${minus}${size >> bits}${letter}`,
  );
  return [value, value.toString(), hex, hex.toUpperCase().replace('X', 'x'), ...short];
}

function int(min: bigint, max: bigint): fc.Arbitrary<Json> {
  const edges = [min, max, 0n, 1n, 4096n, 4097n, 1n << 32n, 1n << 53n, (1n << 53n) + 1n, S64, U64 - 1n];
  const inside = edges.filter((edge) => edge >= min && edge <= max);
  const value = fc.oneof(fc.bigInt({ min, max }), fc.constantFrom(...inside));
  return value.chain((number) => fc.constantFrom(...spellings(number)));
}

const u64 = int(0n, U64);
const u32 = int(0n, 0xffff_ffffn);
const loff = int(0n, S64);
const blockSize = fc.nat(7).chain((n) => fc.constantFrom(...spellings(512n << BigInt(n))));
const word = (...words: string[]): fc.Arbitrary<Json> => fc.constantFrom(...words);
const named = (table: object, max: bigint) => fc.oneof(word(...Object.keys(table)), int(0n, max));
const flags = (table: object, max: bigint) =>
  fc.oneof(fc.array(named(table, max), { maxLength: 4 }), named(table, max)) as fc.Arbitrary<Json>;
const errno: fc.Arbitrary<Json> = fc.oneof(
  word('-EUCLEAN', ...Object.keys(ERRNO).map((name) => `-${name}`)),
  int(-600n, 600n),
);
const written = fc.oneof(errno, int(-S64 - 1n, S64));
const hexBytes = fc
  .uint8Array({ maxLength: 80 })
  .map((bytes): Json => Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join(' '));
const line = (maxLength: number) => fc.string({ maxLength, unit: 'grapheme' }) as fc.Arbitrary<Json>;

/** An object with any subset of `fields` besides `needed`, in any order. */
function some(fields: Fields, needed: Fields = {}): fc.Arbitrary<Record<string, Json>> {
  const all = { ...needed, ...fields };
  return fc
    .record(all, { requiredKeys: Object.keys(needed) })
    .chain((object) =>
      fc
        .shuffledSubarray(Object.keys(object), { minLength: Object.keys(object).length })
        .map((keys) => Object.fromEntries(keys.map((key) => [key, object[key] as Json]))),
    );
}

const capabilities = fc.array(word('CAP_SYS_ADMIN', 'CAP_SYS_RAWIO'), { maxLength: 3 }) as fc.Arbitrary<Json>;
const mapping: Fields = {
  offset: u64,
  length: u64,
  addr: fc.oneof(word('NULL_ADDR'), u64),
  type: named(FUSE_IOMAP_TYPE, 0xffffn),
  flags: flags(FUSE_IOMAP_F, 0xffffn),
  dev: fc.oneof(word('DEV_NULL'), u32),
};
const rawReply: fc.Arbitrary<Json>[] = [
  some({ unique: u64 }, { error: errno }),
  some({}, { hex: hexBytes }),
  some({ unique: u64 }, { payload: hexBytes }),
];
const beginReply = fc.oneof(
  some({ read: some(mapping), write: some(mapping), unique: u64 }),
  ...rawReply,
) as fc.Arbitrary<Json>;
/** An answer to a FUSE_READ or FUSE_WRITE of inline data. */
const transfer = fc.oneof(int(0n, 9000n), word('-EIO', '-ENOSYS'));
const endReply = fc.oneof(fc.constant<Json>(0n), ...rawReply);

const leavesOf = (devices: string[]): Leaves => ({
  some,
  int,
  hexBytes,
  errno,
  written,
  mapping,
  flags,
  tables: { op: IOMAP_OP, ioend: FUSE_IOMAP_IOEND, extent: FIEMAP_EXTENT, opcode: FUSE_OPCODE },
  devices,
});

function expectation(devices: string[]): fc.Arbitrary<Json> {
  const device = fc.constantFrom<Json>(null, ...devices);
  const iomap = iomapFields(devices);
  const request: Fields = {
    opcode: u32,
    nodeid: u64,
    unique: u64,
    opflags: flags(IOMAP_OP, 0xffff_ffffn),
    attr_ino: u64,
    pos: u64,
    count: u64,
  };
  const entry = fc.option(
    some({ type: word('PASSTHROUGH', 'IOMAP'), refs: u32, device }),
  ) as fc.Arbitrary<Json>;
  const id = fc.integer({ min: 1, max: 0xffff_ffff }).map(String);
  const { offset, length, addr } = iomap;
  const bounds = some({
    ret: written,
    iomap: some({ offset: offset!, length: length!, addr: addr! }),
    table: some({ live: u32, cursor: u32 }),
    requests: u32,
    size: loff,
  });
  const fields: Fields = {
    ret: fc.oneof(written, word('waiting', 'retry-cache', 'not-called', 'oops')),
    check: fc.constantFrom<Json>(null, ...CHECK_IDS.slice(1)),
    which: word('read', 'write'),
    iomap: fc.option(some(iomap)) as fc.Arbitrary<Json>,
    srcmap: fc.option(some(iomap)) as fc.Arbitrary<Json>,
    request: some(request),
    sent: fc.boolean(),
    message: some({ ...request, written, map: some(mapping) }),
    table: some({
      live: u32,
      cursor: u32,
      entries: fc.dictionary(id, entry, { maxKeys: 3 }) as fc.Arbitrary<Json>,
    }),
    ...ioExpectation(leavesOf(devices)),
  };
  return some({
    ...fields,
    atLeast: bounds,
    atMost: bounds,
    not: some({ ret: fields['ret']!, data: fields['data']! }),
  });
}

function iomapFields(devices: string[]): Fields {
  const { offset, length, addr } = mapping as { offset: typeof u64; length: typeof u64; addr: typeof u64 };
  const bdev = fc.constantFrom<Json>(null, ...devices);
  return { offset, length, addr, type: named(IOMAP_TYPE, 0xffffn), flags: flags(IOMAP_F, 0xffffn), bdev };
}

function step(devices: string[], inodes: string[]): fc.Arbitrary<Record<string, Json>> {
  // Its values are those of `expect`: a few are enough, and documents stay small.
  const few = some({ ret: written, iomap: some(iomapFields(devices)) });
  const common: Fields = {
    times: fc.oneof({ weight: 3, arbitrary: fc.constant<Json>(1n) }, int(1n, 4n)),
    caller: some({ capabilities }),
    note: line(40),
    expect: expectation(devices),
    expectOn: fc.dictionary(fc.constantFrom(...REVISIONS), few, { maxKeys: 1 }) as fc.Arbitrary<Json>,
  };
  const i32 = int(-0x8000_0000n, 0x7fff_ffffn);
  const id = int(-0x8000_0000n, 0xffff_ffffn);
  // Stands for "one of the steps that fit"; `pointBack` makes it an index or drops it.
  const of = fc.nat().map(BigInt);
  const one = (name: string, fields: Fields, needed: Fields = {}) =>
    some({ ...fields, ...common }, { do: fc.constant<Json>(name), ...needed });
  return fc.oneof(
    one('backing_open', {
      fd: i32,
      type: named(FUSE_BACKING_TYPE, 0xffn),
      flags: int(0n, 0xff_ffffn).chain(() => fc.nat(0xff_ffff).map((bits): Json => BigInt(bits) << 8n)),
      padding: u64,
      allocation: word('fail'),
    }),
    one('backing_close', { id }),
    one(
      'ioctl',
      { arg: hexBytes, copy: word('fault'), connection: fc.boolean() },
      { cmd: fc.oneof(word(...Object.keys(FUSE_DEV_IOC)), int(0n, 0xffffn)) },
    ),
    one('passthrough_open', { id, inode: fc.constantFrom<Json>(...inodes) }),
    one('passthrough_release', { of }),
    one('iomap_begin', {
      inode: fc.constantFrom<Json>(...inodes),
      op: flags(IOMAP_OP, 0xffff_ffffn),
      pos: loff,
      count: loff,
      reply: beginReply,
      signal: fc.boolean(),
      inlineRead: transfer,
    }),
    one('iomap_end', {
      of,
      op: flags(IOMAP_OP, 0xffff_ffffn),
      pos: loff,
      count: loff,
      written,
      iomap: some(iomapFields(devices)),
      reply: endReply,
      inlineWrites: fc.array(transfer, { maxLength: 3 }) as fc.Arbitrary<Json>,
    }),
    one('unmount', {}),
    one('umount', { how: word('plain', 'force', 'lazy') }),
    one('close_dev', {}),
    ...ioSteps(leavesOf(devices), inodes).map(([name, fields]) => one(name, fields)),
  );
}

const TARGET: Readonly<Record<string, string>> = {
  passthrough_release: 'passthrough_open',
  iomap_end: 'iomap_begin',
};

/** Makes each `of` the index of an earlier step of the right kind, or drops it if there is none. */
function pointBack(steps: Record<string, Json>[]): Json[] {
  return steps.map((entry, i) => {
    const { of, ...rest } = entry;
    if (typeof of !== 'bigint') return entry;
    const fit = steps
      .slice(0, i)
      .flatMap((other, j) => (other['do'] === TARGET[String(entry['do'])] ? [j] : []));
    return fit.length === 0 ? rest : { ...entry, of: BigInt(fit[Number(of % BigInt(fit.length))]!) };
  });
}

const name = fc
  .stringMatching(/^[A-Za-z_][A-Za-z0-9_.-]{0,8}$/)
  .filter((word) => !(word in Object.prototype));
const names = fc.uniqueArray(name, { minLength: 1, maxLength: 4 });

function named_(keys: string[], value: fc.Arbitrary<Json>): fc.Arbitrary<Json> {
  return fc
    .tuple(...keys.map(() => value))
    .map((values) => Object.fromEntries(keys.map((key, i) => [key, values[i]!])));
}

function fd(devices: string[]): fc.Arbitrary<Json> {
  const closed = word('reg', 'dir', 'chr', 'none', 'no-rw-iter', 'mid-stack', 'deep-stack');
  const device = fc.constantFrom<Json>(...devices);
  return fc.oneof(
    some({}, { kind: fc.oneof(closed, word('reg-path', 'dir-path')) }),
    some({}, { kind: word('blk', 'deep-blk', 'blk-path'), device }),
    some({ access: word('rw', 'r', 'w', 'none') }, { kind: word('blk'), device }),
  );
}

const forkOf = fc.oneof(word('nofork'), fc.constant<Json>(null), some(mapping)) as fc.Arbitrary<Json>;
const forks = { read: forkOf, write: forkOf };

/** What the mapping cache of an inode holds, and where its bytes are: extents that do not overlap, of 4 KiB blocks. */
const inodeState: Fields = {
  cache: some({ ...forks, after: some(forks) }),
  extents: fc
    .array(fc.record({ hole: fc.nat(3), blocks: fc.integer({ min: 1, max: 9 }), shared: fc.boolean() }), {
      maxLength: 3,
    })
    .map((rows): Json => {
      let at = 0;
      return rows.map(({ hole, blocks, shared }) => {
        const from = at + hole;
        at = from + blocks;
        return {
          offset: BigInt(from) << 12n,
          length: BigInt(blocks) << 12n,
          addr: BigInt(from) << 12n,
          ...(shared ? { flags: ['SHARED'] } : {}),
        };
      });
    }),
  allocates: word('unwritten', 'never'),
  copyOnWrite: word('shared', 'always'),
};

/** `show` as an index of a step; dropped where there is none. */
function pointToShown({ show, ...rest }: Record<string, Json>): Record<string, Json> {
  const count = (rest['steps'] as Json[]).length;
  return show === undefined || count === 0 ? rest : { ...rest, show: (show as bigint) % BigInt(count) };
}

/** With extents an ioend that leaves its reply out is answered as by 0, which is how a card writes it. */
function withIoendReplies(document: Record<string, Json>): Record<string, Json> {
  const inodes = Object.values((document['inodes'] ?? {}) as Record<string, Record<string, Json>>);
  if (!inodes.some((inode) => 'extents' in inode)) return document;
  const steps = (document['steps'] as Record<string, Json>[]).map((step) =>
    step['do'] === 'iomap_ioend' ? { reply: 0n, ...step } : step,
  );
  return { ...document, steps };
}

/** Whole documents, as `parseDocument(text).value` returns them: integers are bigint. At most `maxSteps` steps. */
export function scenarioDocument({ maxSteps = 8 } = {}): fc.Arbitrary<Record<string, Json>> {
  return fc
    .record({ devices: fc.option(names, { nil: undefined }), inodes: fc.option(names, { nil: undefined }) })
    .chain(({ devices, inodes }) => {
      const bdevs = devices ?? ['vda'];
      const device = some({
        size: fc
          .integer({ min: 1, max: 1 << 30 })
          .chain((n) => fc.constantFrom(...spellings(BigInt(n) * 512n))),
        logicalBlockSize: blockSize,
        ...deviceFields({ some, int, hexBytes }),
      });
      const inode = some({
        ino: u64,
        nodeid: u64,
        blockSize,
        size: loff,
        caches: fc.boolean() as fc.Arbitrary<Json>,
        ...inodeState,
      });
      const fdKey = fc.integer({ min: 0, max: 0x7fff_ffff }).map(String);
      const flag = fc.boolean() as fc.Arbitrary<Json>;
      const config = some({ FUSE_IOMAP: flag, FUSE_PASSTHROUGH: flag, FUSE_IOMAP_DEBUG: flag });
      const steps = fc
        .array(step(bdevs, inodes ?? ['a']), { maxLength: maxSteps })
        .map((all): Json => pointBack(all));
      return some(
        {
          title: line(60),
          notes: line(200),
          kernel: some({ revision: word(...REVISIONS), config }),
          connection: some({
            iomap: flag,
            passthrough: flag,
            capabilities,
            maxStackDepth: int(0n, 2n),
            iomapInodes: int(0n, S64),
          }),
          fds: fc.dictionary(fdKey, fd(bdevs), { maxKeys: 4 }) as fc.Arbitrary<Json>,
          superblock: some({ bdev: fc.constantFrom<Json>(null, ...bdevs), maxBytes: loff }),
          show: fc.nat().map((pick): Json => BigInt(pick)),
        },
        {
          format: fc.constant<Json>(1n),
          steps,
          ...(devices ? { devices: named_(devices, device) } : {}),
          ...(inodes ? { inodes: named_(inodes, inode) } : {}),
        },
      )
        .map(pointToShown)
        .map(withIoendReplies);
    });
}
