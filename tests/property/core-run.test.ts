// SPDX-License-Identifier: GPL-2.0-only
import { isDeepStrictEqual } from 'node:util';
import fc from 'fast-check';
import { beforeAll, expect, test } from 'vitest';
import { MayMachine } from '#engine/core/may-machine.ts';
import { Runner, run, stateAt } from '#engine/run/runner.ts';
import { execute, type Context } from '#engine/run/execute.ts';
import { extras } from '#engine/run/extras.ts';
import { setupOf } from '#engine/run/may.ts';
import { Tracker } from '#engine/run/state.ts';
import type { Run } from '#engine/run/types.ts';
import type { JsonValue } from '#engine/scenario/json.ts';
import { parseDocument } from '#engine/scenario/parse.ts';
import { minifyScenario } from '#engine/scenario/print.ts';
import type { Scenario } from '#engine/scenario/schema.ts';
import { loadCore } from '../core-module.ts';
import { scenarioDocument } from './scenario-arbitrary.ts';

type Document = Record<string, JsonValue>;

let core: WebAssembly.Module;
beforeAll(() => {
  core = loadCore('debug');
});

function parsed(document: Document): Scenario {
  const { scenario, problems } = parseDocument(minifyScenario(document));
  if (scenario === null) throw new Error(problems.map(({ message }) => message).join(' '));
  return scenario;
}

/** Documents whose steps act on one table for long: thousands of executions, over many checkpoints. */
const busyStep: fc.Arbitrary<Document> = fc
  .record({
    times: fc.oneof({ weight: 3, arbitrary: fc.constant(1) }, fc.integer({ min: 2, max: 300 })),
    step: fc.oneof(
      fc.record({
        do: fc.constant('backing_open'),
        type: fc.constantFrom('IOMAP', 'PASSTHROUGH'),
        fd: fc.constantFrom(3, 4, 5, 9),
      }),
      fc.record({ do: fc.constant('backing_close'), id: fc.integer({ min: 0, max: 12 }) }),
      fc.record({ do: fc.constant('passthrough_open'), id: fc.integer({ min: 0, max: 12 }) }),
      fc.record({ do: fc.constant('passthrough_release') }),
      fc.record({
        do: fc.constant('iomap_begin'),
        op: fc.constantFrom<JsonValue[]>([], ['WRITE'], ['WRITE', 'DIRECT']),
        pos: fc.constantFrom(0, 4096, 5000),
        reply: fc.record({
          read: fc.record({
            type: fc.constantFrom('MAPPED', 'HOLE'),
            length: fc.constantFrom(0, 8192),
            addr: fc.constantFrom<JsonValue>('NULL_ADDR', 0),
            dev: fc.integer({ min: 0, max: 4 }),
          }),
        }),
      }),
      fc.record({ do: fc.constant('iomap_end'), written: fc.constantFrom<JsonValue>(0, 100, '-EIO') }),
      fc
        .record({
          do: fc.constantFrom('pread', 'pwrite', 'fzero', 'fsync'),
          offset: fc.constantFrom(0, 4096, 5000, 40_000),
          length: fc.constantFrom(512, 4096, 10_000),
          direct: fc.boolean(),
          replies: fc.constantFrom(
            [{ read: { type: 'MAPPED', length: 65_536, dev: 1 }, times: 20 }],
            [{ read: { type: 'UNWRITTEN', length: 65_536, addr: 65_536, dev: 1 }, times: 20 }],
            [{ read: { type: 'INLINE', length: 65_536, addr: 'NULL_ADDR' } }],
          ),
        })
        .map(({ do: name, offset, length, direct, replies }) => {
          if (name === 'fsync') return { do: name, replies };
          return { do: name, offset, length, replies, ...(name === 'fzero' ? {} : { direct }) };
        }),
      fc.record({ do: fc.constant('unmount') }),
      fc.record({ do: fc.constant('umount'), how: fc.constantFrom('plain', 'force', 'lazy') }),
      fc.record({ do: fc.constant('close_dev') }),
    ) as fc.Arbitrary<Document>,
    expect: fc.option(
      fc.record({ ret: fc.constantFrom<JsonValue>(0, 1, '-ENOSPC', 'not-called') }, { requiredKeys: [] }),
      { nil: undefined },
    ),
  })
  .map(({ times, step, expect }) => ({
    ...step,
    ...(times === 1 ? {} : { times }),
    ...(expect === undefined ? {} : { expect }),
  }));

const FDS = {
  3: { kind: 'blk', device: 'vda' },
  4: { kind: 'reg' },
  5: { kind: 'blk', device: 'vdb' },
};

/** What takes the connection away: rare. */
const ENDS = ['unmount', 'umount', 'close_dev'];
const busySteps = (maxLength: number) =>
  fc.array(busyStep, { minLength: 1, maxLength }).map((steps) => {
    const unmounts = steps.filter((step) => ENDS.includes(step['do'] as string)).slice(2);
    return steps.filter((step) => !unmounts.includes(step));
  });

const busyDocument = (maxSteps: number): fc.Arbitrary<Document> =>
  busySteps(maxSteps).map((steps) => ({
    format: 1,
    devices: { vda: {}, vdb: { size: '2M' } },
    fds: FDS,
    inodes: { a: {}, b: { blockSize: 512 } },
    steps,
  }));

type Edit = (document: Document) => Document;

const stepsOf = (document: Document) => document['steps'] as Document[];
const reversed = (value: JsonValue | undefined): JsonValue =>
  Object.fromEntries(Object.entries((value ?? {}) as Document).reverse());

/** What a user does to a document between two runs. */
const edit: fc.Arbitrary<Edit> = fc.oneof(
  fc.tuple(fc.nat(), busyStep).map(([at, step]): Edit => (document) => {
    const steps = stepsOf(document);
    if (steps.length === 0) return { ...document, steps: [step] };
    return {
      ...document,
      steps: steps.with(at % Math.max(1, steps.length), step).slice(0, Math.max(1, steps.length)),
    };
  }),
  fc.tuple(fc.nat(), busyStep).map(([at, step]): Edit => (document) => {
    const steps = stepsOf(document);
    return { ...document, steps: steps.toSpliced(at % (steps.length + 1), 0, step) };
  }),
  fc.nat().map((at): Edit => (document) => {
    const steps = stepsOf(document);
    return { ...document, steps: steps.toSpliced(at % Math.max(1, steps.length), 1) };
  }),
  fc.tuple(fc.nat(), fc.integer({ min: 1, max: 600 })).map(([at, times]): Edit => (document) => {
    const steps = stepsOf(document);
    return {
      ...document,
      steps: steps.map((step, i) => (i === at % steps.length ? { ...step, times } : step)),
    };
  }),
  fc.constantFrom<Edit>(
    (document) => document,
    (document) => ({ ...document, title: 'another' }),
    (document) => ({ ...document, connection: { iomap: false } }),
    (document) => ({ ...document, connection: { capabilities: [] } }),
    (document) => ({ ...document, connection: {} }),
    // The order of devices numbers the descriptors, that of inodes chooses the default one.
    (document) => ({ ...document, devices: reversed(document['devices']) }),
    (document) => ({ ...document, inodes: reversed(document['inodes']) }),
    (document) => ('fds' in document ? omit(document, 'fds') : { ...document, fds: FDS }),
    (document) => ({ ...document, superblock: { maxBytes: 4096 } }),
  ),
);

function omit(document: Document, key: string): Document {
  return Object.fromEntries(Object.entries(document).filter(([name]) => name !== key));
}

const comparable = (result: Run) => ({ ...result, reused: 0 });

function same(actual: unknown, expected: unknown): void {
  if (!isDeepStrictEqual(actual, expected)) expect(actual).toEqual(expected);
}

test('after any edits a Runner has what run() has', () => {
  let reused = 0;
  let crossed = 0;
  fc.assert(
    fc.property(busyDocument(12), fc.array(edit, { minLength: 1, maxLength: 5 }), (first, edits) => {
      const runner = new Runner(core);
      let document = first;
      for (const change of [(same: Document) => same, ...edits]) {
        document = change(document);
        const scenario = parsed(document);
        const result = runner.run(scenario);
        same(comparable(result), comparable(run(core, scenario)));
        if (result.reused > 0) reused++;
        if (result.executions.length > 512) crossed++;
      }
    }),
    { numRuns: 60 },
  );
  // Without these the property says nothing.
  expect(reused).toBeGreaterThan(5);
  expect(crossed).toBeGreaterThan(20);
});

test('a scenario of any kind runs the same each time, and the Run survives a structured clone', () => {
  fc.assert(
    fc.property(scenarioDocument({ maxSteps: 10 }), (document) => {
      const scenario = parsed(document);
      const runner = new Runner(core);
      const first = run(core, scenario);
      same(run(core, scenario), first);
      same(runner.run(scenario), first);
      same(comparable(runner.run(scenario)), first);
      same(structuredClone(first), first);
      expect(first.stopped).toBeNull();
      const times = scenario.steps.flatMap((step, i) => Array.from({ length: step.times }, (_, n) => [i, n]));
      same(
        first.executions.map(({ step, repeat }) => [step, repeat]),
        times,
      );
    }),
    { numRuns: 400 },
  );
});

/** The scenario up to and with one execution. */
function prefix(scenario: Scenario, executions: number): Scenario {
  const steps: Scenario['steps'] = [];
  let left = executions;
  for (const step of scenario.steps) {
    if (left <= 0) break;
    steps.push({ ...step, times: Math.min(step.times, left) });
    left -= step.times;
  }
  return { ...scenario, steps };
}

test('the state at an execution is that of running no further', () => {
  fc.assert(
    fc.property(busyDocument(14), fc.array(fc.nat(), { minLength: 3, maxLength: 3 }), (document, places) => {
      const scenario = parsed(document);
      const whole = run(core, scenario);
      const count = whole.executions.length;
      for (const place of [-1, count - 1, ...places.map((at) => at % count), 255, 256, 257]) {
        const cut = run(core, prefix(scenario, place + 1));
        same(stateAt(whole, place), stateAt(cut, place));
      }
      same(stateAt(whole, count + 100), stateAt(whole, count - 1));
    }),
    { numRuns: 60 },
  );
});

test('the state that is told is the state that the machine has, after every step', () => {
  fc.assert(
    fc.property(busyDocument(10), (document) => {
      const scenario = parsed(document);
      const machine = new MayMachine(core, setupOf(scenario));
      const result = run(core, scenario);
      const done: Run['executions'] = [];
      const context: Context = {
        scenario,
        machine,
        tracker: new Tracker(),
        done,
        firstOfStep: scenario.steps.map((_, i) => result.executions.findIndex(({ step }) => step === i)),
        handles: new Map(),
        lastBegin: -1,
        extra: { extras, machine, caches: extras.newCaches(), answers: null },
        kept: 0,
      };
      for (const execution of result.executions) {
        const effect = execute(scenario.steps[execution.step]!, context);
        for (const change of effect.changes) context.tracker.apply(change);
        done.push(execution);
        if (execution.do === 'iomap_begin' && execution.outcome === 'ok') context.lastBegin = execution.index;
        const { entries, cursor, mounted } = context.tracker.snapshot();
        if (!mounted) continue;
        expect([machine.live, machine.cursor]).toEqual([entries.length, cursor]);
        if (execution.index % 16 === 0) {
          same(
            entries.map(({ id }) => machine.entry(id)),
            entries,
          );
        }
      }
      same(stateAt(result, result.executions.length - 1), context.tracker.snapshot());
    }),
    { numRuns: 40 },
  );
});

test('objects without an id are listed by serial, wherever the last checkpoint is', () => {
  fc.assert(
    fc.property(busyDocument(14), (document) => {
      const whole = run(core, parsed(document));
      for (const at of [0, 100, 255, 256, 300, 511, 512, 600, whole.executions.length - 1]) {
        const { entries, detached } = stateAt(whole, at);
        const serials = detached.map(({ serial }) => serial);
        expect(serials).toEqual(serials.toSorted((a, b) => a - b));
        const ids = entries.map(({ id }) => id);
        expect(ids).toEqual(ids.toSorted((a, b) => a - b));
      }
    }),
    { numRuns: 40 },
  );
});
