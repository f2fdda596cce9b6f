// SPDX-License-Identifier: MIT
import { beforeAll, expect, test } from 'vitest';
import { loadCore } from '../../tests/core-module.ts';
import { parseDocument } from '../scenario/parse.ts';
import { run } from './runner.ts';
import { causeOf, unexpected } from './unexpected.ts';

let core: WebAssembly.Module;
beforeAll(() => {
  core = loadCore();
});

const OPEN = { do: 'backing_open' };
const MAP = { type: 'MAPPED', length: 4096, dev: 1 };
const READ = { do: 'iomap_begin', reply: { read: MAP } };

function troubles(...steps: object[]) {
  const { scenario, problems } = parseDocument(JSON.stringify({ format: 1, steps }));
  if (scenario === null) throw new Error(problems[0]?.message);
  const result = run(core, scenario);
  const found = unexpected(result, scenario);
  return {
    scenario,
    result,
    found,
    told: found.map(({ execution, trouble }) => `${execution.step} ${trouble}`),
  };
}

test('what goes well is not told', () => {
  expect(troubles(OPEN, READ).told).toEqual([]);
});

test.each([
  ['a refused reply', { ...READ, reply: { read: { ...MAP, dev: 7 } } }, 'refused'],
  ['an error of the server', { ...READ, reply: { error: '-ENOSPC' } }, 'failed'],
  ['raw bytes of a length that no answer has', { ...READ, reply: { hex: '00' } }, 'not-taken'],
  ['an ioctl that fails', { do: 'backing_close', id: 9 }, 'refused'],
  ['a step that is not called', { do: 'passthrough_release' }, 'not-called'],
  ['a refused reply of I/O', { do: 'pread', replies: [{ read: { ...MAP, dev: 7 } }] }, 'refused'],
  ['a raw reply of I/O that is not taken', { do: 'pread', replies: [{ hex: '00' }] }, 'not-taken'],
  ['replies that nothing asks for', { do: 'pread', replies: [{ read: MAP }, { read: MAP }] }, 'not-asked'],
])('%s', (_, step, trouble) => {
  expect(troubles(OPEN, step).told).toEqual([`1 ${trouble}`]);
});

test('`ret` and `check` expect it, nothing else does', () => {
  const refused = { ...READ, reply: { read: { ...MAP, dev: 7 } } };
  const expecting = (expect: object) => troubles(OPEN, { ...refused, expect }).told;
  expect(expecting({ ret: '-EFSCORRUPTED' })).toEqual([]);
  expect(expecting({ check: 'dev-not-found' })).toEqual([]);
  expect(expecting({ which: 'read' })).toEqual(['1 refused']);
  expect(expecting({ check: null })).toEqual(['1 refused']);
  expect(expecting({ iomap: null })).toEqual(['1 refused']);
  // That it returned something else is told as an expectation that was not met.
  expect(expecting({ ret: 0 })).toEqual([]);
});

test('an I/O step that succeeds although a reply was refused needs more than its `ret`', () => {
  const good = { offset: 0, ...MAP };
  const bad = { offset: 4096, ...MAP, dev: 7 };
  const step = { do: 'pread', length: 8192, replies: [{ read: good }, { read: bad, times: 9 }] };
  const { result, told } = troubles(OPEN, { ...step, expect: { ret: 4096 } });
  expect(result.executions[1]!.ret).toBe(4096n);
  expect(told).toEqual(['1 refused']);
  expect(troubles(OPEN, { ...step, expect: { ret: 4096, check: 'dev-not-found' } }).told).toEqual([]);
});

test('an execution before the last of a step is looked at, too', () => {
  const close = { do: 'backing_close', times: 2 };
  expect(troubles(OPEN, { ...close, expect: { ret: 0 } }).result.expectations.unmet).toHaveLength(1);
  expect(troubles(OPEN, close).told).toEqual(['1 refused', '1 refused']);
  const opened = { do: 'backing_open', fd: 9, times: 2 };
  expect(troubles({ ...opened, expect: { ret: 1 } }).told).toEqual(['0 refused']);
});

test('`expectOn` expects it on its own revision', () => {
  const refused = { ...READ, reply: { read: { ...MAP, dev: 7 } } };
  expect(troubles(OPEN, { ...refused, expectOn: { 'v6-04': { check: 'dev-not-found' } } }).told).toEqual([]);
  expect(troubles(OPEN, { ...refused, expectOn: { late: { check: 'dev-not-found' } } }).told).toEqual([
    '1 refused',
  ]);
});

test('the cause of a failure is the first step on the table that failed before it', () => {
  const { scenario, result, found } = troubles({ do: 'backing_open', fd: 9 }, READ, READ);
  expect(found.map(({ execution }) => execution.step)).toEqual([0, 1, 2]);
  const cause = (step: number) => causeOf(result.executions[step]!, found, scenario)?.execution.step;
  expect([cause(0), cause(1), cause(2)]).toEqual([undefined, 0, 0]);
});

test('one refused begin is not the cause of the next, but of an end', () => {
  const refused = { ...READ, reply: { read: { ...MAP, dev: 7 } } };
  const { scenario, result, found } = troubles(OPEN, refused, refused, { do: 'iomap_end' });
  const cause = (step: number) => causeOf(result.executions[step]!, found, scenario)?.execution.step;
  expect([cause(1), cause(2), cause(3)]).toEqual([undefined, undefined, 1]);
});
