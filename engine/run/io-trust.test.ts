// SPDX-License-Identifier: MIT
import { expect, test } from 'vitest';
import { loadCore } from '../../tests/core-module.ts';
import { parseDocument } from '../scenario/parse.ts';
import type { Revision } from '../kernel/features.ts';
import { run } from './runner.ts';

const reply = (more: object = {}) => ({ read: { length: 65_536, type: 'MAPPED', dev: 1, ...more } });
const READ = { do: 'pread', replies: [reply()] };

/** What the last step's outcome can be trusted for. */
function trustOf(
  step: object,
  more: object = {},
  revision: Revision = 'late',
  before: object[] = [],
): string {
  const steps = [{ do: 'backing_open' }, ...before, step];
  const text = { format: 1, kernel: { revision }, inodes: { a: { size: 65_536 } }, ...more, steps };
  const { scenario, problems } = parseDocument(JSON.stringify(text));
  expect(problems).toEqual([]);
  return run(loadCore('trace', revision), scenario!).executions.at(-1)!.trust;
}

test('I/O of the revision that ran is seen running, that of others is a reading', () => {
  expect(trustOf(READ)).toBe('running');
  expect(trustOf(READ, {}, 'v6-04')).toBe('reading');
  expect(trustOf({ do: 'truncate', length: 0 })).toBe('running');
});

test.each<[string, object, object?]>([
  ['a request without an answer', { do: 'pread' }],
  ['zeroing', { do: 'fzero', replies: [reply()] }],
  ['a truncation that zeroes', { do: 'truncate', length: 5000, replies: Array(9).fill(reply()) }],
  ['unsharing', { do: 'funshare', replies: [reply()] }],
  ['OVERWRITE_ONLY', { do: 'pwrite', direct: true, overwriteOnly: true, replies: [reply()] }],
  ['inline data', { do: 'pread', replies: [reply({ type: 'INLINE', addr: 'NULL_ADDR', dev: 0 })] }],
  ['large blocks', READ, { inodes: { a: { size: 65_536, blockSize: 8192 } } }],
  [
    'another error of a device',
    { do: 'pread', replies: [{ ...reply(), times: 9 }] },
    { devices: { vda: { faults: [{ error: '-ENOSPC' }] } } },
  ],
  ['a device that dies', READ, { devices: { vda: { diesAfterBios: 9 } } }],
  ['a fault of reads alone', READ, { devices: { vda: { faults: [{ op: 'read', sector: 99 }] } } }],
  ['a fault that passes', READ, { devices: { vda: { faults: [{ times: 1, sector: 9999 }] } } }],
  [
    'a request longer than a faulty device of the rows does in one go',
    { do: 'pread', direct: true, length: 262_144, replies: [{ ...reply({ length: 262_144 }), times: 9 }] },
    { devices: { vda: { faults: [{ sector: 9999 }] } }, inodes: { a: { size: 262_144 } } },
  ],
  [
    'a new size of the server’s own',
    {
      do: 'pwrite',
      direct: true,
      replies: [reply({ type: 'UNWRITTEN' })],
      ioendReplies: [{ newsize: 8192 }],
    },
  ],
])('%s is a reading', (_, step, more) => {
  expect(trustOf(step, more)).toBe('reading');
});

test('an -EIO of a device and an atomic request that it refuses are seen running', () => {
  // It is asked for again, folio by folio.
  const read = { do: 'pread', replies: [{ ...reply(), times: 9 }] };
  expect(trustOf(read, { devices: { vda: { faults: [{}] } } })).toBe('running');
  const atomic = { do: 'pwrite', direct: true, replies: [reply({ flags: ['ATOMIC_BIO'] })] };
  expect(trustOf(atomic)).toBe('running');
});

test('on late, inline data that a block does not hold is refused as a reading: the rows end before that', () => {
  const inline = { length: 8192, type: 'INLINE', addr: 'NULL_ADDR', dev: 0 };
  const begin = { do: 'iomap_begin', pos: 0, count: 8192, reply: { read: inline } };
  expect(trustOf(begin)).toBe('reading');
  expect(trustOf({ ...begin, reply: { read: { ...inline, length: 4096 } } })).toBe('running');
});

test('the table and the ioctls of v6-04 are seen running', () => {
  expect(trustOf({ do: 'backing_close', id: 1 }, {}, 'v6-04')).toBe('running');
  expect(trustOf({ do: 'backing_close', id: 1 }, {}, 'late')).toBe('reading');
  expect(trustOf({ do: 'ioctl', cmd: 7 }, {}, 'v6-04')).toBe('running');
  expect(trustOf({ do: 'umount' }, {}, 'v6-04')).toBe('running');
});
