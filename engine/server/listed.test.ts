// SPDX-License-Identifier: MIT
import { describe, expect, it } from 'vitest';
import { run } from '../run/runner.ts';
import { parseDocument } from '../scenario/parse.ts';
import { loadCore } from '../../tests/core-module.ts';

/** A direct write that grows the file: the server hears of it by an ioend. */
const APPEND = {
  format: 1,
  inodes: { a: { size: 0 } },
  steps: [
    { do: 'backing_open' },
    {
      do: 'pwrite',
      offset: 0,
      length: 4096,
      fill: 1,
      direct: true,
      replies: [{ read: { length: 4096, type: 'MAPPED', dev: 1 } }],
      expect: { ret: 4096, diskSize: 4096 },
    },
  ],
};

describe.each(['v6-04', 'v7-04', 'late'] as const)('an ioend that is answered with 0, in %s', (revision) => {
  it('is taken, and leaves the size that the kernel worked out', () => {
    const parsed = parseDocument(JSON.stringify({ ...APPEND, kernel: { revision } }));
    expect(parsed.problems).toEqual([]);
    const result = run(loadCore('trace', revision), parsed.scenario!);
    expect(result.expectations.unmet).toEqual([]);
    expect(result.executions.at(-1)?.io?.calls.at(-1)).toMatchObject({ do: 'iomap_ioend', outcome: 'ok' });
  });
});
