// SPDX-License-Identifier: MIT
import type { StructId } from './ids.ts';
import type { Written } from './word.ts';

/** Structs of the wire, and the two of the kernel that a begin fills. */
export const STRUCT_WORDS: Readonly<Record<StructId, Written>> = {
  fuse_in_header: {
    also: ['request header'],
    sentence:
      'What stands before every request to the server: which call it is, of which file, under which number.',
    more: 'It has 40 bytes. A begin is so 72 bytes long: 40 of header and 32 of `fuse_iomap_begin_in`. The server keeps `unique` to answer with it.',
    wire: '`len` u32 at 0, `opcode` u32 at 4, `unique` u64 at 8, `nodeid` u64 at 16, then uid, gid, pid and padding.',
    kernel: 'include/uapi/linux/fuse.h; older than iomap.',
    see: ['opcode', 'unique', 'nodeid', 'fuse_out_header'],
  },
  fuse_out_header: {
    also: ['answer header', 'reply header'],
    sentence: 'What stands before every answer: its length, an error or 0, and the number of the question.',
    more: 'It has 16 bytes. An answer with two mappings is 80 bytes long, and `len` must say 80. An error is the header alone, `len` 16: with anything after it the server’s write fails and the program gets -EIO.',
    wire: '`len` u32 at 0, `error` i32 at 4, `unique` u64 at 8.',
    kernel: '`fuse_dev_do_write` reads it first.',
    see: ['len', 'error', 'unique', 'fuse_iomap_begin_out'],
  },
  fuse_iomap_io: {
    also: ['mapping struct'],
    sentence: 'One mapping as it is sent: a range of the file, and what is behind it.',
    more: 'It has 32 bytes. An answer to a begin holds two of them, `read` at byte 16 and `write` at byte 48, and an iomap_end holds one. In RFC v1 to v3 both mappings shared one `offset` and `length`.',
    wire: '`offset` u64 at 0, `length` u64 at 8, `addr` u64 at 16, `type` u16 at 24, `flags` u16 at 26, `dev` u32 at 28.',
    kernel: 'include/uapi/linux/fuse.h, from v4 of the series on.',
    see: ['mapping', 'read-mapping', 'write-mapping', 'fuse_iomap_begin_out'],
  },
  fuse_iomap_begin_in: {
    also: ['question'],
    sentence: 'The question of a begin: what is to be done, with which file, from which byte, for how many.',
    more: 'It has 32 bytes. A read of 8192 bytes at 4096 of inode 12 is: `opflags` 0, reserved 0, `attr_ino` 12, `pos` 4096, `count` 8192.',
    wire: '`opflags` u32 at 0, `reserved` u32 at 4, `attr_ino` u64 at 8, `pos` u64 at 16, `count` u64 at 24.',
    kernel: 'Filled in `fuse_iomap_begin`.',
    see: ['iomap_begin', 'op', 'pos', 'count'],
  },
  fuse_iomap_begin_out: {
    also: ['answer'],
    sentence: 'The answer to a begin: the read mapping and the write mapping.',
    more: 'It has 64 bytes, always. Both mappings are checked, also for a read, where the second is not used: 64 zero bytes are refused, since a mapping of no bytes covers nothing.',
    wire: '`read` at 0 and `write` at 32, each a `fuse_iomap_io`; in the whole answer at 16 and 48.',
    kernel: 'Checked by `fuse_iomap_begin_validate`.',
    see: ['read-mapping', 'write-mapping', 'fuse_iomap_io', 'fuse_out_header'],
  },
  fuse_iomap_end_in: {
    also: ['end message'],
    sentence: 'What an iomap_end tells: the question again, how many bytes were done, and the mapping.',
    more: 'It has 72 bytes. A buffered write of 4096 bytes that grew the file has `written` 4096 and SIZE_CHANGED in `map.flags`. Up to `v6-04` the kernel always sends NULL_ADDR and DEV_NULL for place and device.',
    wire: 'The first 32 bytes as `fuse_iomap_begin_in`, `written` i64 at 32, the mapping at 40.',
    kernel: 'Filled in `fuse_iomap_end`.',
    see: ['iomap_end', 'written', 'fuse_iomap_io'],
  },
  fuse_iomap_ioend_in: {
    also: ['ioend message'],
    sentence: 'What an ioend tells: which range was written, how, and with what result.',
    more: 'It has 40 bytes before `v7-04` and 48 from then on. A direct write of 4096 bytes into unwritten blocks sends the flags DIRECT and UNWRITTEN, `error` 0, the `pos` of the write, and `written` 4096.',
    wire: '`ioendflags` u32 at 0, `error` i32 at 4, `attr_ino` u64 at 8, `pos` u64 at 16, `new_addr` u64 at 24, `written` at 32.',
    kernel: 'Filled in `fuse_iomap_ioend`.',
    see: ['ioend', 'ioendflags', 'new_addr', 'written'],
  },
  fuse_iomap_config: {
    also: ['FUSE_IOMAP_CONFIG'],
    sentence:
      'A question at mount time for what the kernel should know of the file system: sizes, limits, names.',
    more: 'The server may give a block size, the largest file size, and the resolution of times. Opcode 4092. Here the scenario sets what matters of it, block size and `s_maxbytes`, and the request is not sent.',
    wire: '64 bytes in, 96 out.',
    kernel: '`fuse_iomap_config` of later patches.',
    see: ['block', 's_maxbytes'],
  },
  fuse_backing_map: {
    also: ['backing open argument'],
    sentence: 'The argument of backing_open: a descriptor, what it is to be used for, and room for later.',
    more: 'It has 16 bytes. `fd` 3 as an iomap device is 03 00 00 00, 01 00 00 00, and eight zeros.',
    wire: '`fd` i32 at 0, `flags` u32 at 4, `padding` u64 at 8.',
    kernel: 'Copied in `fuse_dev_ioctl_backing_open`.',
    see: ['backing_open', 'fd', 'backing-type', 'padding'],
  },
  iomap: {
    also: ['struct iomap'],
    sentence:
      'The mapping as the kernel keeps it while it works on a range: what it reads from or writes to.',
    more: 'It is the read mapping of your reply, or for a write with a mapping of its own the write mapping. In place of `dev` 1 it has `bdev`, the device itself; flags have the kernel’s numbers, so BOUNDARY 0x10 becomes 0x40.',
    wire: 'Not sent. It is made of `read` or `write` of the reply.',
    kernel: '`struct iomap iomap` in `struct iomap_iter`; filled by `fuse_iomap_begin`.',
    see: ['srcmap', 'bdev', 'read-mapping', 'write-mapping', 'iomap-iter'],
  },
  srcmap: {
    also: ['source mapping', 'old bytes', 'cow source'],
    sentence: 'Where the old bytes are, when a write goes to a new place.',
    more: 'A program overwrites 100 bytes of a shared block of 4096. The new block needs the other 3996, too: the kernel reads them from srcmap into the page cache. Writeback asks again; the server names the new place, and the whole block goes there. A direct write never reads from srcmap.',
    wire: 'No field of its own: it is made of `read` if the op writes and the type of `write` is not PURE_OVERWRITE.',
    kernel:
      '`struct iomap srcmap` in `struct iomap_iter`. Left all zero it is a hole, and `iomap_iter_srcmap` takes the iomap.',
    see: ['copy-on-write', 'iomap', 'pure_overwrite', 'f_shared', 'ioend'],
  },
};
