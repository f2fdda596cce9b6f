// SPDX-License-Identifier: MIT
import { expect, test } from 'vitest';
import { loadCore } from '../../tests/core-module.ts';
import { run } from '../run/runner.ts';
import { scenarioOf } from '../testing/fixture.ts';
import { explain } from './explain.ts';

const sentence = (step: object) => {
  const scenario = scenarioOf({ steps: [step] });
  return explain(run(loadCore(), scenario).executions[0]!, scenario).sentence;
};
const STAGE = 'uses ordinary FUSE reads and writes. That stage is not modelled.';
const enosys = { error: '-ENOSYS' };

test.each([
  { do: 'iomap_begin', reply: enosys },
  { do: 'iomap_begin', op: ['WRITE'], reply: enosys },
  { do: 'pread', replies: [{ ...enosys, times: 9 }] },
  { do: 'pwrite', replies: [enosys] },
])('-ENOSYS to a buffered begin is told as what it means at the stage of direct I/O: %o', (step) => {
  expect(sentence(step)).toContain(STAGE);
});

test.each([
  { do: 'iomap_begin', op: ['DIRECT'], reply: enosys },
  { do: 'iomap_begin', op: ['REPORT'], reply: enosys },
  { do: 'iomap_begin', reply: { error: '-ENOSPC' } },
  { do: 'pread', replies: [{ error: '-EIO' }] },
  { do: 'fiemap', replies: [enosys] },
])('anything else is not: %o', (step) => {
  expect(sentence(step)).not.toContain(STAGE);
});
