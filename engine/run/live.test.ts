// SPDX-License-Identifier: MIT
import { describe, expect, test } from 'vitest';
import { loadCore } from '../../tests/core-module.ts';
import { FUSE_IOMAP_TYPE } from '../kernel/names.ts';
import { parseDocument } from '../scenario/parse.ts';
import type { BeginAnswer, FuseServer } from '../server/fuse-server.ts';
import { Runner } from './runner.ts';
import type { Run } from './types.ts';

const scenarioOf = (steps: object[], rest: object = {}) => {
  const parsed = parseDocument(JSON.stringify({ format: 1, ...rest, steps }));
  expect(parsed.problems).toEqual([]);
  return parsed.scenario!;
};
const play = (server: FuseServer | (() => FuseServer), steps: object[], rest: object = {}): Run => {
  const scenario = scenarioOf(steps, rest);
  return new Runner(loadCore('trace', scenario.kernel.revision), undefined, server).run(scenario);
};

/** The file lies on the device as it is, from the device's start on. */
function linear(): FuseServer & { heard: string[] } {
  let dev = 0;
  const heard: string[] = [];
  return {
    heard,
    init(se) {
      dev = se.device_add(se.devices[0]!.fd);
      heard.push(`init ${se.inodes.map(({ name, sizeBytes }) => `${name} ${sizeBytes}`).join()}`);
    },
    iomap_begin(nodeid, _ino, pos, count) {
      heard.push(`begin ${nodeid} ${pos} ${count}`);
      return { read: { length: 65536n, addr: 0n, type: FUSE_IOMAP_TYPE.MAPPED, dev } };
    },
    iomap_end: () => void heard.push('end'),
    iomap_ioend: (_node, _ino, pos, written) => void heard.push(`ioend ${pos} ${written}`),
    setattr: (nodeid, { size }, to_set) => void heard.push(`setattr ${nodeid} ${size} ${to_set}`),
    fallocate: (nodeid, mode, offset, length) =>
      void heard.push(`fallocate ${nodeid} ${mode} ${offset} ${length}`),
  };
}

describe('a live server', () => {
  test('registers its devices before the first step, and answers what the steps leave open', () => {
    const server = linear();
    const run = play(server, [
      { do: 'iomap_begin', count: 4096 },
      { do: 'pread', length: 512 },
    ]);
    expect(run.server).toEqual({
      registered: [{ do: 'device_add', fd: 3, flags: 0, ret: 1 }],
      events: [],
    });
    expect(run.executions.map(({ outcome, ret }) => [outcome, ret])).toEqual([
      ['ok', 0n],
      ['ok', 512n],
    ]);
    expect(run.executions[0]?.reply?.writeFilledIn).toBe(true);
    expect(server.heard.slice(0, 2)).toEqual(['init a 65536', 'begin 12 0 4096']);
    expect(run.checkpoints[0]?.state.entries.map(({ id, device }) => [id, device])).toEqual([[1, 'vda']]);
  });

  test('is not asked what a step answers', () => {
    const read = { type: 'MAPPED', length: 4096, dev: 7 };
    const run = play(linear(), [
      { do: 'iomap_begin', count: 4096, reply: { read } },
      { do: 'pread', length: 8192, direct: true, replies: [{ read: { ...read, dev: 1 } }] },
    ]);
    expect(run.executions[0]?.decided?.check).toBe('dev-not-found');
    expect(run.executions[1]?.io?.calls.flatMap(({ reply }) => reply?.read?.length ?? [])).toEqual([
      4096n,
      65536n,
    ]);
  });

  test('hears of SETATTR and FALLOCATE, which have no numbers where there is none', () => {
    const steps = [
      { do: 'truncate', length: 8192 },
      { do: 'fzero', offset: 4096, length: 8192 },
      { do: 'iomap_begin', count: 4096 },
    ];
    const server = linear();
    const run = play(server, steps);
    expect(server.heard.filter((line) => /setattr|fallocate/.test(line))).toEqual([
      'setattr 12 8192 8',
      'fallocate 12 16 4096 8192',
      'setattr 12 12288 8',
    ]);
    expect(run.executions.map(({ ret }) => ret)).toEqual([0n, 0n, 0n]);
    const calls = run.executions.flatMap(({ io }) => io?.calls ?? []);
    expect(calls.filter(({ do: what }) => what === 'setattr' || what === 'fallocate').length).toBe(3);

    const scenario = scenarioOf([
      { do: 'truncate', length: 65536 },
      { do: 'iomap_begin', count: 4096 },
    ]);
    const last = (one: Run) => one.executions.at(-1)?.request?.unique;
    const core = loadCore('trace', scenario.kernel.revision);
    expect(last(new Runner(core).run(scenario))).toBe(4n);
    expect(last(new Runner(core, undefined, linear()).run(scenario))).toBe(6n);
  });

  test('refuses a size, and the kernel says so', () => {
    const run = play({ ...linear(), setattr: () => -28, fallocate: () => -5 }, [
      { do: 'truncate', length: 65536 },
      { do: 'fzero', length: 4096 },
    ]);
    expect(run.executions.map(({ ret }) => ret)).toEqual([-28n, -5n]);
    expect(run.executions[0]?.io?.diskSizeBytes).toBe(65536n);
  });

  test('answers -ENOSYS where it has no callback', () => {
    const run = play({}, [
      { do: 'iomap_begin', count: 4096 },
      { do: 'truncate', length: 65536 },
      { do: 'fzero', length: 4096, offset: 65536 },
    ]);
    expect(run.executions.map(({ ret }) => ret)).toEqual([-38n, -38n, -95n]);
  });

  test.each(['v6-04', 'v7-04', 'late'])('%s: says the size after an ioend where it is asked', (revision) => {
    const server: FuseServer = { ...linear(), iomap_ioend: () => ({ newsize: 1234n }) };
    const steps = [{ do: 'pwrite', length: 4096, direct: true }];
    const run = play(server, steps, { kernel: { revision }, inodes: { a: { size: 0 } } });
    const asked = revision !== 'v6-04';
    expect(run.executions[0]?.io?.diskSizeBytes).toBe(asked ? 1234n : 4096n);
  });
});

test('of an ioend alone a reply that is written down wins, also 0', () => {
  const server = linear();
  const ioend = { do: 'iomap_ioend', written: 4096, flags: 'UNWRITTEN' };
  play(
    server,
    [
      { ...ioend, reply: 0 },
      { ...ioend, pos: 8192 },
    ],
    { inodes: { a: { extents: [] } } },
  );
  expect(server.heard.filter((line) => line.startsWith('ioend'))).toEqual(['ioend 8192 4096']);
});

describe('what a server does wrong is an event that names the request', () => {
  const begin = (answer: () => unknown): Run =>
    play({ iomap_begin: () => answer() as BeginAnswer }, [
      { do: 'iomap_begin', pos: 4096, count: 4096, op: ['WRITE'] },
      { do: 'pread', length: 512 },
    ]);

  test.each<[string, () => unknown, string, RegExp]>([
    ['throws', () => JSON.parse('{'), 'threw', /^it threw SyntaxError/],
    ['returns nothing', () => undefined, 'shape', /returned nothing/],
    ['returns 0', () => 0, 'shape', /returned 0/],
    ['returns a positive errno', () => 5, 'shape', /5 is not 0/],
    [
      'says a number for a u64',
      () => ({ read: { offset: 4096 } }),
      'shape',
      /read\.offset is 4096, not a bigint/,
    ],
    ['says too large a type', () => ({ read: { type: 65536 } }), 'shape', /read\.type is 65536/],
    ['says a field that there is not', () => ({ read: {}, write: { len: 1n } }), 'shape', /write\.len/],
    ['says too much', () => ({ payload: new Uint8Array(70_000) }), 'too-much', /70,000 bytes/],
  ])('%s', (_, answer, kind, message) => {
    const run = begin(answer);
    expect(run.server?.events[0]).toEqual({
      execution: 0,
      kind,
      request: 'FUSE_IOMAP_BEGIN pos 4096 count 4096 op WRITE, unique 4, nodeid 12',
      message: expect.stringMatching(message) as string,
    });
    expect(run.executions.map(({ outcome }) => outcome)).toEqual(['waiting', 'waiting']);
    expect(run.executions[1]?.remark).toMatch(/^The server gave no answer to FUSE_IOMAP_BEGIN/);
    expect(run.executions[1]?.io?.unansweredBy).toBe('server');
    expect(run.expectations).toEqual({ met: 0, unmet: [] });
  });

  test('a payload of another length goes to the kernel, which refuses it', () => {
    expect(begin(() => ({ payload: new Uint8Array(63) })).executions[0]?.decided?.check).toBe('reply-size');
  });

  test('in init', () => {
    const run = play({ init: () => void ([] as never as { x: { y: 1 } }).x.y }, []);
    expect(run.server?.events[0]).toMatchObject({ execution: -1, kind: 'threw', request: 'init' });
  });

  test('a device that is added too late', () => {
    let add = (): number => 0;
    const server: FuseServer = {
      init: (se) => void (add = () => se.device_add(3)),
      iomap_begin: () => add(),
    };
    const run = play(server, [{ do: 'iomap_begin' }]);
    expect(run.server?.events[0]?.message).toMatch(/in init\(\) only/);
  });
});

describe('a run that goes on', () => {
  /** Answers with the number of begins so far as the address's block. */
  function counting(copies: boolean): FuseServer & { begun: () => number; started: () => number } {
    let begins = 0;
    let starts = 0;
    const server = {
      started: () => starts,
      begun: () => begins,
      init(se: { device_add(fd: number): number }) {
        starts++;
        begins = 0;
        se.device_add(3);
      },
      iomap_begin: () => ({
        read: { length: 4096n, addr: BigInt(begins++ % 16) * 4096n, type: FUSE_IOMAP_TYPE.MAPPED, dev: 1 },
      }),
    };
    const kept = { snapshot: () => begins, restore: (state: unknown) => void (begins = state as number) };
    return copies ? { ...server, ...kept } : server;
  }

  test.each([true, false])(
    'with copies (%s) it resumes at a checkpoint, without it begins anew',
    (copies) => {
      const steps = Array.from({ length: 600 }, () => ({ do: 'iomap_begin', count: 4096 }));
      const server = counting(copies);
      const first = scenarioOf(steps);
      const edited = scenarioOf([...steps.slice(0, 590), { do: 'fsync' }, ...steps.slice(591)]);
      const core = loadCore('trace', first.kernel.revision);
      const runner = new Runner(core, undefined, server);
      runner.run(first);
      const resumed = runner.run(edited);
      expect(resumed.reused).toBe(copies ? 512 : 0);
      expect(server.started()).toBe(copies ? 1 : 2);
      const whole = new Runner(core, undefined, counting(copies)).run(edited);
      expect({ ...resumed, reused: 0 }).toEqual(whole);
      expect(server.begun()).toBe(599);
    },
  );

  test('a function makes a server for each run that begins anew', () => {
    let made = 0;
    const scenario = scenarioOf([{ do: 'iomap_begin' }]);
    const runner = new Runner(loadCore('trace', scenario.kernel.revision), undefined, () => {
      made++;
      return linear();
    });
    runner.run(scenario);
    runner.run(scenario);
    expect(made).toBe(2);
  });
});
