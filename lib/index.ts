// SPDX-License-Identifier: MIT
/** The package's door: what docs/API.md describes. */

export { check, type BeginRequest, type Checked } from './check.ts';
export { explain, type Explained } from './explain.ts';
export { is_write, need_write_allocate, pure_overwrite } from '#engine/server/helpers.ts';
export { Mount, mount, type Done, type MountOptions, type OnFile, type Transfer } from './mount.ts';
export { capture, play, server, type PlayOptions } from './play.ts';
export type { Amount, Device, Inode, World } from './world.ts';

export { ERRNO } from '#engine/kernel/errno.ts';
export { REVISIONS, type Revision } from '#engine/kernel/features.ts';
export {
  DEV_NULL,
  FUSE_IOMAP_F,
  FUSE_IOMAP_IOEND,
  FUSE_IOMAP_TYPE,
  IOMAP_OP,
  NULL_ADDR,
} from '#engine/kernel/names.ts';
export type {
  BeginAnswer,
  FuseServer,
  IoendAnswer,
  Mapping,
  PlainAnswer,
  ServerEvent,
  ServerFaultKind,
  ServerSource,
  Session,
  SessionDevice,
  SessionInode,
} from '#engine/server/fuse-server.ts';
export type { Execution, IoCall, Iomap, Reply, Request, Run, WireMapping } from '#engine/run/types.ts';
