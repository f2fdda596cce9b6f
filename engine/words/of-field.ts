// SPDX-License-Identifier: MIT
/** The word for each field of a scenario, by its path. Tables follow the schema, so a new field asks for its word. */
import type { Path } from '../scenario/json.ts';
import { at, type JsonValue } from '../scenario/path.ts';
import type { Scenario, StepName, StepOf } from '../scenario/schema.ts';
import type { WireMapping } from '../kernel/wire-types.ts';
import type { WordId } from './ids.ts';

type Common = 'times' | 'caller' | 'note' | 'expect' | 'expectOn';
type Answers = 'reply' | 'replies' | 'endReplies' | 'ioendReplies' | 'iomap';
/** Fields that a kind of step alone has. */
type Own<N extends StepName> = Exclude<keyof StepOf<N>, 'do' | 'inode' | Common | Answers>;
type Words<K extends PropertyKey> = Readonly<Record<K, WordId>>;

const RANGE = { offset: 'io-offset', length: 'io-length' } as const;
const WAYS = { direct: 'direct', fopenDirectIo: 'fopen_direct_io', nowait: 'op_nowait' } as const;
const QUESTION = { op: 'op', pos: 'pos', count: 'count' } as const;

const STEPS: { readonly [N in StepName]: Words<Own<N>> } = {
  iomap_begin: { ...QUESTION, signal: 'signal', inlineRead: 'inline-read' },
  iomap_end: { ...QUESTION, of: 'of', written: 'written', inlineWrites: 'inline-writes' },
  backing_open: {
    fd: 'fd',
    type: 'backing-type',
    flags: 'backing-flags',
    padding: 'padding',
    allocation: 'allocation',
  },
  backing_close: { id: 'backing-id' },
  ioctl: { cmd: 'cmd', arg: 'arg', copy: 'copy', connection: 'file-connection' },
  passthrough_open: { id: 'backing-id' },
  passthrough_release: { of: 'of' },
  umount: { how: 'umount' },
  close_dev: {},
  unmount: {},
  pread: { ...RANGE, ...WAYS },
  pwrite: {
    ...RANGE,
    ...WAYS,
    data: 'data',
    fill: 'fill',
    atomic: 'op_atomic',
    overwriteOnly: 'op_overwrite_only',
    dontcache: 'op_dontcache',
  },
  fsync: {},
  fzero: { ...RANGE, keepSize: 'keep-size' },
  funshare: RANGE,
  fiemap: { ...RANGE, count: 'fiemap-count', sync: 'fiemap-sync', xattr: 'fiemap-xattr' },
  seek: { offset: 'io-offset', whence: 'seek' },
  bmap: { block: 'file-block' },
  truncate: { length: 'new-size' },
  iomap_ioend: {
    pos: 'pos',
    written: 'ioend-written',
    flags: 'ioendflags',
    error: 'ioend-error',
    addr: 'new_addr',
    dev: 'dev',
  },
};

const COMMON: Words<Common | Answers | 'do' | 'inode'> = {
  do: 'iomap-iter',
  inode: 'inode',
  times: 'times',
  caller: 'caller',
  note: 'note',
  expect: 'expectation',
  expectOn: 'expectation',
  reply: 'fuse_iomap_begin_out',
  replies: 'fuse_iomap_begin_out',
  endReplies: 'iomap_end',
  ioendReplies: 'ioend',
  iomap: 'iomap',
};

const MAPPING: Words<keyof WireMapping | 'bdev'> = {
  offset: 'offset',
  length: 'length',
  addr: 'addr',
  type: 'type',
  flags: 'flags',
  dev: 'dev',
  bdev: 'bdev',
};

const REPLY: Words<'read' | 'write' | 'error' | 'hex' | 'newsize' | 'unique' | 'times'> = {
  read: 'read-mapping',
  write: 'write-mapping',
  error: 'error',
  hex: 'raw-reply',
  newsize: 'newsize',
  unique: 'unique',
  times: 'times',
};

const CONNECTION: Words<keyof Scenario['connection']> = {
  iomap: 'connection-iomap',
  passthrough: 'connection-passthrough',
  capabilities: 'capabilities',
  maxStackDepth: 'stack-depth',
  iomapInodes: 'iomap-inodes',
};

const CONFIG: Words<keyof Scenario['kernel']['config']> = {
  FUSE_IOMAP: 'config_fuse_iomap',
  FUSE_PASSTHROUGH: 'config_fuse_passthrough',
  FUSE_IOMAP_DEBUG: 'config_fuse_iomap_debug',
};

const DEVICE: Words<keyof Scenario['devices'][string]> = {
  size: 'device-size',
  logicalBlockSize: 'logical-block-size',
  readOnly: 'read-only',
  contents: 'device-contents',
  bytes: 'device-bytes',
  faults: 'device-fault',
  diesAfterBios: 'device-dies',
};

const SUPERBLOCK: Words<keyof Scenario['superblock']> = { bdev: 's_bdev', maxBytes: 's_maxbytes' };

const INODE: Words<keyof NonNullable<Scenario['inodes']>[string]> = {
  ino: 'attr_ino',
  nodeid: 'nodeid',
  blockSize: 'block',
  size: 'i_size',
  caches: 'mapping-cache',
  cache: 'cached-mapping',
  extents: 'extent',
  allocates: 'allocates',
  copyOnWrite: 'copy-on-write',
};

const of = (table: Readonly<Record<string, WordId>>, key: unknown): WordId | undefined =>
  typeof key === 'string' && Object.hasOwn(table, key) ? table[key] : undefined;

function ofReply(rest: Path): WordId | undefined {
  const [key, field] = rest;
  return field === undefined ? of(REPLY, key) : of(MAPPING, field);
}

function ofStep(document: JsonValue | undefined, path: Path): WordId | undefined {
  const [, , key, ...rest] = path;
  const keys = rest.filter((part) => typeof part === 'string');
  if (key === 'expect' || key === 'expectOn') return 'expectation';
  if (key === 'iomap' && keys.length > 0) return of(MAPPING, keys[0]);
  if (key !== undefined && /^(reply|.*eplies)$/.test(String(key)) && keys.length > 0) return ofReply(keys);
  if (key === 'caller') return 'caller';
  const kind = at(document ?? null, ['steps', path[1]!, 'do']);
  const own = typeof kind === 'string' && Object.hasOwn(STEPS, kind) ? STEPS[kind as StepName] : {};
  return of(own, key) ?? of(COMMON, key);
}

/** The word for a field of a mapping. */
export const wordOfMapping = (field: keyof WireMapping): WordId => MAPPING[field];

/** The word for a field of a document; undefined if it has none. */
export function wordOfField(document: JsonValue | undefined, path: Path): WordId | undefined {
  const [top, first, second] = path;
  switch (top) {
    case 'steps':
      return ofStep(document, path);
    case 'connection':
      return of(CONNECTION, first) ?? 'connection';
    case 'kernel':
      return first === 'config' ? of(CONFIG, second) : 'revision';
    case 'devices':
      return of(DEVICE, second);
    case 'fds':
      return 'fd';
    case 'inodes':
      if (second === 'extents' && path.length > 4) return of(MAPPING, path[4]);
      return of(INODE, second) ?? 'inode';
    case 'superblock':
      return of(SUPERBLOCK, first);
    default:
      return undefined;
  }
}
