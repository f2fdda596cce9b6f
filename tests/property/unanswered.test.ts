// SPDX-License-Identifier: MIT
/** A call that waits for ever returns nothing, and the calls after it are not told of what it would have returned. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { run } from '#engine/run/runner.ts';
import { IO_STEPS } from '#engine/scenario/io-names.ts';
import { parseDocument } from '#engine/scenario/parse.ts';
import { loadCore } from '../core-module.ts';

const MAX_ERRNO = 4095n;

const reply = fc.record({
  read: fc.record({
    offset: fc.constant(0),
    length: fc.constantFrom(4096, 8192, 65536),
    type: fc.constantFrom('MAPPED', 'UNWRITTEN', 'MAPPED', 'INLINE'),
    addr: fc.constant('1M'),
    dev: fc.constant(1),
  }),
});
/** An inline mapping has no address and no device. */
const replies = fc.array(
  reply.map(({ read }) =>
    read.type === 'INLINE' ? { read: { ...read, addr: 'NULL_ADDR', dev: 0 } } : { read },
  ),
  { maxLength: 2 },
);
const step = fc.record(
  {
    do: fc.constantFrom(...IO_STEPS.filter((name) => name !== 'iomap_ioend'), 'fsync', 'pwrite'),
    direct: fc.boolean(),
    offset: fc.constantFrom(0, 4096, 100),
    length: fc.constantFrom(4096, 12288),
    replies,
    endReplies: fc.constantFrom([{ hex: '' }], []),
    ioendReplies: fc.constantFrom([{ hex: '' }], []),
  },
  { requiredKeys: ['do', 'replies'] },
);

const KEYS: Partial<Record<string, string[]>> = {
  pread: ['direct', 'offset', 'length'],
  pwrite: ['direct', 'offset', 'length'],
  fzero: ['offset', 'length'],
  funshare: ['offset', 'length'],
  fiemap: ['offset', 'length'],
  seek: ['offset'],
  truncate: ['length'],
};

test.each(['late', '2026-05-cache'] as const)('%s: no number of the core’s own is returned', (revision) => {
  const core = loadCore('debug', revision);
  let waited = 0;
  let after = 0;
  fc.assert(
    fc.property(fc.array(step, { minLength: 2, maxLength: 6 }), (steps) => {
      const document = {
        format: 1,
        kernel: { revision },
        devices: { vda: { size: '4M' } },
        inodes: { file: { ino: 12, size: 65536 } },
        steps: [
          { do: 'backing_open' },
          ...steps.map((one) =>
            Object.fromEntries(
              Object.entries(one).filter(
                ([key]) => /^do$|eplies$/.test(key) || (KEYS[one.do] ?? []).includes(key),
              ),
            ),
          ),
        ],
      };
      const { scenario, problems } = parseDocument(JSON.stringify(document));
      if (scenario === null) throw new Error(problems[0]?.message);
      let waits = false;
      for (const { ret, io, outcome } of run(core, scenario).executions) {
        for (const one of [ret, ...(io?.calls ?? []).map((call) => call.ret)])
          expect(one === null || one >= -MAX_ERRNO).toBe(true);
        if (waits && ret !== null) after++;
        if (outcome === 'waiting') waits = true;
      }
      if (waits) waited++;
    }),
    { numRuns: 400, seed: 8 },
  );
  expect(waited).toBeGreaterThan(100);
  expect(after).toBeGreaterThan(100);
});
