// SPDX-License-Identifier: MIT
/** The checks on the backing table: ioctls of /dev/fuse in fs/fuse/dev.c, fs/fuse/backing.c and passthrough.c. */

import { grouped } from '../kernel/digits.ts';
import { has } from '../kernel/has-feature.ts';
import { errnoText } from '../kernel/errno.ts';
import { FUSE_BACKING_TYPE } from '../kernel/names.ts';
import { hex, named, num } from './format.ts';
import { words } from './entry.ts';
import type { Said } from './entry.ts';

const INT_MAX = 0x7fff_ffffn;

const type = (value: bigint) => named(FUSE_BACKING_TYPE, value);
const signed = (value: bigint) => grouped(BigInt.asIntN(32, value));
const errno = (value: bigint) => errnoText(BigInt.asIntN(32, value));

const S_IFMT = 0o170000n;

/** By S_IFMT bits of the inode's mode. */
const FILE_KIND: Readonly<Record<string, string>> = {
  [0o100000]: 'a regular file',
  [0o040000]: 'a directory',
  [0o060000]: 'a block device',
  [0o020000]: 'a character device',
};

function notBuilt(): Said {
  return words(
    'backing built',
    ([passthrough, iomap]) => `!CONFIG_FUSE_PASSTHROUGH (${passthrough}) && !CONFIG_FUSE_IOMAP (${iomap})`,
    () => 'This kernel was built without FUSE_PASSTHROUGH and FUSE_IOMAP, so it has no backing table.',
  );
}

function copy(what: string): Said {
  return words(
    'argument readable',
    () => 'copy_from_user() != 0',
    () => `The kernel could not read ${what} at the ioctl's argument pointer.`,
  );
}

/** May_admin of the two subsystems: what was missing. */
function notPermitted(t: bigint, negotiated: bigint): string {
  return negotiated === 0n
    ? `this connection did not negotiate ${type(t) === 'IOMAP' ? 'iomap' : 'passthrough'}`
    : 'the caller lacks CAP_SYS_ADMIN';
}

function permission(t: bigint, negotiated: bigint, admin: bigint): string {
  return type(t) === 'IOMAP'
    ? `!fc->iomap (${negotiated})`
    : `!fc->passthrough (${negotiated}) || !CAP_SYS_ADMIN (${admin})`;
}

export const BACKING_WORDS = {
  'ioctl-no-connection': words(
    'connected',
    () => 'no connection',
    () => 'This /dev/fuse file has no connection yet: nothing is mounted through it.',
  ),
  'ioctl-unknown': words(
    'command known',
    ([cmd]) => `cmd ${hex(cmd)} unknown`,
    ([cmd]) => `/dev/fuse knows no ioctl command ${hex(cmd)}.`,
  ),
  'open-not-built': notBuilt(),
  'open-copy': copy('the 16 bytes of struct fuse_backing_map'),
  'open-type-unknown': words(
    'type known',
    ([t, passthrough, iomap]) =>
      `type ${type(t)} not in {${[passthrough && 'PASSTHROUGH', iomap && 'IOMAP'].filter(Boolean).join(', ')}}`,
    ([t], _, { kernel }) => {
      const early = !has(kernel.revision, 'HAS_IOMAP_DEVICES');
      if (t > 1n)
        return (
          `The low 8 bits of flags ask for backing type ${num(t)}. ` +
          (early ? 'There is one: PASSTHROUGH (0).' : 'There are two: PASSTHROUGH (0) and IOMAP (1).')
        );
      return early && t === 1n
        ? 'The server asks for a backing of type IOMAP. In this revision there is none yet: patch 04/31 brings it.'
        : `The server asks for a backing of type ${type(t)}, but this kernel was built without FUSE_${type(t)}.`;
    },
  ),
  'open-not-permitted': words(
    'permitted',
    ([t, negotiated, admin]) => permission(t, negotiated, admin),
    ([t, negotiated]) =>
      `The server may not register a backing of type ${type(t)}: ${notPermitted(t, negotiated)}.`,
  ),
  'open-flags': words(
    'flags clear',
    ([flags]) => `flags ${hex(flags)} != 0`,
    ([flags]) =>
      `Beside the type, flags has ${hex(flags)} set. No such flag is defined: all other bits must be 0.`,
  ),
  'open-padding': words(
    'padding clear',
    ([padding]) => `padding ${hex(padding)} != 0`,
    ([padding]) =>
      `The padding of struct fuse_backing_map is ${hex(padding)}. It is kept for later and must be 0.`,
  ),
  'open-badfd': words(
    'fd open',
    ([fd]) => `fget_raw(${signed(fd)}) == NULL`,
    ([fd]) => `The server has no open file descriptor ${signed(fd)}.`,
  ),
  'open-may-open': words(
    'file fits',
    ([t, mode, depth]) => `may_open(${type(t)}): mode 0${mode.toString(8)}, stack depth ${depth}`,
    ([t, mode, depth, error], _, { connection }) => {
      const kind = FILE_KIND[String(mode & S_IFMT)] ?? 'a special file';
      if (type(t) === 'IOMAP' && errno(error) === '-EBADF')
        return 'The descriptor was opened with O_PATH, which gives no access to what it names.';
      if (type(t) === 'IOMAP') return `The descriptor is ${kind}. An iomap backing must be a block device.`;
      return errno(error) === '-ELOOP'
        ? `The file's filesystem is stacked ${grouped(depth)} deep; a passthrough backing here must be less than ` +
            `${grouped(connection.maxStackDepth)} deep.`
        : `The descriptor is ${kind}. A passthrough backing must be a regular file.`;
    },
  ),
  'open-nomem': words(
    'memory',
    () => 'kmalloc() == NULL',
    () => 'There was no memory for struct fuse_backing.',
  ),
  'open-post': words(
    'post_open',
    ([error]) => `post_open() == ${errno(error)}`,
    ([error]) => `The subsystem's post_open failed with ${errno(error)}.`,
  ),
  'open-id': words(
    'id free',
    // A cursor has moved before every id is taken; 0 is of revisions that have none.
    ([start, end, cursor]) =>
      `no id free in ${start}..${lastId(end)}${cursor === 0n ? '' : `, cursor ${num(cursor)}`}`,
    ([start, end, , error]) =>
      errno(error) === '-ENOSPC'
        ? `Every id from ${grouped(start)} to ${grouped(lastId(end))} is taken. Passthrough backings count too: both types share the ids.`
        : `The id could not be stored (${errno(error)}).`,
  ),
  'close-not-built': notBuilt(),
  'close-copy': copy('the 4-byte id'),
  'close-badid': words(
    'id positive',
    ([id]) => `id ${signed(id)} <= 0`,
    ([id]) => `${signed(id)} is not a backing id: ids start at 1.`,
  ),
  'close-noent': words(
    'id in use',
    ([id]) => `idr_find(${signed(id)}) == NULL`,
    ([id]) => `No backing has id ${signed(id)}.`,
  ),
  'close-not-permitted': words(
    'permitted',
    ([, t, negotiated, admin]) => permission(t, negotiated, admin),
    ([id, t, negotiated]) => `Id ${signed(id)} exists (${type(t)}), but ${notPermitted(t, negotiated)}.`,
  ),
  'close-busy': words(
    'may close',
    ([id, t]) => `may_close(${type(t)} ${signed(id)}) == -EBUSY`,
    ([id], _, { kernel }) =>
      `Id ${signed(id)} is an iomap device. It stays registered ${
        has(kernel.revision, 'IOMAP_CAN_CLOSE')
          ? 'while the connection has an inode that uses iomap'
          : 'until the filesystem is unmounted'
      }.`,
  ),
  'passthrough-badid': words(
    'id positive',
    ([id]) => `backing_id ${signed(id)} <= 0`,
    ([id]) => `The open reply names backing id ${signed(id)}: ids start at 1.`,
  ),
  'passthrough-noent': words(
    'passthrough found',
    ([id]) => `id ${signed(id)} is not a passthrough backing`,
    ([id, found]) =>
      `The open reply names backing id ${signed(id)}, but ` +
      `${found === 1n ? 'that id is an iomap device' : 'no backing has that id'}.`,
  ),
} as const;

/** idr_alloc_cyclic's end is exclusive, and 0 or less means none. */
function lastId(end: bigint): bigint {
  return end > 0n ? end - 1n : INT_MAX;
}
