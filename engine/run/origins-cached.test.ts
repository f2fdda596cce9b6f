// SPDX-License-Identifier: MIT
import { expect, test } from 'vitest';
import { loadCore } from '../../tests/core-module.ts';
import { parseDocument } from '../scenario/parse.ts';
import { run } from './runner.ts';

const read = { length: 12_288, addr: 2_097_152, type: 'MAPPED', dev: 1 };

/** One read on the tip of May 2026, of a file whose mappings are cached or not. */
function readOf(cached: boolean, direct: boolean) {
  const steps = [
    { do: 'backing_open' },
    { do: 'pread', length: 12_288, direct, ...(cached ? {} : { replies: [{ read }] }) },
  ];
  const a = { caches: true, size: 12_288, ...(cached ? { cache: { read } } : {}) };
  const kernel = { revision: '2026-05-cache' };
  const { scenario } = parseDocument(JSON.stringify({ format: 1, kernel, inodes: { a }, steps }));
  return run(loadCore('trace', '2026-05-cache'), scenario!).executions[1]!.io!;
}

test.each([true, false])(
  'a read (direct: %s) has its bytes from the device, also by a cached mapping',
  (direct) => {
    const [hit, asked] = [readOf(true, direct), readOf(false, direct)];
    expect([hit, asked].map(({ calls }) => calls.filter(({ request }) => request !== null).length)).toEqual([
      0, 1,
    ]);
    expect(hit.origins).not.toEqual([]);
    expect(hit.origins).toEqual(asked.origins);
  },
);
