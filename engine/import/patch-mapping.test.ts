// SPDX-License-Identifier: MIT
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { atomsOf } from './c-condition.ts';
import { mappingChecks, validateChecks } from './patch-mapping.ts';

const BELOW = { label: 'HOLE' };
const ABOVE = { label: null };

test.each([
  ['if (BAD_DATA(!IS_ALIGNED(map->offset, i_blocksize(inode))))', 'offset-unaligned'],
  ['if (BAD_DATA(!IS_ALIGNED(map->offset, map->length)))', 'offset-unaligned'],
  ['if (map->offset % blocksize)', 'offset-unaligned'],
  ['if (map->offset & (blocksize - 1))', 'offset-unaligned'],
  ['if (!IS_ALIGNED(map->offset | map->length, blocksize))', 'offset-unaligned length-unaligned'],
  ['if (!IS_ALIGNED(map->offset, bs) || !IS_ALIGNED(map->length, bs))', 'offset-unaligned length-unaligned'],
  ['if (map->length % (u64)i_blocksize(inode) != 0)', 'length-unaligned'],
  ['if (map->length == 0)', 'length-zero'],
  ['if (0 == map->length)', 'length-zero'],
  ['if (!map->length)', 'length-zero'],
  ['if (map->length < 1)', 'length-zero'],
  ['if (map->length < blocksize)', ''],
  ['if (BAD_DATA(check_add_overflow(map->offset, map->length, &end)))', 'file-range-overflow'],
  ['if (map->offset + map->length < map->offset)', 'file-range-overflow'],
  [
    'if (map->addr != FUSE_IOMAP_NULL_ADDR &&\n    check_add_overflow(map->addr, map->length, &end))',
    'device-range-overflow',
  ],
  ['if (map->addr != FUSE_IOMAP_NULL_ADDR)', 'addr-forbidden'],
  ['if (!(map->addr == FUSE_IOMAP_NULL_ADDR))', 'addr-forbidden'],
  ['if (unlikely(map->addr == FUSE_IOMAP_NULL_ADDR))', 'addr-missing'],
  ['if (WARN_ON_ONCE(map->dev == FUSE_IOMAP_DEV_NULL))', 'dev-missing'],
  ['if (!map->dev)', 'dev-missing'],
  ['if (map->dev)', 'dev-forbidden'],
  ['if (map->offset >= inode->i_sb->s_maxbytes)', 'offset-past-maxbytes'],
  ['if (BAD_DATA(map->flags & ~FUSE_IOMAP_F_FROM_SERVER))', 'flags-unknown'],
  ['if (map->flags & FUSE_IOMAP_F_SHARED)', ''],
  ['if (BAD_DATA(!fuse_iomap_check_type(map->type)))', 'type-unknown'],
  ['if (map->type > FUSE_IOMAP_TYPE_INLINE)', 'type-unknown'],
  ['if (map->type == FUSE_IOMAP_TYPE_HOLE)', ''],
  ['if (BAD_DATA(iodir != WRITE_MAPPING))', 'overwrite-on-read'],
  ['return map->length != 0 && map->dev == FUSE_IOMAP_DEV_NULL;', 'length-zero dev-missing'],
  // A hunk may begin or end within a statement.
  ['map->length, &sum)))', ''],
  ['if (BAD_DATA(check_add_overflow(map->offset,', ''],
  ['map->offset % blocksize))', 'offset-unaligned'],
  ['map->iomap.addr = offset + 12;', ''],
])('%s is of %s', (statement, checks) => {
  expect(mappingChecks(statement, BELOW).join(' ')).toBe(checks);
});

test('above the labels a device is not supported at all', () => {
  expect(mappingChecks('if (map->dev != FUSE_IOMAP_DEV_NULL)', ABOVE)).toEqual(['dev-unsupported']);
  expect(mappingChecks('if (map->dev != FUSE_IOMAP_DEV_NULL)', BELOW)).toEqual(['dev-forbidden']);
});

test.each([
  ['PURE_OVERWRITE', 'if (BAD_DATA(map->flags != 0))', 'overwrite-flags'],
  ['PURE_OVERWRITE', 'if (map->flags)', 'overwrite-flags'],
  ['PURE_OVERWRITE', 'if (BAD_DATA(map->dev != FUSE_IOMAP_DEV_NULL))', 'overwrite-dev'],
  ['PURE_OVERWRITE', 'if (!(FUSE_IOMAP_NULL_ADDR == map->addr))', 'overwrite-addr'],
  ['RETRY_CACHE', 'if (BAD_DATA(!fuse_inode_caches_iomaps(inode)))', 'cache-unavailable'],
  ['RETRY_CACHE', 'if (map->flags)', 'cache-type-flags'],
  ['NOCACHE', 'if (BAD_DATA(map->flags != 0))', 'cache-type-flags'],
  ['NOCACHE', 'if (map->dev)', 'cache-type-dev'],
  ['NOCACHE', 'if (BAD_DATA(map->addr != FUSE_IOMAP_NULL_ADDR))', 'cache-type-addr'],
  [
    'NOCACHE',
    'if (map->addr != FUSE_IOMAP_NULL_ADDR && check_add_overflow(map->addr, map->length, &end))',
    'device-range-overflow',
  ],
  ['HOLE', 'if (map->flags != 0)', ''],
])('below the label of %s, %s is of %s', (label, statement, checks) => {
  expect(mappingChecks(statement, { label }).join(' ')).toBe(checks);
});

test.each([
  ['if (BAD_DATA(outarg->read.offset > pos))', 'read-after-pos'],
  ['if (pos < write->offset)', 'write-after-pos'],
  ['if (!(read->offset <= pos))', 'read-after-pos'],
  ['if (BAD_DATA(read->offset + read->length <= pos))', 'read-before-pos'],
  ['if (pos >= write->offset + write->length)', 'write-before-pos'],
  ['if (write_end <= pos)', 'write-before-pos'],
  ['if (read->offset > pos || read->offset + read->length <= pos)', 'read-after-pos read-before-pos'],
  ['if (read->type == FUSE_IOMAP_TYPE_NOCACHE)', 'nocache-on-begin'],
  ['if (BAD_DATA(outarg->read.type == FUSE_IOMAP_TYPE_RETRY_CACHE))', 'retry-uncached-op'],
  ['if (!fuse_iomap_can_cache(opflags))', 'retry-uncached-op'],
  [
    'if (BAD_DATA(map->type != FUSE_IOMAP_TYPE_MAPPED &&\n\t map->type != FUSE_IOMAP_TYPE_UNWRITTEN))',
    'atomic-not-mapped',
  ],
  ['if (!(FUSE_IOMAP_TYPE_MAPPED == map->type))', 'atomic-not-mapped'],
  ['if (BAD_DATA(!(map->flags & FUSE_IOMAP_F_ATOMIC_BIO)))', 'atomic-no-flag'],
  ['if ((map->flags & FUSE_IOMAP_F_ATOMIC_BIO) == 0)', 'atomic-no-flag'],
  ['if (opflags & IOMAP_ATOMIC)', ''],
  ['if (map->type == FUSE_IOMAP_TYPE_PURE_OVERWRITE)', ''],
  ['if (read->offset > write->offset)', ''],
  ['if (read->length > pos)', ''],
])('%s is of %s', (statement, checks) => {
  expect(validateChecks(statement).join(' ')).toBe(checks);
});

test('nothing that looks like C makes it throw, run long or deep', () => {
  const piece = fc.constantFrom(
    '(',
    ')',
    '!',
    '~',
    '-',
    '&&',
    '||',
    '==',
    '<',
    '%',
    '->',
    '.',
    '[',
    ']',
    ',',
    '?',
    'a',
    '0',
    'if',
    'map->offset',
    'IS_ALIGNED(',
    '"',
    "'",
    '/*',
    '\n',
  );
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 60 }), (pieces) => {
      atomsOf(pieces.join(' '));
    }),
  );
  for (const one of ['(', '!', 'a(', 'a[', 'a && ', 'a.', 'if ', '(a)'])
    expect(atomsOf(one.repeat(2000)).length).toBeGreaterThan(0);
});
