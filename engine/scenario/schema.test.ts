// SPDX-License-Identifier: MIT
import { expect, it } from 'vitest';
import * as v from 'valibot';
import { scenarioSchema } from './schema.ts';

it('fills in a usable machine', () => {
  const scenario = v.parse(scenarioSchema, {
    format: 1n,
    steps: [
      { do: 'iomap_begin', op: ['WRITE', 0x10n], reply: { read: { length: '4K', addr: 'NULL_ADDR' } } },
    ],
  });
  expect(scenario.inodes['a']).toEqual({ blockSize: 4096, size: 65536n, caches: false });
  expect(scenario.devices['vda']?.size).toBe(16n << 20n);
  expect(scenario.steps[0]).toMatchObject({ op: 0x11, count: 4096n, times: 1 });
});
