// SPDX-License-Identifier: MIT
import type { Iomap, Request, WireMapping } from '../kernel/wire-types.ts';
import type { WordId } from './ids.ts';

type Ioend = NonNullable<Request['ioend']>;
/** Members of a request that a reader sees: not what the engine keeps beside them. */
type Sent = Exclude<keyof Request, 'name' | 'bytes' | 'map' | 'ioend' | 'setattr' | 'fallocate'>;
type Member = keyof Iomap | keyof WireMapping | Sent | Exclude<keyof Ioend, 'flags'>;

/** Members that a page of a struct shows, and the view of a request does not. */
type Unseen =
  'ioendflags' | 'reserved' | 'padding' | 'pad' | 'fd' | 'len' | 'uid' | 'gid' | 'pid' | 'total_extlen';

/** The word for each member of a struct, by the name that tables and bytes show. */
const MEMBERS: Readonly<Record<Member | Unseen, WordId>> = {
  offset: 'offset',
  length: 'length',
  addr: 'addr',
  type: 'type',
  flags: 'flags',
  dev: 'dev',
  bdev: 'bdev',
  opflags: 'op',
  reserved: 'reserved',
  attr_ino: 'attr_ino',
  pos: 'pos',
  count: 'count',
  written: 'written',
  opcode: 'opcode',
  unique: 'unique',
  nodeid: 'nodeid',
  ioendflags: 'ioendflags',
  error: 'error',
  new_addr: 'new_addr',
  fd: 'fd',
  padding: 'padding',
  pad: 'reserved',
  uid: 'uid',
  gid: 'gid',
  pid: 'pid',
  total_extlen: 'total_extlen',
  len: 'len',
};

/** The word for a row of a struct, `map.offset` included; undefined if there is none. */
export function wordOfMember(name: string): WordId | undefined {
  const key = name.startsWith('map.') ? name.slice(4) : name;
  return Object.hasOwn(MEMBERS, key) ? MEMBERS[key as Member] : undefined;
}
