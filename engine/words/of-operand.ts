// SPDX-License-Identifier: MIT
import type { WordId } from './ids.ts';

/** The word for each operand of a check, by the name in check-facts.ts. */
export const OPERAND_WORDS: Readonly<Record<string, WordId>> = {
  type: 'type',
  flags: 'flags',
  allowedMask: 'flags',
  length: 'length',
  offset: 'offset',
  blockSize: 'block',
  maxbytes: 's_maxbytes',
  dev: 'dev',
  addr: 'addr',
  pos: 'pos',
  found: 'backing-table',
  cmd: 'cmd',
  passthrough: 'config_fuse_passthrough',
  iomap: 'config_fuse_iomap',
  passthroughBuilt: 'config_fuse_passthrough',
  iomapBuilt: 'config_fuse_iomap',
  faulted: 'copy',
  negotiated: 'connection',
  admin: 'capabilities',
  padding: 'padding',
  fd: 'fd',
  mode: 'fd',
  stackDepth: 'stack-depth',
  errno: 'error',
  start: 'backing-id',
  end: 'backing-id',
  cursor: 'cursor',
  id: 'backing-id',
  bytes: 'len',
  headerBytes: 'fuse_out_header',
  len: 'len',
  error: 'error',
  unique: 'unique',
  expected: 'fuse_out_header',
  payloadBytes: 'fuse_out_header',
  opflags: 'op',
  wanted: 'flags',
  mappingEnd: 'length',
  written: 'written',
  asked: 'count',
};

/** Operands of these checks are of a backing, where those of others are of a mapping. */
const OF_BACKING: Readonly<Record<string, WordId>> = { type: 'backing-type', flags: 'backing-flags' };

/** The word for an operand of a check; undefined if there is none. */
export const wordOfOperand = (check: string, operand: string): WordId | undefined =>
  (/^(open|close|passthrough)-/.test(check) ? OF_BACKING[operand] : undefined) ?? OPERAND_WORDS[operand];
