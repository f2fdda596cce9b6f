// SPDX-License-Identifier: MIT
/** A hole may be as long as a mapping can be: lengths are compared as the unsigned numbers that they are. */
import { expect, test } from 'vitest';
import { run } from '#engine/run/runner.ts';
import { parseDocument } from '#engine/scenario/parse.ts';
import { loadCore } from '../core-module.ts';

const hole = { read: { offset: 0, length: '0xfffffffffffff000', type: 'HOLE', addr: 'NULL_ADDR' } };
const replies = [{ ...hole, times: 20 }];

test.each([
  ['pread', { length: 8192 }, 8192n],
  ['pread', { length: 8192, direct: true }, 8192n],
  ['pwrite', { length: 8192 }, 8192n],
  ['fsync', {}, 0n],
  ['fzero', { length: 8192 }, 0n],
  ['funshare', { length: 8192 }, 0n],
  ['fiemap', { length: 8192 }, 0n],
  ['seek', { offset: 0, whence: 'hole' }, 0n],
  ['bmap', { block: 1 }, 0n],
  ['truncate', { length: 5000 }, 0n],
] as const)('%s %j over it goes well', (name, fields, ret) => {
  const document = {
    format: 1,
    inodes: { a: { size: 65536 } },
    steps: [
      { do: 'pwrite', length: 4096, replies },
      { do: name, ...fields, replies },
    ],
  };
  const { scenario, problems } = parseDocument(JSON.stringify(document));
  expect(problems.filter(({ severity }) => severity === 'error')).toEqual([]);
  const last = run(loadCore(), scenario!).executions.at(-1)!;
  expect([last.outcome, last.ret]).toEqual(['ok', ret]);
});
