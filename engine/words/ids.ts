// SPDX-License-Identifier: MIT
/** The ids of the glossary's words: those of the kernel's tables follow from them, so that a new row asks for an entry. */
import type { ErrnoName } from '../kernel/errno.ts';
import type {
  FIEMAP_EXTENT,
  FUSE_BACKING_TYPE,
  FUSE_IOMAP_F,
  FUSE_IOMAP_IOEND,
  FUSE_IOMAP_TYPE,
  IOMAP_F,
  IOMAP_OP,
} from '../kernel/names.ts';
import type { StepName } from '../scenario/schema.ts';

type Names<T> = Lowercase<Extract<keyof T, string>>;

export type TypeId = Names<typeof FUSE_IOMAP_TYPE>;
export type WireFlagId = `f_${Names<typeof FUSE_IOMAP_F>}`;
/** Flags that only the kernel's own struct iomap has. */
export type KernelFlagId = Exclude<`f_${Names<typeof IOMAP_F>}`, WireFlagId>;
export type OpId = `op_${Names<typeof IOMAP_OP>}`;
export type IoendFlagId = `ioend_${Names<typeof FUSE_IOMAP_IOEND>}`;
export type ExtentFlagId = `extent_${Names<typeof FIEMAP_EXTENT>}`;
export type BackingTypeId = `backing_${Names<typeof FUSE_BACKING_TYPE>}`;
export type ErrnoId = Lowercase<ErrnoName>;

/** Structs of the wire and of the kernel. */
export type StructId =
  | 'fuse_in_header'
  | 'fuse_out_header'
  | 'fuse_iomap_io'
  | 'fuse_iomap_begin_in'
  | 'fuse_iomap_begin_out'
  | 'fuse_iomap_end_in'
  | 'fuse_iomap_ioend_in'
  | 'fuse_iomap_config'
  | 'fuse_backing_map'
  | 'iomap'
  | 'srcmap';

/** Members of those structs that have an entry of their own. */
export type MemberId =
  | 'offset'
  | 'length'
  | 'addr'
  | 'type'
  | 'flags'
  | 'dev'
  | 'bdev'
  | 'op'
  | 'reserved'
  | 'attr_ino'
  | 'pos'
  | 'count'
  | 'written'
  | 'len'
  | 'error'
  | 'unique'
  | 'nodeid'
  | 'opcode'
  | 'uid'
  | 'gid'
  | 'pid'
  | 'total_extlen'
  | 'header-padding'
  | 'ioendflags'
  | 'new_addr'
  | 'fd'
  | 'backing-type'
  | 'backing-flags'
  | 'padding'
  | 'logical'
  | 'physical'
  | 'extent-flags';

/** Keys of a scenario that are none of the above. */
export type ScenarioId =
  | 'of'
  | 'caller'
  | 'times'
  | 'note'
  | 'expectation'
  | 'allocation'
  | 'cmd'
  | 'arg'
  | 'copy'
  | 'file-connection'
  | 'inode'
  | 'io-offset'
  | 'io-length'
  | 'new-size'
  | 'file-block'
  | 'fill'
  | 'data'
  | 'keep-size'
  | 'fiemap-sync'
  | 'fiemap-xattr'
  | 'fiemap-count'
  | 'device-size'
  | 'device-contents'
  | 'read-only'
  | 'device-dies'
  | 'device-bytes'
  | 'device-fault'
  | 'connection-iomap'
  | 'connection-passthrough'
  | 'config_fuse_iomap'
  | 'config_fuse_passthrough'
  | 'config_fuse_iomap_debug'
  | 'raw-reply'
  | 'signal'
  | 'inline-read'
  | 'inline-writes'
  | 'iomap-inodes'
  | 'allocates'
  | 'fopen_direct_io'
  | 'newsize'
  | 'ioend-written'
  | 'ioend-error'
  | 'cached-mapping';

/** Words of the field. */
export type ConceptId =
  | 'fuse'
  | 'fuse-iomap'
  | 'server'
  | 'libfuse'
  | 'connection'
  | 'mapping'
  | 'read-mapping'
  | 'write-mapping'
  | 'extent'
  | 'out-of-place'
  | 'copy-on-write'
  | 'stale-data'
  | 'zeroing'
  | 'ioend'
  | 'null_addr'
  | 'dev_null'
  | 'sector'
  | 'block'
  | 'logical-block-size'
  | 'folio'
  | 'page-cache'
  | 'dirty'
  | 'writeback'
  | 'buffered'
  | 'direct'
  | 'readahead'
  | 'bio'
  | 'iomap-iter'
  | 'body'
  | 'mapping-cache'
  | 'i_size'
  | 'i_disk_size'
  | 's_maxbytes'
  | 's_bdev'
  | 'backing-table'
  | 'backing-id'
  | 'reference'
  | 'cursor'
  | 'passthrough'
  | 'stack-depth'
  | 'capabilities'
  | 'revision'
  | 'check'
  | 'acceptance-map'
  | 'trust'
  | 'bad_data'
  | 'tracepoint';

export type WordId =
  | TypeId
  | WireFlagId
  | KernelFlagId
  | OpId
  | IoendFlagId
  | ExtentFlagId
  | BackingTypeId
  | ErrnoId
  | StepName
  | StructId
  | MemberId
  | ScenarioId
  | ConceptId;
