// SPDX-License-Identifier: MIT
import { expect, test } from 'vitest';
import { loadCore } from '../../tests/core-module.ts';
import { parseDocument } from '../scenario/parse.ts';
import { worthSaving } from './resume-points.ts';
import { CHECKPOINT_EVERY, Runner } from './runner.ts';

const MIB = 1 << 20;

test('a small machine is copied at every checkpoint, a large one after more executions', () => {
  expect(worthSaving(undefined, 0, 256 * MIB)).toBe(true);
  const due = (executions: number, bytes: number) => worthSaving({ before: 512 }, 512 + executions, bytes);
  expect([due(CHECKPOINT_EVERY, MIB), due(CHECKPOINT_EVERY, 16 * MIB)]).toEqual([true, true]);
  expect([due(CHECKPOINT_EVERY, 17 * MIB), due(2 * CHECKPOINT_EVERY, 17 * MIB)]).toEqual([false, true]);
});

test('a run on a large machine resumes from a copy that it has, with the same result', () => {
  const replies = [{ read: { type: 'MAPPED', length: '32M', dev: 1 } }];
  const written = { do: 'pwrite', length: MIB, direct: true, replies };
  const steps: object[] = [{ do: 'backing_open' }];
  for (let i = 0; i < 24; i++) steps.push({ ...written, offset: i * MIB });
  while (steps.length < 4 * CHECKPOINT_EVERY) steps.push({ do: 'seek' });
  const document = { format: 1, devices: { vda: { size: '32M' } }, inodes: { a: { size: '32M' } }, steps };
  const scenario = (last: object) =>
    parseDocument(JSON.stringify({ ...document, steps: [...steps, last] })).scenario!;
  const runner = new Runner(loadCore());
  runner.run(scenario({ do: 'fsync' }));
  const again = runner.run(scenario({ do: 'bmap' }));
  // 24 MiB are written at once; from then on there is a copy each 512 executions.
  expect(again.reused).toBe(4 * CHECKPOINT_EVERY);
  const earlier = { ...scenario({ do: 'bmap' }) };
  const changed = { ...earlier, steps: earlier.steps.with(3 * CHECKPOINT_EVERY + 5, earlier.steps[0]!) };
  const resumed = runner.run(changed);
  expect(resumed.reused).toBe(2 * CHECKPOINT_EVERY);
  expect({ ...resumed, reused: 0 }).toEqual(new Runner(loadCore()).run(changed));
});
