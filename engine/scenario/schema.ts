// SPDX-License-Identifier: GPL-2.0-only
import * as v from 'valibot';
import {
  FUSE_BACKING_TYPE,
  FUSE_DEV_IOC,
  FUSE_IOMAP_F,
  FUSE_IOMAP_TYPE,
  IOMAP_F,
  IOMAP_OP,
  IOMAP_TYPE,
  NULL_ADDR,
} from '../kernel/names.ts';
import {
  S64_MAX,
  U32_MAX,
  errno,
  flags,
  hex,
  integer,
  key,
  loff,
  named,
  small,
  u32,
  u64,
  written,
} from './values.ts';

/**
 * Scenario format 1: one schema for the TypeScript types, the validation and the editor's JSON Schema.
 *
 * The format only grows. Defaults are part of it: what a scenario leaves out means the same for ever.
 */

export const FORMAT = 1;
export const CAPS = {
  steps: 10_000,
  /** Executions after `times` is multiplied out. */
  executions: 20_000,
  devices: 1_100,
  fds: 2_200,
  inodes: 64,
  titleChars: 200,
  notesChars: 20_000,
} as const;

const described = <S extends v.GenericSchema>(schema: S, text: string) => v.pipe(schema, v.description(text));

// ---- the machine ------------------------------------------------------------------------------------------

const capability = v.picklist(['CAP_SYS_ADMIN', 'CAP_SYS_RAWIO']);
const capabilities = v.pipe(v.array(capability), v.maxLength(8));

export const revision = v.picklist(['v6-04']);

const kernel = v.strictObject({
  revision: described(
    v.optional(revision, 'v6-04'),
    'The revision of the patch series the core is built from.',
  ),
  config: v.optional(
    v.strictObject({
      FUSE_IOMAP: described(v.optional(v.boolean(), true), 'CONFIG_FUSE_IOMAP.'),
      FUSE_PASSTHROUGH: described(v.optional(v.boolean(), true), 'CONFIG_FUSE_PASSTHROUGH.'),
      FUSE_IOMAP_DEBUG: described(
        v.optional(v.boolean(), true),
        'CONFIG_FUSE_IOMAP_DEBUG: a refused mapping also prints a WARN. It never changes a verdict.',
      ),
    }),
    {},
  ),
});

const connection = v.strictObject({
  iomap: described(v.optional(v.boolean(), true), 'FUSE_INIT negotiated iomap (fc->iomap).'),
  passthrough: described(
    v.optional(v.boolean(), true),
    'FUSE_INIT negotiated passthrough (fc->passthrough).',
  ),
  capabilities: described(
    v.optional(capabilities, ['CAP_SYS_ADMIN', 'CAP_SYS_RAWIO']),
    'Capabilities of the server process. A step can name its own caller.',
  ),
  maxStackDepth: v.optional(
    small({
      min: 0n,
      max: 2n,
      description: 'fc->max_stack_depth: how deep a passthrough backing may be stacked.',
    }),
    2n,
  ),
});

const logicalBlockSize = v.pipe(
  small({ min: 512n, max: 65_536n, description: 'Logical block size in bytes.' }),
  v.check((size) => (size & (size - 1)) === 0, 'expected a power of two from 512 to 65536'),
);

const device = v.strictObject({
  size: v.optional(
    v.pipe(
      integer({ min: 512n, max: 0x7fff_ffff_ffff_fe00n, description: 'Size in bytes, a multiple of 512.' }),
      v.check((size) => size % 512n === 0n, 'expected a multiple of 512'),
    ),
    '16M',
  ),
  logicalBlockSize: v.optional(logicalBlockSize, 512n),
});

/** What a file descriptor of the server refers to; kinds as in the golden vectors. */
const fd = v.variant('kind', [
  v.strictObject({
    kind: v.picklist(['blk', 'deep-blk']),
    device: described(key, 'The device that this block special file opens.'),
  }),
  v.strictObject({
    kind: v.picklist(['reg', 'dir', 'chr', 'none', 'no-rw-iter', 'mid-stack', 'deep-stack']),
  }),
]);

const superblock = v.strictObject({
  bdev: described(
    v.optional(v.nullable(key), null),
    "The superblock's own block device, if it has one (fuseblk).",
  ),
  maxBytes: v.optional(
    integer({ min: 0n, max: S64_MAX, description: 's_maxbytes: no mapping may start at or past it.' }),
    '0x7fffffffffffffff',
  ),
});

const inode = v.strictObject({
  ino: v.optional(u64('attr_ino in requests: the inode number that users see.')),
  nodeid: v.optional(u64("The node id in a request's header. Left out, it equals ino.")),
  blockSize: v.optional(
    v.pipe(
      small({ min: 512n, max: 65_536n, description: 'i_blocksize in bytes.' }),
      v.check((size) => (size & (size - 1)) === 0, 'expected a power of two from 512 to 65536'),
    ),
    4096n,
  ),
  size: v.optional(loff('File size in bytes.'), '64K'),
});

// ---- replies ----------------------------------------------------------------------------------------------

const mapping = v.strictObject({
  offset: v.optional(u64('File offset in bytes where the mapping starts.'), 0n),
  length: v.optional(u64('Length of the mapping in bytes.'), 0n),
  addr: v.optional(u64('Byte address on the device, or NULL_ADDR.', { NULL_ADDR }), 0n),
  type: v.optional(named(FUSE_IOMAP_TYPE, 0xffff, 'FUSE_IOMAP_TYPE_*, or a raw u16.'), 0n),
  flags: v.optional(flags(FUSE_IOMAP_F, 0xffff, 'FUSE_IOMAP_F_*, names or raw bits of a u16.'), []),
  dev: v.optional(u32('Backing id of the device, or DEV_NULL.', { DEV_NULL: 0n }), 0n),
});

const hexReply = v.strictObject({
  hex: hex(65_536, 'The bytes of the whole answer, fuse_out_header included; any length.'),
});
const errorReply = v.strictObject({
  error: errno('The error of the fuse_out_header. The kernel takes only -511 to 0 from a server.'),
});
const mapReply = v.strictObject({
  read: described(v.optional(mapping, {}), 'The read mapping. A field left out is 0.'),
  write: described(
    v.optional(mapping),
    'The write mapping. Left out, libfuse makes a pure overwrite of read; {} is the zeroed slot.',
  ),
});
const beginReply = v.union([hexReply, errorReply, mapReply]);
const endReply = v.union([v.pipe(v.literal(0n), v.transform(Number)), hexReply, errorReply]);

// ---- expectations -----------------------------------------------------------------------------------------

/** `waiting`: no answer was taken, the caller still sleeps. `not-called`: the kernel never got there. */
const ret = v.union([
  v.picklist(['waiting', 'not-called']),
  written('The return value, as a number or -ERRNO.'),
]);

const iomapType = named(IOMAP_TYPE, 0xffff, 'IOMAP_*, the kernel side type.');
const iomapFlags = flags(IOMAP_F, 0xffff, 'IOMAP_F_*, the kernel side flags.');
const bdevName = v.nullable(key);

const iomapFields = v.strictObject({
  offset: v.optional(u64('File offset in bytes.')),
  length: v.optional(u64('Length in bytes.')),
  addr: v.optional(u64('Device address in bytes, or NULL_ADDR.', { NULL_ADDR })),
  type: v.optional(iomapType),
  flags: v.optional(iomapFlags),
  bdev: described(v.optional(bdevName), 'The device, by its name in this scenario, or null.'),
});

const requestFields = v.strictObject({
  opcode: v.optional(u32('FUSE_* opcode.')),
  nodeid: v.optional(u64('Node id.')),
  unique: v.optional(u64('Request id.')),
  opflags: v.optional(flags(IOMAP_OP, U32_MAX, 'FUSE_IOMAP_OP_* as sent.')),
  attr_ino: v.optional(u64('Inode number.')),
  pos: v.optional(u64('Byte position.')),
  count: v.optional(u64('Byte count.')),
});

const wireMapping = v.strictObject({
  offset: v.optional(u64('File offset in bytes.')),
  length: v.optional(u64('Length in bytes.')),
  addr: v.optional(u64('Device address in bytes, or NULL_ADDR.', { NULL_ADDR })),
  type: v.optional(named(FUSE_IOMAP_TYPE, 0xffff, 'FUSE_IOMAP_TYPE_*.')),
  flags: v.optional(flags(FUSE_IOMAP_F, 0xffff, 'FUSE_IOMAP_F_*.')),
  dev: v.optional(u32('Backing id.', { DEV_NULL: 0n })),
});

const tableEntry = v.strictObject({
  type: v.optional(v.picklist(['PASSTHROUGH', 'IOMAP'])),
  refs: v.optional(u32('Reference count.')),
  device: described(v.optional(bdevName), 'Device name, or null for an entry without one.'),
});

const table = v.strictObject({
  live: v.optional(u32('Number of live ids.')),
  cursor: v.optional(u32('The IDR cursor: where the next search begins.')),
  entries: described(
    v.optional(
      v.record(v.pipe(v.string(), v.regex(/^[1-9][0-9]{0,9}$/, 'expected an id')), v.nullable(tableEntry)),
    ),
    'By id; null says that the id is free.',
  ),
});

const expectation = v.strictObject({
  ret: v.optional(ret),
  check: described(
    v.optional(v.nullable(v.pipe(v.string(), v.regex(/^[a-z][a-z-]*$/, 'expected the name of a check')))),
    'The check that decided, or null if none refused.',
  ),
  which: described(v.optional(v.picklist(['read', 'write'])), 'The mapping that the check refused.'),
  iomap: described(v.optional(v.nullable(iomapFields)), 'The iomap after the call; null = untouched.'),
  srcmap: described(v.optional(v.nullable(iomapFields)), 'The srcmap after the call; null = untouched.'),
  request: v.optional(requestFields),
  sent: described(v.optional(v.boolean()), 'Whether a request was sent to the server.'),
  message: described(
    v.optional(
      v.strictObject({
        ...requestFields.entries,
        written: v.optional(written('Bytes done, or -ERRNO.')),
        map: v.optional(wireMapping),
      }),
    ),
    'Fields of struct fuse_iomap_end_in.',
  ),
  table: v.optional(table),
});

// ---- steps ------------------------------------------------------------------------------------------------

const common = {
  times: v.optional(small({ min: 1n, max: 10_000n, description: 'How many times the step runs.' }), 1n),
  caller: described(
    v.optional(v.strictObject({ capabilities: v.optional(capabilities, []) })),
    'Who calls, if not the server process of `connection`.',
  ),
  note: described(v.optional(v.pipe(v.string(), v.maxLength(500))), 'A remark shown with the step.'),
  expect: v.optional(expectation),
};

const inodeName = described(v.optional(key), 'The inode; the first one if left out.');
const opFlags = v.optional(flags(IOMAP_OP, U32_MAX, 'IOMAP_* op flags, names or raw bits.'), []);
const stepIndex = small({
  min: 0n,
  max: BigInt(CAPS.steps),
  description: 'Index into steps, the first is 0.',
});

const backingOpen = v.strictObject({
  do: v.literal('backing_open'),
  fd: v.optional(
    small({ min: -0x8000_0000n, max: 0x7fff_ffffn, description: "The server's descriptor." }),
    3n,
  ),
  type: v.optional(named(FUSE_BACKING_TYPE, 0xff, 'Low 8 bits of fuse_backing_map.flags.'), 'IOMAP'),
  flags: v.optional(
    v.pipe(
      u32('The other 24 bits of fuse_backing_map.flags.'),
      v.check((bits) => (bits & 0xff) === 0, 'expected a multiple of 0x100; the low 8 bits are `type`'),
    ),
    0n,
  ),
  padding: v.optional(u64('fuse_backing_map.padding.'), 0n),
  allocation: described(
    v.optional(v.picklist(['fail'])),
    'Makes the allocation of struct fuse_backing fail, as under memory pressure.',
  ),
  ...common,
});

const backingClose = v.strictObject({
  do: v.literal('backing_close'),
  id: v.optional(
    small({ min: -0x8000_0000n, max: BigInt(U32_MAX), description: 'The id, a u32 read as int.' }),
    1n,
  ),
  ...common,
});

const ioctl = v.strictObject({
  do: v.literal('ioctl'),
  cmd: named(FUSE_DEV_IOC, U32_MAX, 'Command number, or FUSE_DEV_IOC_BACKING_OPEN / _CLOSE.'),
  arg: described(
    v.optional(hex(4096, 'The bytes at the argument pointer; what lies behind them is unmapped.')),
    'The bytes at the argument pointer.',
  ),
  copy: described(v.optional(v.picklist(['fault'])), 'The argument pointer faults.'),
  connection: described(v.optional(v.boolean(), true), 'false: the /dev/fuse file has no connection.'),
  ...common,
});

const passthroughOpen = v.strictObject({
  do: v.literal('passthrough_open'),
  id: v.optional(
    small({ min: -0x8000_0000n, max: BigInt(U32_MAX), description: 'backing_id of the open reply.' }),
    1n,
  ),
  ...common,
});

const passthroughRelease = v.strictObject({
  do: v.literal('passthrough_release'),
  of: described(v.optional(stepIndex), 'The passthrough_open to release; the latest still open if left out.'),
  ...common,
});

const iomapBegin = v.strictObject({
  do: v.literal('iomap_begin'),
  inode: inodeName,
  op: opFlags,
  pos: v.optional(loff('Byte position in the file.'), 0n),
  count: v.optional(loff('Byte count asked for.'), 4096n),
  reply: v.optional(beginReply, {}),
  ...common,
});

const iomapEnd = v.strictObject({
  do: v.literal('iomap_end'),
  of: described(v.optional(stepIndex), 'The iomap_begin that ends; the last accepted one if left out.'),
  op: v.optional(flags(IOMAP_OP, U32_MAX, "Op flags; the begin's if left out.")),
  pos: v.optional(loff("Byte position; the begin's if left out.")),
  count: v.optional(loff('Bytes that were available; if left out, what iomap_length gives.')),
  written: v.optional(written('Bytes done, or -ERRNO; if left out, all of count.')),
  iomap: described(v.optional(iomapFields), "Overrides fields of the kernel's struct iomap before the call."),
  reply: v.optional(endReply, 0n),
  ...common,
});

const unmount = v.strictObject({ do: v.literal('unmount'), ...common });

export const stepSchema = v.variant('do', [
  backingOpen,
  backingClose,
  ioctl,
  passthroughOpen,
  passthroughRelease,
  iomapBegin,
  iomapEnd,
  unmount,
]);

// ---- the document -----------------------------------------------------------------------------------------

export const scenarioSchema = v.strictObject({
  format: described(v.pipe(v.literal(BigInt(FORMAT)), v.transform(Number)), 'The scenario format: 1.'),
  title: described(v.optional(v.pipe(v.string(), v.maxLength(CAPS.titleChars)), ''), 'One line.'),
  notes: described(v.optional(v.pipe(v.string(), v.maxLength(CAPS.notesChars)), ''), 'Markdown.'),
  kernel: v.optional(kernel, {}),
  connection: v.optional(connection, {}),
  devices: described(
    v.optional(v.record(key, device), { vda: {} }),
    'Block devices by name. Left out: one, vda.',
  ),
  fds: described(
    v.optional(
      v.record(v.pipe(v.string(), v.regex(/^(0|[1-9][0-9]{0,9})$/, 'expected a file descriptor')), fd),
    ),
    "The server's file descriptors by number. Left out: 3 for the first device, 4 for the second, …",
  ),
  superblock: v.optional(superblock, {}),
  inodes: described(v.optional(v.record(key, inode), { a: {} }), 'Inodes by name. Left out: one, a.'),
  steps: v.pipe(v.array(stepSchema), v.maxLength(CAPS.steps, `expected at most ${CAPS.steps} steps`)),
});

/** A scenario as the engine uses it: every default filled in, 64-bit values as bigint. */
export type Scenario = v.InferOutput<typeof scenarioSchema>;
/** A scenario as it may be written, integers as bigint. */
export type ScenarioInput = v.InferInput<typeof scenarioSchema>;
export type Step = v.InferOutput<typeof stepSchema>;
export type StepName = Step['do'];
export type StepOf<N extends StepName> = Extract<Step, { do: N }>;
export type Mapping = v.InferOutput<typeof mapping>;
export type BeginReply = v.InferOutput<typeof beginReply>;
export type EndReply = v.InferOutput<typeof endReply>;
export type Expectation = v.InferOutput<typeof expectation>;
export type Fd = v.InferOutput<typeof fd>;
export type Device = v.InferOutput<typeof device>;
export type Inode = v.InferOutput<typeof inode>;
export type Capability = v.InferOutput<typeof capability>;
export type Revision = v.InferOutput<typeof revision>;
