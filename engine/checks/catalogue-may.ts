// SPDX-License-Identifier: MIT
/** Prose for the checks that came in May 2026. */
import type { JsonValue } from '../scenario/json.ts';
import { MAY } from './catalogue-entry.ts';
import type { Prose } from './catalogue-entry.ts';
import { OPEN, answer, hole, mapped, scenario } from './catalogue-fragments.ts';

type Fields = Record<string, JsonValue>;

/** The plumbing stage, and the one with the mapping cache and an inode that uses it. */
const IN_MAY = { machine: { kernel: { revision: '2026-05' } } };
const IN_CACHE = { machine: { kernel: { revision: '2026-05-cache' }, inodes: { a: { caches: true } } } };

const overwrite = (fields: Fields = {}): Fields => hole({ type: 'PURE_OVERWRITE', ...fields });
const retry = (fields: Fields = {}): Fields => hole({ type: 'RETRY_CACHE', ...fields });
const nocache = (fields: Fields = {}): Fields => hole({ type: 'NOCACHE', ...fields });

const WRITTEN =
  'A slot that says "as the read mapping" has nothing of its own to say. What stands there was left in by mistake, or means something that the kernel does not do.';
const SLOT =
  'Fill the write slot from zeros: offset and length as in read, addr NULL_ADDR, type PURE_OVERWRITE, all else 0. A zeroed addr is a real address.';
const CACHED =
  'A reply that sends the kernel to its cache maps nothing. Fields that only a mapping has must be empty, so that they may mean something later.';
const EMPTY = 'Set offset and length to cover pos, addr to NULL_ADDR, and leave flags and dev 0.';

const atomic = (read: Fields): JsonValue => answer(read, { ...IN_CACHE, step: { op: ['WRITE', 'ATOMIC'] } });

/** A write of inline data, and its end. */
const inline = (end: Fields): JsonValue =>
  scenario(
    [
      OPEN,
      { do: 'iomap_begin', op: 'WRITE', reply: { read: hole({ type: 'INLINE' }) } },
      { do: 'iomap_end', ...end },
    ],
    IN_CACHE.machine,
  );

export const MAY_PROSE = {
  'overwrite-flags': {
    title: 'A pure overwrite with flags',
    refuses: 'A PURE_OVERWRITE whose flags are not 0. Revisions before May 2026 do not look.',
    why: WRITTEN,
    fix: SLOT,
    since: MAY,
    examples: {
      passing: answer(mapped(), { ...IN_MAY, write: overwrite() }),
      failing: answer(mapped(), { ...IN_MAY, write: overwrite({ flags: ['SHARED'] }) }),
    },
  },
  'overwrite-dev': {
    title: 'A pure overwrite with a device',
    refuses: 'A PURE_OVERWRITE whose dev is not DEV_NULL (0). Revisions before May 2026 do not look.',
    why: WRITTEN,
    fix: SLOT,
    since: MAY,
    examples: {
      passing: answer(mapped(), { ...IN_MAY, write: overwrite() }),
      failing: answer(mapped(), { ...IN_MAY, write: overwrite({ dev: 1 }) }),
    },
  },
  'overwrite-addr': {
    title: 'A pure overwrite with an address',
    refuses:
      'A PURE_OVERWRITE whose addr is not NULL_ADDR. 0 is not NULL_ADDR. Revisions before May 2026 do not look.',
    why: WRITTEN,
    fix: SLOT,
    since: MAY,
    examples: {
      passing: answer(mapped(), { ...IN_MAY, write: overwrite() }),
      failing: answer(mapped(), { ...IN_MAY, write: overwrite({ addr: 0 }) }),
    },
  },
  'cache-type-flags': {
    title: 'To the cache, with flags',
    refuses: 'A RETRY_CACHE or NOCACHE mapping whose flags are not 0.',
    why: CACHED,
    fix: EMPTY,
    since: MAY,
    examples: { passing: answer(retry(), IN_CACHE), failing: answer(retry({ flags: ['NEW'] }), IN_CACHE) },
  },
  'cache-type-dev': {
    title: 'To the cache, on a device',
    refuses: 'A RETRY_CACHE or NOCACHE mapping whose dev is not DEV_NULL (0).',
    why: CACHED,
    fix: EMPTY,
    since: MAY,
    examples: { passing: answer(retry(), IN_CACHE), failing: answer(retry({ dev: 1 }), IN_CACHE) },
  },
  'cache-type-addr': {
    title: 'To the cache, at an address',
    refuses: 'A RETRY_CACHE or NOCACHE mapping whose addr is not NULL_ADDR.',
    why: CACHED,
    fix: EMPTY,
    since: MAY,
    examples: { passing: answer(retry(), IN_CACHE), failing: answer(nocache({ addr: 0 }), IN_CACHE) },
  },
  'retry-uncached-op': {
    title: 'To the cache, for an operation that never goes there',
    refuses:
      'A read mapping that is RETRY_CACHE if the operation is REPORT, ATOMIC or SWAPFILE. The write mapping is not asked, so RETRY_CACHE there gets through.',
    why: 'These operations are not answered from the cache. Asking it for them, and the server again, would not end.',
    fix: 'Answer these operations with a mapping.',
    since: MAY,
    examples: {
      passing: answer(hole(), { ...IN_CACHE, step: { op: 'REPORT' } }),
      failing: answer(retry(), { ...IN_CACHE, step: { op: 'REPORT' } }),
    },
  },
  'atomic-not-mapped': {
    title: 'An atomic write to nowhere',
    refuses:
      'For an ATOMIC operation, a write mapping (of a pure overwrite, the read mapping) that is not MAPPED or UNWRITTEN. The errno is -EIO.',
    why: 'The device is what makes a write atomic, so the bytes must have one place on one.',
    fix: 'Allocate the blocks before the answer.',
    since: MAY,
    examples: { passing: atomic(mapped({ flags: ['ATOMIC_BIO'] })), failing: atomic(hole()) },
  },
  'atomic-no-flag': {
    title: 'An atomic write that the server does not promise',
    refuses:
      'For an ATOMIC operation, a write mapping (of a pure overwrite, the read mapping) without ATOMIC_BIO. The errno is -EIO.',
    why: 'ATOMIC_BIO says that the extent is aligned so that the device can write it untorn. Without it nobody has said so.',
    fix: 'Set ATOMIC_BIO on extents that are fit for it, and on the mapping that the bytes go to.',
    since: MAY,
    examples: { passing: atomic(mapped({ flags: ['ATOMIC_BIO'] })), failing: atomic(mapped()) },
  },
  'inline-past-mapping': {
    title: 'More inline data than the mapping holds',
    refuses: 'An iomap_end of a write of inline data that ends past the mapping. The errno is -EIO.',
    why: 'The buffer is as long as the mapping. Nothing was written past it that could be stored.',
    fix: 'Nothing that a server sends leads here: the iomap layer never writes past a mapping.',
    since: MAY,
    examples: { passing: inline({ written: 4096 }), failing: inline({ written: 8192 }) },
  },
  'inline-written-more': {
    title: 'A server that stores more than it was given',
    refuses:
      'An answer to the FUSE_WRITE of inline data that counts more bytes than were sent. The errno is -EIO.',
    why: 'The count moves the kernel on in its buffer, and must not lead out of it.',
    fix: 'Answer with the number of bytes that were stored, at most those of the request.',
    since: MAY,
    examples: { passing: inline({ inlineWrites: [4096] }), failing: inline({ inlineWrites: [8192] }) },
  },
} satisfies Record<string, Prose>;
