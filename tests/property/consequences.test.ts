// SPDX-License-Identifier: GPL-2.0-only
import fc from 'fast-check';
import { beforeAll, expect, test } from 'vitest';
import { consequences } from '../../engine/checks/consequences.ts';
import { run } from '../../engine/run.ts';
import { parseDocument } from '../../engine/scenario/parse.ts';
import { loadCore } from '../core-module.ts';

/** What is foretold of an accepted mapping is what the core then does. */

let core: WebAssembly.Module;
beforeAll(() => {
  core = loadCore();
});

const MAP = { offset: 0, length: 16384, dev: 1 };
const place = fc.constantFrom(
  0,
  4096,
  4096 + 256,
  512,
  (1 << 20) - 16384,
  (1 << 20) - 8192,
  1 << 20,
  3 << 20,
);
const mapping = fc.oneof(
  fc.record({
    type: fc.constantFrom('MAPPED', 'UNWRITTEN'),
    addr: place,
    flags: fc.constantFrom<string[]>([], ['NEW'], ['SHARED'], ['ATOMIC_BIO']),
  }),
  fc.record({ type: fc.constantFrom('HOLE', 'DELALLOC', 'INLINE') }).map(({ type }) => {
    return { type, addr: 'NULL_ADDR', dev: 0 };
  }),
);

const io = fc.record({
  mapping,
  write: fc.boolean(),
  direct: fc.boolean(),
  pos: fc.constantFrom(0, 512, 4096, 8192, 100),
  count: fc.constantFrom(512, 4096, 8192, 100),
  logicalBlockSize: fc.constantFrom(512, 4096),
});

test('the errno or the oops that is foretold comes, and no other', () => {
  const seen = new Set<string>();
  fc.assert(
    fc.property(io, ({ mapping, write, direct, pos, count, logicalBlockSize }) => {
      // One page of buffered I/O, so that there is no second try and no second mapping.
      const length = direct ? count : Math.min(count, 4096 - (pos % 4096));
      const replies = [{ read: { ...MAP, ...mapping }, times: 4 }];
      const op = [...(write ? ['WRITE'] : []), ...(direct ? ['DIRECT'] : [])];
      const { scenario, problems } = parseDocument(
        JSON.stringify({
          format: 1,
          devices: { vda: { size: '1M', logicalBlockSize } },
          steps: [
            { do: 'backing_open' },
            { do: 'iomap_begin', op, pos, count: length, reply: { read: replies[0]!.read } },
            { do: write ? 'pwrite' : 'pread', offset: pos, length, direct, replies },
          ],
        }),
      );
      if (scenario === null) throw new Error(problems[0]?.message);
      const { executions } = run(core, scenario);
      const [, begin, done] = executions;
      const foretold = consequences(begin!, scenario);
      const error = foretold.find((one) => one.error !== null)?.error ?? null;
      const oops = foretold.some((one) => one.oops);
      // A buffered write of a part of a page reads the rest from the device, and may fail there already.
      if (write && !direct && mapping.type === 'MAPPED') return;
      expect(done!.outcome === 'oops').toBe(oops);
      if (!oops) expect(done!.ret! < 0n ? Number(done!.ret) : null).toBe(error);
      seen.add(oops ? 'oops' : String(error));
    }),
    { numRuns: 2_000 },
  );
  expect([...seen].sort()).toEqual(['-22', '-5', 'null', 'oops']);
});
