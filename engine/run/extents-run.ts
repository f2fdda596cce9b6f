// SPDX-License-Identifier: MIT
/** The extents of a scenario behind its run: who answers, and what a step made of them. */
import { FUSE_IOMAP_TYPE } from '../kernel/names.ts';
import { resolveInodes } from '../scenario/resolve.ts';
import type { Scenario } from '../scenario/schema.ts';
import { ExtentsServer, type ExtentFile } from '../server/extents/server.ts';
import { put, type Rows } from '../server/extents/rows.ts';
import type { AnswerWorld } from './answer-source.ts';
import { LiveRun } from './live-run.ts';
import type { Change, ExtentRow } from './types.ts';

interface Told {
  rows: Rows;
  waiting: Rows;
}

export class ExtentsRun extends LiveRun {
  readonly #server: ExtentsServer;
  readonly #names: ReadonlyMap<bigint, string>;
  readonly #world: { now: AnswerWorld | null };
  /** The extents of each file when they were last told, by its nodeid. */
  readonly #told = new Map<bigint, Told>();

  constructor(scenario: Scenario) {
    const files = filesOf(scenario);
    const world: { now: AnswerWorld | null } = { now: null };
    const server = new ExtentsServer(files, (dev) => {
      const device = world.now?.tracker.entry(dev)?.device ?? null;
      const size = device === null ? undefined : scenario.devices[device]?.size;
      return device === null || size === undefined ? null : { device, sizeBytes: size };
    });
    super(server, 'extents');
    this.#server = server;
    this.#world = world;
    this.#names = new Map([...resolveInodes(scenario).values()].map(({ nodeid, name }) => [nodeid, name]));
  }

  override begin(world: AnswerWorld): void {
    this.#world.now = world;
    super.begin(world);
    this.#told.clear();
    for (const change of this.changes()) world.tracker.apply(change);
  }

  override resume(state: unknown, execution: number, world: AnswerWorld): void {
    this.#world.now = world;
    super.resume(state, execution);
    for (const nodeid of this.#names.keys()) this.#told.set(nodeid, this.#server.extentsOf(nodeid));
  }

  /** What became of the extents since this was last asked. */
  override changes(): Change[] {
    return [...this.#names].flatMap(([nodeid, inode]): Change[] => {
      const now = this.#server.extentsOf(nodeid);
      const before = this.#told.get(nodeid);
      if (before?.rows === now.rows && before.waiting === now.waiting) return [];
      this.#told.set(nodeid, now);
      return [{ kind: 'extents', inode, rows: listed(now) }];
    });
  }
}

function filesOf(scenario: Scenario): ExtentFile[] {
  return [...resolveInodes(scenario).values()].map((inode): ExtentFile => {
    const { nodeid, size, blockSize, extents = [], allocates = 'unwritten', copyOnWrite = 'shared' } = inode;
    let rows: Rows = [];
    for (const { type, ...row } of extents)
      if (type !== 'HOLE') rows = put(rows, { ...row, type: FUSE_IOMAP_TYPE[type] });
    return { nodeid, sizeBytes: size, blockSizeBytes: BigInt(blockSize), rows, allocates, copyOnWrite };
  });
}

function listed({ rows, waiting }: Told): ExtentRow[] {
  return [
    ...rows.map((row) => ({ ...row, waiting: false })),
    ...waiting.map((row) => ({ ...row, waiting: true })),
  ].sort((a, b) =>
    a.offset < b.offset ? -1 : a.offset > b.offset ? 1 : Number(a.waiting) - Number(b.waiting),
  );
}
