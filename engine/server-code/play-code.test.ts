// SPDX-License-Identifier: MIT
// A server's code, as the sandbox runs it, and the run that its record makes.
import { describe, expect, test } from 'vitest';
import { Runner } from '../run/runner.ts';
import { parseDocument } from '../scenario/parse.ts';
import { printCard, readCard } from '../text/card.ts';
import type { Scenario } from '../scenario/schema.ts';
import { CALLBACKS } from '../scenario/server-record.ts';
import { heardOf } from '../../tests/played.ts';
import { loadCore } from '../../tests/core-module.ts';
import { Collector } from './collect.ts';
import { transpile } from './transpile.ts';

const CORE = loadCore();
const LINEAR = `
import { FUSE_IOMAP_TYPE, type Session } from 'iomap-playground';
let dev: number = 0;
export let asked = 0;
export function init(se: Session) {
  dev = se.device_add(3);
  log('dev', dev);
}
export function iomap_begin(nodeid: bigint, ino: bigint, pos: bigint) {
  asked++;
  if (pos >= 65536n) throw new RangeError('past the end');
  return { read: { offset: 0n, length: 65536n, addr: 0n, type: FUSE_IOMAP_TYPE.MAPPED, dev } };
}
export const iomap_end = () => 0;
export const iomap_ioend = () => 0;
export const setattr = () => 0;
`;

function scenarioOf(server: string, steps: object[]): Scenario {
  const { scenario, problems } = parseDocument(JSON.stringify({ format: 1, server, steps }));
  expect(problems).toEqual([]);
  return scenario!;
}

function played(scenario: Scenario): Collector {
  const collector = heardOf(CORE, scenario);
  expect(collector.done).toBe(true);
  return collector;
}

function replayed(scenario: Scenario) {
  const collector = played(scenario);
  expect(collector.broken).toBeNull();
  const recorded = collector.record(null);
  return { run: new Runner(CORE).run({ ...scenario, recorded }), notes: collector.notes };
}

describe('a right server', () => {
  const scenario = scenarioOf(LINEAR, [
    { do: 'iomap_begin', pos: 4096, count: 4096 },
    { do: 'pwrite', offset: 100, length: 5000 },
    { do: 'fsync' },
    { do: 'pread', offset: 0, length: 8192 },
  ]);
  const { run, notes } = replayed(scenario);

  test('answers steps that have no replies', () => {
    expect(run.executions.map(({ outcome }) => outcome)).toEqual(['ok', 'ok', 'ok', 'ok']);
    expect(run.server?.events).toEqual([]);
    expect(run.executions[0]?.iomap?.length).toBe(65536n);
  });

  test('logs, and shows its state after each step', () => {
    expect(notes.log).toEqual([{ execution: -1, text: 'dev 1' }]);
    expect(notes.states[0]?.execution).toBe(-1);
    expect(notes.states.find(({ execution }) => execution === 0)?.text).toMatch(/"asked": 1/);
  });

  test('has no run without a record', () => {
    expect(new Runner(CORE).run(scenario)).toMatchObject({
      executions: [],
      stopped: { reason: 'no-server' },
    });
  });
});

describe('a server that goes wrong is an event', () => {
  test('with the line of the code that threw', () => {
    const { run } = replayed(scenarioOf(LINEAR, [{ do: 'iomap_begin', pos: 65536 }]));
    expect(run.server?.events).toMatchObject([
      { execution: 0, kind: 'threw', message: 'it threw RangeError: past the end (line 11 of the server)' },
    ]);
    expect(run.executions[0]?.outcome).toBe('waiting');
  });

  test.each([
    ['a string', "() => 'yes'", 'shape', /of type string/],
    [
      'a number in place of a bigint',
      '() => ({ read: { offset: 1 } })',
      'shape',
      /read\.offset is 1, not a bigint/,
    ],
    ['a huge payload', '() => ({ payload: new Uint8Array(1e6) })', 'too-much', /at most 65,536/],
    ['a function', '() => ({ read: () => 1 })', 'shape', /read is a value of type string/],
    ['an object with getters that throw', '() => ({ get read() { throw 1 } })', 'threw', /it threw 1/],
    [
      'an error whose fields throw',
      '() => { throw { get stack() { throw 1; }, toString() { throw 2; } }; }',
      'threw',
      /it threw something that has no words/,
    ],
    [
      'an error that answers no question',
      '() => { throw new Proxy({}, { has() { throw 1; }, get() { throw 2; }, getPrototypeOf() { throw 3; } }); }',
      'threw',
      /it threw something that has no words/,
    ],
    ['a promise', 'async () => ({ read: {} })', 'shape', /^it returned a promise/],
    ['a generator', 'function* () { yield 1; }', 'shape', /read is nothing, not a mapping/],
    ['a list', '() => [1]', 'shape', /read is nothing, not a mapping/],
    [
      'something with many keys',
      '() => ({ read: Object.fromEntries(Array.from({ length: 1e5 }, (_, i) => [`k${i}`, 1])) })',
      'shape',
      /k0: a mapping has no such field/,
    ],
  ])('%s', (_, callback, kind, message) => {
    const { run } = replayed(scenarioOf(`export const iomap_begin = ${callback}`, [{ do: 'iomap_begin' }]));
    expect(run.server?.events).toMatchObject([{ kind, message: expect.stringMatching(message) as string }]);
  });

  test('a callback that is not there is -ENOSYS', () => {
    const { run } = replayed(scenarioOf('export const iomap_end = () => 0', [{ do: 'iomap_begin' }]));
    expect(run.executions[0]?.ret).toBe(-38n);
  });
});

test('code that exports nothing, or throws at once, is broken', () => {
  expect(played(scenarioOf('1', [])).broken).toMatch(/exports no server/);
  expect(played(scenarioOf('\nnull.x', [])).broken).toMatch(/TypeError.*\(line 2 of the server\)/);
  expect(played(scenarioOf("import fs from 'node:fs'; fs.x", [])).broken).toMatch(
    /there is no 'node:fs' here/,
  );
});

test('syntax is told with its line', () => {
  expect(transpile('let a = 1;\nlet = = 2;')).toMatchObject({ line: 2 });
});

test('classes, functions that make a server, and objects', () => {
  const begin = 'iomap_begin() { return -5 }';
  for (const code of [
    `class A { ${begin} }`,
    `{ ${begin} }`,
    `() => ({ ${begin} })`,
    `new (class { ${begin} })()`,
  ]) {
    const { run } = replayed(scenarioOf(`export default ${code}`, [{ do: 'iomap_begin' }]));
    expect([code, run.executions[0]?.ret]).toEqual([code, -5n]);
  }
});

describe('what is told by code that plays its own game', () => {
  const heard = (...batch: unknown[]) => new Collector().hear(batch);
  test.each([
    [null],
    [{ kind: 'said', said: { call: 'constructor', said: 1 } }],
    [{ kind: 'said' }],
    [{ kind: 'step', execution: -1 }],
    [{ kind: 'start', start: { did: [{ do: 'device_add', fd: '3', flags: 0 }], fault: null } }],
    [{ kind: 'log', text: {} }],
    [{ kind: 'other' }],
    [{ kind: 'start', start: { has: [], did: new Array(3), fault: null } }],
  ])('%j is not taken', (told) => expect(heard(told)).toBe(false));

  test('nothing that hangs on a list is asked for', () => {
    const batch = Object.assign([{ kind: 'done' }], { every: 1, map: 1 });
    expect(new Collector().hear(structuredClone(batch))).toBe(true);
    const did = Object.assign([{ do: 'device_remove', id: 1 }], { map: 1 });
    const has = Object.assign(['iomap_end'], { includes: 1 });
    expect(heard({ kind: 'start', start: { has, did, fault: null } })).toBe(true);
  });

  test('batches of nothing are too much as well, in the end', () => {
    const collector = new Collector();
    let taken = 0;
    while (collector.hear([])) taken++;
    expect(taken).toBe(1_500_000);
  });

  test('answers of which each is small enough are together too much', () => {
    const collector = new Collector();
    const said = { call: 'iomap_begin', said: { payload: new Uint8Array(65_536) } };
    let taken = 0;
    while (collector.hear([{ kind: 'said', said }])) taken++;
    expect(taken).toBe(976);
  });

  test('answers that fit no request are events', () => {
    const scenario = scenarioOf(LINEAR, [{ do: 'iomap_begin' }]);
    const recorded = {
      start: { has: CALLBACKS, did: [], fault: null },
      calls: [{ call: 'setattr' as const, said: 0 }],
      ended: null,
    };
    const { executions, server } = new Runner(CORE).run({ ...scenario, recorded });
    expect([executions[0]?.outcome, server?.events[0]?.kind]).toEqual(['waiting', 'shape']);
  });

  test('what took its time when it was stopped is named', () => {
    const collector = new Collector();
    collector.hear([{ kind: 'asks', what: 'snapshot()' }]);
    expect(collector.started).toBe(false);
    expect(collector.record({ kind: 'timeout', message: 'no answer' }).ended?.message).toBe(
      'snapshot(): no answer',
    );
    expect(played(scenarioOf(LINEAR, [])).started).toBe(true);
  });

  test('a server that was stopped', () => {
    const scenario = scenarioOf(LINEAR, [{ do: 'iomap_begin' }, { do: 'iomap_begin' }]);
    const ended = { kind: 'timeout' as const, message: 'snapshot(): no answer' };
    const { server } = new Runner(CORE).run({
      ...scenario,
      recorded: { start: { has: CALLBACKS, did: [], fault: null }, calls: [], ended },
    });
    expect(server?.events).toMatchObject([
      { execution: 0, kind: 'timeout', message: 'snapshot(): no answer' },
      { execution: 1, kind: 'died' },
    ]);
  });
});

test('a card carries the code, leaves open what the code answers, and keeps every step before', () => {
  const scenario = scenarioOf(LINEAR, [
    { do: 'pwrite', offset: 0, length: 512 },
    { do: 'iomap_begin', pos: 0, count: 4096, reply: {} },
    { do: 'iomap_begin', pos: 4096, count: 4096 },
  ]);
  const recorded = heardOf(CORE, scenario).record(null);
  const card = printCard(new Runner(CORE).run({ ...scenario, recorded }), { ...scenario, recorded }, 2);
  const read = readCard(card);
  if (!read.ok) throw new Error(card);
  expect(read.notices).toEqual([]);
  expect(parseDocument(read.text).scenario).toEqual(scenario);
});
