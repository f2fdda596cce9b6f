// SPDX-License-Identifier: GPL-2.0-only
/** The tree of 64-way nodes under devices and page caches, through both: keys near and far, erased in ranges. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { loadCore } from '../core-module.ts';
import { BUFFERED, DIRECT, Scripted, TYPE, filled, ioMachine, map } from '../io-machine.ts';

const core = loadCore('debug');
const SIZE = 1n << 62n;
/** Page numbers of every magnitude, close together as well. */
const page = fc
  .tuple(fc.integer({ min: 0, max: 49 }), fc.bigInt(-3n, 70n))
  .map(([power, near]) => ((1n << BigInt(power)) + near + SIZE) % (SIZE >> 12n));
const read = (machine: ReturnType<typeof ioMachine>, at: bigint, server: Scripted) =>
  machine.read('a', at << 12n, 1, BUFFERED, server).data[0];

test('every page of a device keeps what was written to it, and no other has it', () => {
  fc.assert(
    fc.property(fc.array(page, { maxLength: 60 }), fc.array(page, { maxLength: 20 }), (pages, others) => {
      const devices = [{ name: 'vda', sizeBytes: SIZE, contents: 'zeros' as const }];
      const machine = ioMachine(core, { size: SIZE, devices });
      const server = new Scripted(() => map(TYPE.MAPPED, 0, 0, 0, { length: SIZE }));
      const model = new Map<bigint, number>();
      pages.forEach((at, i) => {
        machine.write('a', at << 12n, filled(512, i + 1), DIRECT, server);
        model.set(at, i + 1);
      });
      for (const at of [...pages, ...others])
        expect(machine.peek('vda', at << 12n, 1)[0]).toBe(model.get(at) ?? 0);
    }),
    { numRuns: 100 },
  );
});

test('a page cache forgets what is past a size, and nothing else', () => {
  const step = fc.record({ put: fc.boolean(), at: page });
  fc.assert(
    fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
      const machine = ioMachine(core, { size: SIZE });
      // A hole takes nothing: what is read comes out of the cache.
      const server = new Scripted(() => map(TYPE.HOLE, 0, 0, 0, { length: SIZE }));
      const model = new Map<bigint, number>();
      steps.forEach(({ put, at }, i) => {
        if (put) {
          machine.write('a', at << 12n, filled(4096, i + 1), BUFFERED, server);
          model.set(at, i + 1);
        } else {
          machine.truncate('a', at << 12n, server);
          machine.truncate('a', SIZE, server);
          for (const key of model.keys()) if (key >= at) model.delete(key);
        }
        for (const { at: key } of steps.slice(0, i + 1))
          expect(read(machine, key, server)).toBe(model.get(key) ?? 0);
      });
    }),
    { numRuns: 40 },
  );
});
