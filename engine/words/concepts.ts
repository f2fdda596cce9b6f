// SPDX-License-Identifier: MIT
import type { ConceptId } from './ids.ts';
import type { Written } from './word.ts';
import { IO_CONCEPTS } from './concepts-io.ts';

type IoConcept = keyof typeof IO_CONCEPTS;

const TALK: Readonly<Record<Exclude<ConceptId, IoConcept>, Written>> = {
  fuse: {
    also: ['filesystem in userspace'],
    sentence: 'A way to write a file system as an ordinary program: the kernel asks it, and it answers.',
    more: 'A program calls read; the kernel sends a message through /dev/fuse; the server answers. With plain FUSE the answer to a read of 8192 bytes is the 8192 bytes themselves, copied through the server.',
    kernel: 'fs/fuse/.',
    see: ['server', 'fuse-iomap', 'connection'],
  },
  'fuse-iomap': {
    also: ['iomap mode', 'what iomap changes'],
    sentence:
      'FUSE in which the server no longer carries bytes: it says where they lie, and the kernel moves them.',
    more: 'For a read of 8192 bytes the server answers with a mapping: 32 bytes that say device 1, from 1 MiB on. The kernel reads the device itself. One answer can serve a whole extent, and the page cache works as for a file system in the kernel.',
    kernel: 'A patch series of Darrick J. Wong; fs/fuse/file_iomap.c on top of fs/iomap/. Not in mainline.',
    see: ['fuse', 'mapping', 'iomap_begin', 'revision'],
  },
  server: {
    also: ['daemon', 'file system program', 'you'],
    sentence:
      'The program that is the file system: it knows which bytes of a file are where. Here it is you.',
    more: 'It keeps tables like: file 12, bytes 0 to 16,383, on vda from 1 MiB on. The kernel asks, it looks them up. The kernel can see that an answer is nonsense; that it is wrong only the server knows.',
    kernel: 'A process that reads and writes /dev/fuse.',
    see: ['fuse', 'libfuse', 'mapping'],
  },
  libfuse: {
    also: ['library'],
    sentence: 'The library that most servers use to read questions and write answers.',
    more: 'Its `fuse_reply_iomap_begin` takes two mappings. If the second is NULL, it makes a pure overwrite with `offset` and `length` of the first. That is why `write` may be left out here.',
    kernel: 'Not in the kernel.',
    see: ['server', 'pure_overwrite', 'write-mapping'],
  },
  connection: {
    also: ['fuse_conn', 'mount'],
    sentence: 'What binds a mount to its server: one /dev/fuse, what both agreed on, and the backing table.',
    more: 'It begins with INIT, where kernel and server agree on features. It ends when the mount, the last open file and the last /dev/fuse are gone; until then backing ids stay valid.',
    kernel: '`struct fuse_conn`.',
    see: ['connection-iomap', 'backing-table', 'unmount'],
  },
  mapping: {
    also: ['map', 'answer'],
    sentence: 'A range of a file, and what is behind it: which device, where on it, or nothing.',
    more: 'File bytes 4096 to 12,287, MAPPED, device 1 from byte 1,048,576 on: one line of a server’s table. `offset` and `length` are about the file, `addr` and `dev` about the device, `type` says what there is.',
    wire: '`fuse_iomap_io`, 32 bytes; two of them in an answer.',
    kernel: '`struct iomap`.',
    see: ['offset', 'addr', 'type', 'extent', 'read-mapping'],
  },
  'read-mapping': {
    also: ['read', 'read slot'],
    sentence: 'The first mapping of an answer: where the bytes are now.',
    more: 'For a read it is all that is used. For a write it is where old bytes come from; with PURE_OVERWRITE in the other slot the write goes there, too. It is always checked first, and its device is always looked up.',
    wire: 'Bytes 16 to 47 of an answer to a begin.',
    kernel: 'Becomes the iomap, or the srcmap of a write to a new place.',
    see: ['write-mapping', 'iomap', 'srcmap', 'pure_overwrite'],
  },
  'write-mapping': {
    also: ['write', 'write slot'],
    sentence: 'The second mapping of an answer: where a write goes.',
    more: 'It is checked for every question, also for a read: a slot of zeros is refused with length-zero, a slot that does not cover `pos` with write-before-pos. Only its `dev` is not looked up unless the op writes. Left out, libfuse says PURE_OVERWRITE.',
    wire: 'Bytes 48 to 79 of an answer to a begin.',
    kernel: 'Becomes the iomap if the op writes and its type is not PURE_OVERWRITE.',
    see: ['read-mapping', 'pure_overwrite', 'out-of-place', 'libfuse'],
  },
  extent: {
    also: ['run of blocks', 'extents', 'allocate'],
    sentence: 'A range of a file that lies on a device in one piece.',
    more: 'A file of 64 KiB in two extents: bytes 0 to 16,383 from 1 MiB on, the rest from 3 MiB on. A server keeps a list of them and may answer with a whole one, however little was asked about.',
    wire: 'An answer’s mapping is usually one, or a part of one.',
    kernel: 'Known to the server alone; fiemap lists them.',
    see: ['mapping', 'fiemap', 'offset'],
  },
  'out-of-place': {
    also: ['new place', 'redirect'],
    sentence:
      'A write that goes to a place other than the one that the bytes have now: both mappings are real.',
    more: '`read` MAPPED at 512 KiB, `write` MAPPED at 1 MiB, for the same range. The kernel makes the iomap of the second and the srcmap of the first. If `read` is a hole, say F_NEW or UNWRITTEN in `write`: else the rest of a partly written block is read from the new place, with whatever lies there.',
    kernel: 'The branch of `fuse_iomap_begin` for a file write whose write type is not PURE_OVERWRITE.',
    see: ['copy-on-write', 'srcmap', 'pure_overwrite', 'stale-data'],
  },
  'copy-on-write': {
    also: ['cow', 'reflink', 'snapshot', 'copyOnWrite'],
    sentence:
      'Shared blocks are never overwritten: a write gets new blocks, and the file is pointed at them when it is done.',
    more: 'Two files share a block at 512 KiB. One is written: `read` names the old block, `write` a new one at 1 MiB, both with F_SHARED. What is missing of the block is copied through the page cache. The ioend with SHARED comes when the new block is on disk, and only then does the server change its table.',
    kernel:
      '`IOMAP_F_SHARED`, srcmap, and the ioend of fuse. A direct write has no help: it must cover whole blocks, or the rest of the new block is not the old one’s.',
    see: ['srcmap', 'f_shared', 'ioend_shared', 'out-of-place', 'funshare'],
  },
  'stale-data': {
    also: ['leak', 'old bytes', 'exposure'],
    sentence: 'Old bytes of a device that show up in a file that never had them: a security hole.',
    more: 'A block of 4096 is allocated for a write of 100 bytes and answered as MAPPED without F_NEW. The kernel reads the other 3996 bytes from the device: a deleted file of somebody else. No check refuses it, since only the server knows that the block is new.',
    kernel: '`iomap_block_needs_zeroing` decides by type and flags alone.',
    see: ['f_new', 'unwritten', 'zeroing', 'out-of-place'],
  },
  null_addr: {
    also: ['no address', '0xffffffffffffffff'],
    sentence: 'The value of `addr` that means nowhere: all 64 bits set.',
    more: '0 cannot mean that, since the first byte of a device is a place. A hole, DELALLOC and INLINE must have it; MAPPED and UNWRITTEN must not. In numbers it is 2^64 − 1.',
    wire: '`FUSE_IOMAP_NULL_ADDR`, 0xffffffffffffffff in `addr`.',
    kernel: '`IOMAP_NULL_ADDR`.',
    see: ['addr', 'dev_null', 'hole'],
  },
  dev_null: {
    also: ['no device'],
    sentence: 'The value of `dev` that means no device: 0.',
    more: 'Backing ids begin at 1, so 0 is free. A hole must have it. MAPPED with 0 is refused by dev-missing. In RFC v1 it was 0xffffffff.',
    wire: '`FUSE_IOMAP_DEV_NULL`, 0 in `dev`.',
    kernel: '`fuse_iomap_find_dev` does not look it up.',
    see: ['dev', 'null_addr', 'backing-id'],
  },
  'mapping-cache': {
    also: ['cache of mappings'],
    sentence:
      'A table in the kernel of mappings that the server sent ahead, so that not every call has to ask.',
    more: 'It comes with late patches. An answer RETRY_CACHE sends the kernel to it. On `late` the playground shows the checks before the look, and stops there; on `2026-05-cache` it looks into what the scenario says is cached.',
    kernel: 'fs/fuse/fuse_iomap_cache.c of later patches.',
    see: ['retry_cache', 'nocache', 'revision'],
  },
  'backing-table': {
    also: ['backing_files_map', 'idr'],
    sentence: 'The connection’s list of what the server registered: ids, and what each stands for.',
    more: 'Iomap devices and passthrough files share it. After two devices and a file the ids are 1, 2 and 3. A lookup asks for an id of one type: id 3 as `dev` of a mapping finds nothing.',
    kernel: '`fc->backing_files_map`, an IDR.',
    see: ['backing-id', 'cursor', 'reference'],
  },
  'backing-id': {
    also: ['id', 'device number', 'cookie'],
    sentence: 'The number that backing_open returns, and that mappings name in `dev`.',
    more: 'Ids of iomap devices go from 1 to 1024, those of passthrough files on and on. A freed id is not given out again before the numbers have gone round: after 1, 2 and the end of 1 comes 3.',
    wire: 'The result of the ioctl; `dev` in a mapping; `backing_id` in an answer to an open.',
    kernel: '`fuse_backing_id_alloc`.',
    see: ['dev', 'cursor', 'backing-table', 'backing_open'],
  },
  reference: {
    also: ['refcount', 'refs'],
    sentence: 'A count of who still holds an object; it is freed when the count is 0.',
    more: 'A backing has 1 for the table. A begin takes one for each device that it looks up, and gives it back before it returns, so the count is 1 again while the I/O runs. A passthrough file holds one as long as it is open.',
    kernel: '`fuse_backing_get`, `fuse_backing_put`.',
    see: ['backing-table', 'backing_close', 'bdev'],
  },
  cursor: {
    also: ['next id', 'cyclic'],
    sentence: 'Where the search for a free id begins: one after the last that was given out.',
    more: 'After ids 1 to 3 it is 4. Closing 2 does not move it, so the next is 4 and not 2. It is shared: after 1500 passthrough files an iomap device gets the lowest free id from 1 on, and the cursor follows it down. May 2026 has none: the lowest free id is given.',
    kernel: '`idr_alloc_cyclic`.',
    see: ['backing-id', 'backing-table', 'enospc'],
  },
  passthrough: {
    also: ['FUSE passthrough'],
    sentence: 'An older way to keep the server out of I/O: a whole file stands in for a FUSE file.',
    more: 'At open the server names a backing file, and all reads and writes go to it. There are no mappings: byte 4096 is byte 4096 of that file. It needs a file on another file system; iomap needs only a device.',
    kernel: 'fs/fuse/passthrough.c; in mainline since 6.9.',
    see: ['passthrough_open', 'backing_passthrough', 'fuse-iomap'],
  },
  'stack-depth': {
    also: ['max_stack_depth', 'stacked file systems'],
    sentence: 'How many file systems may lie on top of each other under a passthrough file.',
    more: 'With 2, a backing file on ext4 (depth 0) or on an overlay (1) is taken, one at depth 2 is -ELOOP. With 0 none is.',
    kernel: '`fc->max_stack_depth`.',
    see: ['passthrough', 'eloop'],
  },
  capabilities: {
    also: ['CAP_SYS_ADMIN', 'CAP_SYS_RAWIO', 'rights'],
    sentence: 'Rights of a process: two of them matter here.',
    more: 'CAP_SYS_ADMIN is needed to open or close a passthrough backing. CAP_SYS_RAWIO is asked for once, when iomap is negotiated, and then no more: any process that has the /dev/fuse may register a device.',
    kernel: '`capable()`.',
    see: ['eperm', 'connection-iomap', 'caller'],
  },
  revision: {
    also: ['version', 'patch series', 'v6', 'v7'],
    sentence: 'Which posting of the patch series answers: the rules are not the same in all.',
    more: 'The default is v6 of October 2025 with patch 04 of 31, `v6-04`. Choose another above, or compare two: the same reply may be refused by one and accepted by the other.',
    kernel: 'The series is not in mainline; each revision here is a build of its own.',
    see: ['trust', 'check', 'fuse-iomap'],
  },
  check: {
    also: ['validation', 'refusal'],
    sentence: 'One question that the kernel asks of your answer; the first that fails decides.',
    more: 'For a begin there are nine or ten for each mapping, four that compare both with `pos`, and one or two that look up devices. They have a fixed order: a reply with a wrong `type` and a `length` of 0 is refused for its type.',
    kernel: '`fuse_iomap_check_mapping`, `fuse_iomap_begin_validate`, `fuse_iomap_find_dev`.',
    see: ['efscorrupted', 'trust', 'bad_data', 'acceptance-map'],
  },
  'acceptance-map': {
    also: ['map of replies', 'across', 'up', 'axes'],
    sentence:
      'A picture of which replies the kernel would take: two values vary, and a colour says what decides.',
    more: 'With `read.offset` across and `read.length` up, each point is one reply: the step’s own, with these two values put in. Its colour and pattern are those of the check that refuses it, or say that it is accepted. A click puts the two values into the scenario.',
    kernel: 'Nothing in the kernel: its checks are asked once for each point.',
    see: ['check', 'mapping', 'revision'],
  },
  trust: {
    also: ['compared', 'how sure'],
    sentence: 'How far an answer of this page can be believed, said with each verdict.',
    more: '“Seen on a running kernel”: that kernel was run and did the same. “Checked against compiled kernel C”: the kernel’s own function, compiled, gave the same answer to thousands of inputs. “A reading of the kernel’s source”: nobody ran it. “An edited core”: you changed the page’s own copy of the rules, and nobody vouches for what it says. All 4 stand beside verdicts; Limits, in Help, says what each was compared with.',
    kernel: 'Nothing in the kernel.',
    see: ['revision', 'check'],
  },
  bad_data: {
    also: ['BAD_DATA', 'WARN'],
    sentence:
      'How the kernel marks a test of an answer: if it fails, the answer is refused and, in a debug build, logged.',
    more: 'The log says “Bad mapping:”, the condition, the function and the line, once per refusal. Without the debug option the refusal with -117 is the same, in silence.',
    kernel: 'The macro `BAD_DATA` of fs/fuse/.',
    see: ['efscorrupted', 'config_fuse_iomap_debug', 'tracepoint'],
  },
  tracepoint: {
    also: ['ftrace', 'trace_pipe', 'tracing'],
    sentence: 'A place in the kernel that can be made to print a line each time it is passed.',
    more: '`fuse_iomap_begin` prints op flags, position and length; `fuse_iomap_read_map` the mapping of your reply. Lines of a real kernel can be pasted here and become a scenario.',
    kernel: 'fs/fuse/fuse_trace.h.',
    see: ['bad_data', 'iomap_begin'],
  },
};

/** Words of the field: who talks to whom, and what the kernel does with the answer. */
export const CONCEPT_WORDS: Readonly<Record<ConceptId, Written>> = { ...TALK, ...IO_CONCEPTS };
