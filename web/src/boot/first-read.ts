// SPDX-License-Identifier: MIT
import type { Scenario } from '#engine/scenario/schema.ts';
import { FIRST } from './first-scenario.ts';

/**
 * The first scenario as it is read, so that a first visit has its verdict before the reader of documents has loaded. A
 * test reads FIRST and compares.
 */
export const FIRST_READ: Scenario = {
  format: 1,
  title: 'Your first reply',
  notes:
    'The kernel wants to read 8 KiB of a file from byte 4096 on and asks you, the server, where the bytes live.\n\nTry this first: change `read.offset` to 8192. Guess before you do: will the kernel take it?',
  kernel: { revision: 'v6-04', config: { FUSE_IOMAP: true, FUSE_PASSTHROUGH: true, FUSE_IOMAP_DEBUG: true } },
  connection: {
    iomap: true,
    passthrough: true,
    capabilities: ['CAP_SYS_ADMIN', 'CAP_SYS_RAWIO'],
    maxStackDepth: 2,
  },
  devices: { vda: { size: 4194304n, logicalBlockSize: 512, readOnly: false, contents: 'zeros' } },
  superblock: { bdev: null, maxBytes: 9223372036854775807n },
  inodes: { a: { blockSize: 4096, size: 65536n, caches: false } },
  steps: [
    { do: 'backing_open', fd: 3, type: 1, flags: 0, padding: 0n, times: 1 },
    {
      do: 'iomap_begin',
      op: 16,
      pos: 4096n,
      count: 8192n,
      reply: { read: { offset: 4096n, length: 8192n, addr: 1048576n, type: 2, flags: 0, dev: 1 } },
      times: 1,
    },
    { do: 'backing_close', id: 1, times: 1 },
  ],
};

/**
 * The scenario of a text, which the run of a first verdict needs; null for one that can't be run. The reader of documents
 * is asked for early where it will be needed: see scripts/vite/early-start.mjs.
 */
export async function readStart(text: string): Promise<Scenario | null> {
  if (text === FIRST) return FIRST_READ;
  const { parseDocument } = await import('#engine/scenario/parse.ts');
  return parseDocument(text).scenario;
}
