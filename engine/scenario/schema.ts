// SPDX-License-Identifier: GPL-2.0-only
import * as v from 'valibot';
import { CHECK_IDS, type CheckId } from '../checks/ids.ts';
import {
  FUSE_BACKING_TYPE,
  FUSE_DEV_IOC,
  FUSE_DEV_IOC_NOT_MODELLED,
  FUSE_IOMAP_F,
  FUSE_IOMAP_TYPE,
  IOMAP_F,
  IOMAP_OP,
  IOMAP_TYPE,
  NULL_ADDR,
} from '../kernel/names.ts';
import { array, bool, choice, describe, object, oneOf, record, tagged, text } from './build.ts';
import {
  S64_MAX,
  S64_MIN,
  U32_MAX,
  command,
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
  wordOrInteger,
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
  /** The note of a step. */
  noteChars: 500,
  /** Table entries in one expectation. */
  entries: 1_100,
  /** UTF-16 units of the whole text. */
  textChars: 8_000_000,
} as const;

/** A key that is a number in decimal digits. */
function decimal(min: number, max: number, what: string) {
  const expected = `${what} from ${min} to ${max} in decimal digits`;
  return v.pipe(
    v.string((issue) => describe(expected, issue.input)),
    v.check(
      (digits) => /^(0|[1-9][0-9]{0,9})$/.test(digits) && Number(digits) >= min && Number(digits) <= max,
      (issue) => describe(expected, issue.input),
    ),
  );
}

const described = <S extends v.GenericSchema>(schema: S, text: string) => v.pipe(schema, v.description(text));

// ---- the machine ------------------------------------------------------------------------------------------

export const CAPABILITIES = ['CAP_SYS_ADMIN', 'CAP_SYS_RAWIO'] as const;
const capability = oneOf(CAPABILITIES);
const capabilities = array(capability, 8);

export const REVISIONS = ['v6-04'] as const;
const revision = oneOf(REVISIONS);

const kernel = object({
  revision: described(
    v.optional(revision, 'v6-04'),
    'The revision of the patch series the core is built from.',
  ),
  config: v.optional(
    object({
      FUSE_IOMAP: described(v.optional(bool, true), 'CONFIG_FUSE_IOMAP.'),
      FUSE_PASSTHROUGH: described(v.optional(bool, true), 'CONFIG_FUSE_PASSTHROUGH.'),
      FUSE_IOMAP_DEBUG: described(
        v.optional(bool, true),
        'CONFIG_FUSE_IOMAP_DEBUG: a refused mapping also prints a WARN. It never changes a verdict.',
      ),
    }),
    {},
  ),
});

const connection = object({
  iomap: described(v.optional(bool, true), 'FUSE_INIT negotiated iomap (fc->iomap).'),
  passthrough: described(v.optional(bool, true), 'FUSE_INIT negotiated passthrough (fc->passthrough).'),
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

const blockSize = {
  min: 512n,
  max: 65_536n,
  rule: {
    holds: (size: bigint) => (size & (size - 1n)) === 0n,
    expected: 'a power of two from 512 to 65536',
  },
};

const device = object({
  size: v.optional(
    integer({
      min: 512n,
      max: 0x7fff_ffff_ffff_fe00n,
      rule: {
        holds: (size) => size % 512n === 0n,
        expected: 'a multiple of 512 from 512 to 0x7ffffffffffffe00',
      },
      description: 'Size in bytes, a multiple of 512.',
    }),
    '16M',
  ),
  logicalBlockSize: v.optional(small({ ...blockSize, description: 'Logical block size in bytes.' }), 512n),
});

/** What a file descriptor of the server refers to; kinds as in the golden vectors. */
const fd = tagged('kind', [
  object({
    kind: oneOf(['blk', 'deep-blk']),
    device: described(key, 'The device that this block special file opens.'),
  }),
  object({
    kind: oneOf(['reg', 'dir', 'chr', 'none', 'no-rw-iter', 'mid-stack', 'deep-stack']),
  }),
]);

const superblock = object({
  bdev: described(
    v.optional(v.nullable(key), null),
    "The superblock's own block device, if it has one (fuseblk).",
  ),
  maxBytes: v.optional(
    integer({ min: 0n, max: S64_MAX, description: 's_maxbytes: no mapping may start at or past it.' }),
    '0x7fffffffffffffff',
  ),
});

const inode = object({
  ino: v.optional(u64('attr_ino in requests: the inode number that users see.')),
  nodeid: v.optional(u64("The node id in a request's header. Left out, it equals ino.")),
  blockSize: v.optional(small({ ...blockSize, description: 'i_blocksize in bytes.' }), 4096n),
  size: v.optional(loff('File size in bytes.'), '64K'),
});

// ---- replies ----------------------------------------------------------------------------------------------

const mapping = object({
  offset: v.optional(u64('File offset in bytes where the mapping starts.'), 0n),
  length: v.optional(u64('Length of the mapping in bytes.'), 0n),
  addr: v.optional(u64('Byte address on the device, or NULL_ADDR.', { NULL_ADDR }), 0n),
  type: v.optional(named(FUSE_IOMAP_TYPE, 0xffff, 'FUSE_IOMAP_TYPE_*, or a raw u16.'), 0n),
  flags: v.optional(flags(FUSE_IOMAP_F, 0xffff, 'FUSE_IOMAP_F_*, names or raw bits of a u16.'), []),
  dev: v.optional(u32('Backing id of the device, or DEV_NULL.', { DEV_NULL: 0n }), 0n),
});

const hexReply = object({
  hex: hex(65_536, 'The bytes of the whole answer, fuse_out_header included; any length.'),
});
const errorReply = object({
  error: errno('The error of the fuse_out_header. The kernel takes only -511 to 0 from a server.'),
});
const mapReply = object(
  {
    read: described(v.optional(mapping, {}), 'The read mapping. A field left out is 0.'),
    write: described(
      v.optional(mapping),
      'The write mapping. Left out, libfuse makes a pure overwrite of read; {} is the zeroed slot.',
    ),
  },
  'a reply: an object with read and write, or with error, or with hex',
);
const beginReply = choice([mapReply, errorReply, hexReply], (input) => rawReply(input) ?? mapReply);
const zero = v.pipe(
  v.literal(0n, (issue) => describe('a reply: 0, or an object with error or with hex', issue.input)),
  v.transform(Number),
  v.metadata({ spell: (value: number) => BigInt(value), jsonSchema: { const: 0 } }),
);
const endReply = choice([zero, errorReply, hexReply], (input) =>
  typeof input === 'object' && input !== null ? (rawReply(input) ?? errorReply) : zero,
);

/** The shape that a reply without mappings has, told by its key. */
function rawReply(input: unknown) {
  if (typeof input !== 'object' || input === null) return undefined;
  if ('hex' in input) return hexReply;
  return 'error' in input ? errorReply : undefined;
}

// ---- expectations -----------------------------------------------------------------------------------------

/** `waiting`: no answer was taken, the caller still sleeps. `not-called`: the kernel never got there. */
const ret = wordOrInteger(['waiting', 'not-called'], {
  min: S64_MIN,
  max: S64_MAX,
  errno: true,
  description: 'The return value, as a number or -ERRNO.',
});

const iomapType = named(IOMAP_TYPE, 0xffff, 'IOMAP_*, the kernel side type.');
const iomapFlags = flags(IOMAP_F, 0xffff, 'IOMAP_F_*, the kernel side flags.');
const bdevName = v.nullable(key);

const iomapFields = object({
  offset: v.optional(u64('File offset in bytes.')),
  length: v.optional(u64('Length in bytes.')),
  addr: v.optional(u64('Device address in bytes, or NULL_ADDR.', { NULL_ADDR })),
  type: v.optional(iomapType),
  flags: v.optional(iomapFlags),
  bdev: described(v.optional(bdevName), 'The device, by its name in this scenario, or null.'),
});

const requestFields = object({
  opcode: v.optional(u32('FUSE_* opcode.')),
  nodeid: v.optional(u64('Node id.')),
  unique: v.optional(u64('Request id.')),
  opflags: v.optional(flags(IOMAP_OP, U32_MAX, 'FUSE_IOMAP_OP_* as sent.')),
  attr_ino: v.optional(u64('Inode number.')),
  pos: v.optional(u64('Byte position.')),
  count: v.optional(u64('Byte count.')),
});

const wireMapping = object({
  offset: v.optional(u64('File offset in bytes.')),
  length: v.optional(u64('Length in bytes.')),
  addr: v.optional(u64('Device address in bytes, or NULL_ADDR.', { NULL_ADDR })),
  type: v.optional(named(FUSE_IOMAP_TYPE, 0xffff, 'FUSE_IOMAP_TYPE_*.')),
  flags: v.optional(flags(FUSE_IOMAP_F, 0xffff, 'FUSE_IOMAP_F_*.')),
  dev: v.optional(u32('Backing id.', { DEV_NULL: 0n })),
});

const tableEntry = object({
  type: v.optional(oneOf(['PASSTHROUGH', 'IOMAP'])),
  refs: v.optional(u32('Reference count.')),
  device: described(v.optional(bdevName), 'Device name, or null for an entry without one.'),
});

const table = object({
  live: v.optional(u32('Number of live ids.')),
  cursor: v.optional(u32('The IDR cursor: where the next search begins.')),
  entries: described(
    v.optional(record(decimal(1, U32_MAX, 'a backing id'), v.nullable(tableEntry), CAPS.entries)),
    'By id; null says that the id is free.',
  ),
});

const checkId = oneOf(
  CHECK_IDS.filter((id): id is Exclude<CheckId, 'none'> => id !== 'none'),
  'the name of a check, or null for none',
);

const expectation = object({
  ret: v.optional(ret),
  check: described(v.optional(v.nullable(checkId)), 'The check that decided, or null if none refused.'),
  which: described(v.optional(oneOf(['read', 'write'])), 'The mapping that the check refused.'),
  iomap: described(v.optional(v.nullable(iomapFields)), 'The iomap after the call; null = untouched.'),
  srcmap: described(v.optional(v.nullable(iomapFields)), 'The srcmap after the call; null = untouched.'),
  request: v.optional(requestFields),
  sent: described(v.optional(bool), 'Whether a request was sent to the server.'),
  message: described(
    v.optional(
      object({
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
    v.optional(object({ capabilities: v.optional(capabilities, []) })),
    'Who calls, if not the server process of `connection`.',
  ),
  note: described(v.optional(text(CAPS.noteChars)), 'A remark shown with the step.'),
  expect: v.optional(expectation),
};

const inodeName = described(v.optional(key), 'The inode; the first one if left out.');
const opFlags = v.optional(flags(IOMAP_OP, U32_MAX, 'IOMAP_* op flags, names or raw bits.'), []);
const stepIndex = small({
  min: 0n,
  max: BigInt(CAPS.steps),
  description: 'Index into steps, the first is 0.',
});

const backingOpen = object({
  do: v.literal('backing_open'),
  fd: v.optional(
    small({ min: -0x8000_0000n, max: 0x7fff_ffffn, description: "The server's descriptor." }),
    3n,
  ),
  type: v.optional(named(FUSE_BACKING_TYPE, 0xff, 'Low 8 bits of fuse_backing_map.flags.'), 'IOMAP'),
  flags: v.optional(
    small({
      min: 0n,
      max: BigInt(U32_MAX),
      rule: {
        holds: (bits) => (bits & 0xffn) === 0n,
        expected: 'a multiple of 0x100 up to 0xffffff00 (the low 8 bits are `type`)',
      },
      description: 'The other 24 bits of fuse_backing_map.flags.',
    }),
    0n,
  ),
  padding: v.optional(u64('fuse_backing_map.padding.'), 0n),
  allocation: described(
    v.optional(oneOf(['fail'])),
    'Makes the allocation of struct fuse_backing fail, as under memory pressure.',
  ),
  ...common,
});

const backingClose = object({
  do: v.literal('backing_close'),
  id: v.optional(
    small({ min: -0x8000_0000n, max: BigInt(U32_MAX), description: 'The id, a u32 read as int.' }),
    1n,
  ),
  ...common,
});

const ioctl = object({
  do: v.literal('ioctl'),
  cmd: command(
    FUSE_DEV_IOC,
    FUSE_DEV_IOC_NOT_MODELLED,
    'is a command that a kernel knows and the playground does not model: see docs/LIMITS.md.',
    'Command number, or FUSE_DEV_IOC_BACKING_OPEN / _CLOSE.',
  ),
  arg: described(
    v.optional(hex(4096, 'The bytes at the argument pointer; what lies behind them is unmapped.')),
    'The bytes at the argument pointer.',
  ),
  copy: described(v.optional(oneOf(['fault'])), 'The argument pointer faults.'),
  connection: described(v.optional(bool, true), 'false: the /dev/fuse file has no connection.'),
  ...common,
});

const passthroughOpen = object({
  do: v.literal('passthrough_open'),
  id: v.optional(
    small({ min: -0x8000_0000n, max: BigInt(U32_MAX), description: 'backing_id of the open reply.' }),
    1n,
  ),
  ...common,
});

const passthroughRelease = object({
  do: v.literal('passthrough_release'),
  of: described(v.optional(stepIndex), 'The passthrough_open to release; the latest still open if left out.'),
  ...common,
});

const iomapBegin = object({
  do: v.literal('iomap_begin'),
  inode: inodeName,
  op: opFlags,
  pos: v.optional(loff('Byte position in the file.'), 0n),
  count: v.optional(loff('Byte count asked for.'), 4096n),
  reply: v.optional(beginReply, {}),
  ...common,
});

const iomapEnd = object({
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

const unmount = object({ do: v.literal('unmount'), ...common });

export const stepSchema = tagged('do', [
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

const format = v.pipe(
  v.literal(BigInt(FORMAT), (issue) => describe(`${FORMAT}`, issue.input)),
  v.transform(Number),
  v.metadata({ spell: (value: number) => BigInt(value), jsonSchema: { const: FORMAT } }),
);

export const scenarioSchema = object({
  format: described(format, 'The scenario format: 1.'),
  title: described(v.optional(text(CAPS.titleChars), ''), 'One line.'),
  notes: described(v.optional(text(CAPS.notesChars), ''), 'Markdown.'),
  kernel: v.optional(kernel, {}),
  connection: v.optional(connection, {}),
  devices: described(
    v.optional(record(key, device, CAPS.devices), { vda: {} }),
    'Block devices by name. Left out: one, vda.',
  ),
  fds: described(
    v.optional(record(decimal(0, 0x7fff_ffff, 'a file descriptor'), fd, CAPS.fds)),
    "The server's file descriptors by number. Left out: 3 for the first device, 4 for the second, …",
  ),
  superblock: v.optional(superblock, {}),
  inodes: described(
    v.optional(record(key, inode, CAPS.inodes), { a: {} }),
    'Inodes by name. Left out: one, a.',
  ),
  steps: described(array(stepSchema, CAPS.steps), 'What happens, in order.'),
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
