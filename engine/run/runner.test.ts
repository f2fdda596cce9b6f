// SPDX-License-Identifier: MIT
import { serialize } from 'node:v8';
import { beforeAll, describe, expect, test } from 'vitest';
import { coreWithMemory, loadCore } from '../../tests/core-module.ts';
import { CHECKPOINT_EVERY, Runner, run, stateAt } from './runner.ts';
import { parseDocument } from '../scenario/parse.ts';
import type { Scenario } from '../scenario/schema.ts';
import type { Run } from './types.ts';

let core: WebAssembly.Module;
beforeAll(() => {
  core = loadCore();
});

function scenario(steps: object[], rest: object = {}): Scenario {
  const { scenario, problems } = parseDocument(JSON.stringify({ format: 1, ...rest, steps }));
  if (scenario === null) throw new Error(problems.map(({ message }) => message).join(' '));
  return scenario;
}

const PASSTHROUGH = { fds: { 3: { kind: 'blk', device: 'vda' }, 4: { kind: 'reg' } } };
const openPassthrough = (times = 1) => ({ do: 'backing_open', fd: 4, type: 'PASSTHROUGH', times });
const hole = { type: 'HOLE', length: 4096, addr: 'NULL_ADDR' };
const begin: object = { do: 'iomap_begin', reply: { read: hole } };

const without = (result: Run) => ({ ...result, reused: 0 });

describe('times', () => {
  test('runs a step again and again, each an execution of its own', () => {
    const { executions } = run(core, scenario([{ do: 'backing_open', times: 3 }, begin]));
    expect(executions.map(({ index, step, repeat, ret }) => [index, step, repeat, ret])).toEqual([
      [0, 0, 0, 1n],
      [1, 0, 1, 2n],
      [2, 0, 2, 3n],
      [3, 1, 0, 0n],
    ]);
  });

  test('what a repeated step expects is asked of its last execution only', () => {
    const open = (ret: number) => scenario([{ do: 'backing_open', times: 3, expect: { ret } }]);
    expect(run(core, open(3)).expectations).toEqual({ met: 1, unmet: [] });
    const wrong = run(core, open(1));
    expect(wrong.expectations.met).toBe(0);
    expect(wrong.expectations.unmet).toEqual([
      { execution: 2, step: 0, path: ['ret'], expected: '1', actual: '3' },
    ]);
    expect(wrong.executions.map(({ unmet }) => unmet.length)).toEqual([0, 0, 1]);
  });

  test('expectations of steps taken over from the run before are counted again', () => {
    const many = (last: object) =>
      scenario([
        { do: 'backing_open', expect: { ret: 7 } },
        { ...begin, times: 600, expect: { ret: 0 } },
        last,
      ]);
    const runner = new Runner(core);
    runner.run(many(begin));
    const again = runner.run(many({ ...begin, expect: { ret: '-EIO', check: null } }));
    expect(again.reused).toBeGreaterThan(0);
    expect(again.expectations.met).toBe(2);
    expect(again.expectations.unmet.map(({ step, path }) => [step, path])).toEqual([
      [0, ['ret']],
      [2, ['ret']],
    ]);
  });
});

describe('a Runner', () => {
  test('takes over all up to the last checkpoint before the edit', () => {
    const runner = new Runner(core);
    const steps = Array.from({ length: 1000 }, () => begin);
    expect(runner.run(scenario(steps)).reused).toBe(0);
    expect(runner.run(scenario(steps)).reused).toBe(768);
    expect(runner.run(scenario(steps.with(999, { ...begin, pos: 1 }))).reused).toBe(768);
    expect(runner.run(scenario(steps.with(512, { ...begin, pos: 1 }))).reused).toBe(512);
    expect(runner.run(scenario(steps.with(511, { ...begin, pos: 1 }))).reused).toBe(256);
    expect(runner.run(scenario(steps.with(0, { ...begin, pos: 1 }))).reused).toBe(0);
  });

  test('hands over the executions themselves, not copies', () => {
    const runner = new Runner(core);
    const steps = Array.from({ length: 300 }, () => begin);
    const first = runner.run(scenario(steps));
    const second = runner.run(scenario([...steps, begin]));
    expect(second.executions[255]).toBe(first.executions[255]);
    expect(second.executions[256]).not.toBe(first.executions[256]);
    expect(first.executions).toHaveLength(300);
  });

  test('ends at a checkpoint as run() does, which makes none with nothing after it', () => {
    const runner = new Runner(core);
    const steps = Array.from({ length: 2 * CHECKPOINT_EVERY + 1 }, () => begin);
    for (const length of [513, 512, 513, 256, 512, 0, 513]) {
      const cut = scenario(steps.slice(0, length));
      expect(without(runner.run(cut))).toEqual(run(core, cut));
    }
  });

  test.each([
    ['devices, which numbers the descriptors', 'devices', { x: {}, y: { size: '2M' } }],
    ['inodes, which chooses the first', 'inodes', { x: {}, y: { blockSize: 512 } }],
  ])('begins anew after a change in the order of %s', (_, key, value) => {
    const steps = [
      { do: 'backing_open', times: 300 },
      { ...begin, pos: 512 },
    ];
    const reversed = Object.fromEntries(Object.entries(value).reverse());
    const runner = new Runner(core);
    runner.run(scenario(steps, { [key]: value }));
    const other = scenario([...steps, begin], { [key]: reversed });
    expect(runner.run(other)).toEqual(run(core, other));
  });

  test.each([
    ['connection', { connection: { capabilities: [] } }],
    ['kernel', { kernel: { config: { FUSE_PASSTHROUGH: false } } }],
    ['fds', { fds: { 4: { kind: 'dir' } } }],
    ['superblock', { superblock: { maxBytes: 0 } }],
  ])('begins anew after a change of %s', (_, rest) => {
    const steps = [openPassthrough(300), begin];
    const runner = new Runner(core);
    runner.run(scenario(steps, PASSTHROUGH));
    const other = scenario(steps, { ...PASSTHROUGH, ...rest });
    expect(runner.run(other)).toEqual(run(core, other));
  });

  test('keeps its executions after a new title or note of the whole', () => {
    const runner = new Runner(core);
    const steps = Array.from({ length: 300 }, () => begin);
    runner.run(scenario(steps));
    expect(runner.run(scenario(steps, { title: 'x', notes: 'y' })).reused).toBe(256);
  });

  test('opens passthrough files before a checkpoint that it releases after it', () => {
    const steps = (last: object) => [
      openPassthrough(2),
      { do: 'passthrough_open', id: 2, times: 2 },
      { ...begin, times: 300 },
      last,
      { do: 'passthrough_release' },
    ];
    const runner = new Runner(core);
    runner.run(scenario(steps(begin), PASSTHROUGH));
    const edited = scenario(steps({ do: 'passthrough_release', of: 1 }), PASSTHROUGH);
    const result = runner.run(edited);
    expect(result.reused).toBe(256);
    expect(without(result)).toEqual(run(core, edited));
    expect(stateAt(result, 1000).passthroughFiles).toEqual([]);
    expect(stateAt(result, 1000).entries.map(({ refs }) => refs)).toEqual([1, 1]);
  });

  test('an iomap_end after a checkpoint ends the begin before it', () => {
    const steps = (written: number) => [
      { ...begin, op: ['WRITE'] },
      { do: 'backing_open', times: 300 },
      { do: 'iomap_end', written },
    ];
    const runner = new Runner(core);
    runner.run(scenario(steps(0)));
    const edited = scenario(steps(5));
    const result = runner.run(edited);
    expect(result.reused).toBe(256);
    expect(result.executions.at(-1)?.request?.written).toBe(5n);
    expect(without(result)).toEqual(run(core, edited));
  });
});

test('objects without an id are listed by serial after a checkpoint too', () => {
  const steps = [
    openPassthrough(2),
    { do: 'passthrough_open', id: 1 },
    { do: 'passthrough_open', inode: 'b', id: 2 },
    { do: 'backing_close', id: 1 },
    { ...begin, times: 300 },
    openPassthrough(),
    { do: 'passthrough_open', inode: 'c', id: 3 },
    { do: 'backing_close', id: 2 },
    { do: 'backing_close', id: 3 },
  ];
  const inodes = { a: {}, b: {}, c: {} };
  const result = run(core, scenario(steps, { ...PASSTHROUGH, inodes }));
  const state = stateAt(result, result.executions.length - 1);
  expect(state.detached.map(({ serial, refs }) => [serial, refs])).toEqual([
    [1, 1],
    [2, 1],
    [3, 1],
  ]);
  expect(state.entries).toEqual([]);
});

describe('stateAt', () => {
  test('is the empty machine before the first step, also of a scenario without steps', () => {
    const lists = { entries: [], detached: [], passthroughFiles: [], devices: [], files: [] };
    const empty = { mounted: true, mount: 'there', devOpen: true, cursor: 0, ...lists };
    expect(stateAt(run(core, scenario([])), -1)).toEqual(empty);
    expect(stateAt(run(core, scenario([])), 5)).toEqual(empty);
    expect(stateAt(run(core, scenario([{ do: 'backing_open' }])), -1)).toEqual(empty);
  });

  test('has the same state on both sides of a checkpoint', () => {
    const result = run(core, scenario([openPassthrough(600)], PASSTHROUGH));
    for (const at of [254, 255, 256, 511, 512, 599]) {
      const { entries, cursor } = stateAt(result, at);
      expect([entries.length, entries.at(-1)?.id, cursor]).toEqual([at + 1, at + 1, at + 2]);
    }
  });
});

describe('long scenarios', () => {
  test('cost the same for each step however many there are', () => {
    const pair = [openPassthrough(), { do: 'backing_close', id: 1 }, begin, { do: 'iomap_end', written: 0 }];
    const bytesPerStep = (count: number) => {
      const steps = Array.from({ length: count }, (_, i) => pair[i % 4]!);
      const result = run(core, scenario(steps, PASSTHROUGH));
      expect(result.executions).toHaveLength(count);
      expect(result.checkpoints).toHaveLength(Math.ceil(count / CHECKPOINT_EVERY));
      return serialize(result.executions).length / count;
    };
    expect(bytesPerStep(10_000) / bytesPerStep(2_500)).toBeLessThan(1.05);
  });

  test('keep checkpoints no larger than what lives', () => {
    const cycle = [openPassthrough(), { do: 'passthrough_open', id: 1 }, { do: 'passthrough_release' }];
    const steps = Array.from({ length: 9_999 }, (_, i) => (i < 3 ? cycle[i]! : begin));
    const { checkpoints } = run(core, scenario(steps, PASSTHROUGH));
    const bytes = checkpoints.map(({ state }) => serialize(state).length);
    expect(Math.max(...bytes.slice(1))).toBe(Math.min(...bytes.slice(1)));
  });

  test('that outgrow the memory stop with words; what ran stands, and the next run is a whole one', () => {
    const small = coreWithMemory(2);
    const runner = new Runner(small);
    const result = runner.run(scenario([openPassthrough(10_000)], PASSTHROUGH));
    expect(result.stopped?.reason).toBe('out-of-memory');
    expect(result.stopped?.message).toMatch(/ran out of its memory/);
    expect(result.stopped?.execution).toBe(result.executions.length);
    expect(result.executions.length).toBeGreaterThan(500);
    expect(result.executions.every(({ outcome }) => outcome === 'ok')).toBe(true);
    const { entries } = stateAt(result, 10_000);
    expect(entries).toHaveLength(result.executions.length);
    const after = scenario([openPassthrough(300), begin], PASSTHROUGH);
    expect(runner.run(after)).toEqual(run(small, after));
  });
});
