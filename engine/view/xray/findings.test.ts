// SPDX-License-Identifier: MIT
import { describe, expect, it } from 'vitest';
import type { Execution, Io, IoCall, Iomap, Run } from '../../run/types.ts';
import { aScenario, anExecution } from '../../testing/parts.ts';
import { collectXray } from './collect.ts';
import { findingsOn } from './findings.ts';

const SCENARIO = aScenario(
  { do: 'iomap_begin' },
  {
    devices: { vda: { size: '1M' }, vdb: { size: '1M', logicalBlockSize: 4096n } },
    inodes: { a: {}, b: {} },
  },
);
const TWO_FILES = {
  ...SCENARIO,
  steps: [SCENARIO.steps[0]!, { ...SCENARIO.steps[0]!, inode: 'b' }] as typeof SCENARIO.steps,
};

const aMap = (over: Partial<Iomap> = {}): Iomap => ({
  addr: 0n,
  offset: 0n,
  length: 4096n,
  type: 2,
  flags: 0,
  bdev: 'vda',
  ...over,
});
const begin = (iomap: Iomap, over: Partial<Execution> = {}) => anExecution({ iomap, ...over });
const aRun = (...executions: Execution[]): Run => ({
  revision: 'v6-04',
  executions,
  checkpoints: [],
  expectations: { met: 0, unmet: [] },
  stopped: null,
  reused: 0,
});
const xrayOf = (run: Run, scenario = SCENARIO) => collectXray(run, scenario, run.executions.length - 1);
const kinds = (run: Run, device = 'vda', scenario = SCENARIO) =>
  findingsOn(device, xrayOf(run, scenario), scenario).map(({ kind }) => kind);

describe('what is collected', () => {
  it('takes accepted mappings on devices, once each, up to the execution', () => {
    const run = aRun(
      begin(aMap()),
      begin(aMap()),
      begin(aMap({ type: 0, bdev: null })),
      begin(aMap({ addr: 8192n }), { outcome: 'refused' }),
      begin(aMap({ offset: 4096n, addr: 4096n })),
    );
    const { claims } = xrayOf(run);
    expect(claims.map(({ addr, times }) => [addr, times])).toEqual([
      [0n, 2],
      [4096n, 1],
    ]);
    expect(collectXray(run, SCENARIO, 0).claims.length).toBe(1);
  });

  it('takes the mappings of calls inside I/O steps', () => {
    const call = { do: 'iomap_begin', outcome: 'ok', iomap: aMap(), srcmap: null } as IoCall;
    const io = { calls: [call], events: [] } as unknown as Io;
    expect(xrayOf(aRun(anExecution({ do: 'pread', io }))).claims.length).toBe(1);
  });

  it('knows the newest mapping of a file range as the one that holds', () => {
    const { claims } = xrayOf(aRun(begin(aMap()), begin(aMap({ addr: 65_536n }))));
    expect(claims.map(({ addr, current }) => [addr, current])).toEqual([
      [0n, false],
      [65_536n, true],
    ]);
  });
});

describe('findings', () => {
  it('has none for a mapping in order', () => {
    expect(kinds(aRun(begin(aMap())))).toEqual([]);
  });

  it('tells how much lies past the end of the device', () => {
    const run = aRun(begin(aMap({ addr: (1n << 20n) - 4096n, length: 8192n })));
    const [finding] = findingsOn('vda', xrayOf(run), SCENARIO);
    expect(finding).toMatchObject({ kind: 'past-end', tone: 'bad' });
    expect(finding?.text).toContain('4096 of its 8192 bytes lie past the end of vda');
    expect(finding?.bytes).toEqual({ start: 1n << 20n, end: (1n << 20n) + 4096n });
  });

  it('tells a remainder of a sector from a part of a logical block', () => {
    expect(kinds(aRun(begin(aMap({ addr: 256n }))))).toEqual(['misaligned']);
    expect(kinds(aRun(begin(aMap({ addr: 512n }))))).toEqual([]);
    expect(kinds(aRun(begin(aMap({ addr: 512n, bdev: 'vdb' }))), 'vdb')).toEqual(['misaligned']);
  });

  it('finds sectors that two files claim, and not the same claim twice', () => {
    const two = aRun(begin(aMap()), begin(aMap({ length: 8192n }), { step: 1 }));
    expect(kinds(two, 'vda', TWO_FILES)).toEqual(['claimed-twice']);
    const again = aRun(begin(aMap({ length: 8192n })), begin(aMap({ offset: 4096n, addr: 4096n })));
    expect(kinds(again)).toEqual([]);
    const apart = aRun(begin(aMap()), begin(aMap({ offset: 4096n, addr: 512n })));
    expect(kinds(apart)).toEqual(['claimed-twice']);
  });

  it('forgets a claim that a later mapping of the same bytes replaced', () => {
    const moved = aRun(
      begin(aMap()),
      begin(aMap({ addr: 65_536n })),
      begin(aMap({ offset: 4096n, addr: 0n })),
    );
    expect(kinds(moved)).toEqual([]);
  });

  it('finds a write into sectors that a mapping called SHARED, and only one that comes after it', () => {
    const bio = (op: string) =>
      ({
        events: [{ kind: 'bio', after: 0, op, device: 'vda', sector: 4n, lengthBytes: 512n, error: 0 }],
        calls: [],
      }) as unknown as Io;
    const shared = begin(aMap({ flags: 4 }));
    const write = anExecution({ do: 'pwrite', io: bio('write'), step: 0 });
    const read = anExecution({ do: 'pread', io: bio('read'), step: 0 });
    expect(kinds(aRun(shared, write))).toEqual(['shared-write']);
    expect(kinds(aRun(shared, read))).toEqual([]);
    expect(kinds(aRun(write, shared))).toEqual([]);
  });

  it('does not take the target of a copy on write for shared', () => {
    const io = {
      events: [
        { kind: 'bio', after: 0, op: 'write', device: 'vda', sector: 128n, lengthBytes: 512n, error: 0 },
      ],
      calls: [],
    } as unknown as Io;
    const cow = begin(aMap({ addr: 65_536n, flags: 4 }), { srcmap: aMap({ flags: 4 }) });
    expect(kinds(aRun(cow, anExecution({ do: 'pwrite', io })))).toEqual([]);
  });
});
