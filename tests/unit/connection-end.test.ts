// SPDX-License-Identifier: MIT
/** What holds a connection, and what is left of it when one of these goes. */
import { describe, expect, test } from 'vitest';
import { run, stateAt } from '#engine/run/runner.ts';
import { parseDocument } from '#engine/scenario/parse.ts';
import { loadCore } from '../core-module.ts';

const OPEN = { do: 'backing_open' };
const FILE = [
  { do: 'backing_open', fd: 4, type: 'PASSTHROUGH' },
  { do: 'passthrough_open', id: 2 },
];
const BEGIN = { do: 'iomap_begin', reply: { read: { length: 4096, addr: 'NULL_ADDR' } } };

function ran(...steps: object[]) {
  const fds = { 3: { kind: 'blk', device: 'vda' }, 4: { kind: 'reg' } };
  const { scenario, problems } = parseDocument(
    JSON.stringify({ format: 1, fds, inodes: { a: {}, b: {} }, steps }),
  );
  expect(problems).toEqual([]);
  const result = run(loadCore(), scenario!);
  const rets = result.executions.map(({ ret, outcome }) => (ret === null ? outcome : Number(ret)));
  const log = result.executions.flatMap((execution) => execution.log);
  return { result, rets, log, state: stateAt(result, steps.length - 1) };
}

describe('umount', () => {
  test('leaves the table to the server’s /dev/fuse, and nothing to call from', () => {
    const { rets, state } = ran(OPEN, { do: 'umount' }, OPEN, BEGIN, { do: 'fsync' }, { do: 'umount' });
    expect(rets).toEqual([1, 0, 2, 'not-called', 'not-called', 'not-called']);
    expect([state.mounted, state.mount, state.entries.length]).toEqual([true, 'gone', 2]);
  });

  test('with the last /dev/fuse closed before, ends the connection', () => {
    const { rets, state } = ran(
      OPEN,
      { do: 'close_dev' },
      BEGIN,
      OPEN,
      { do: 'close_dev' },
      { do: 'umount' },
    );
    expect(rets).toEqual([1, 0, -107, 'not-called', 'not-called', 0]);
    expect([state.mounted, state.entries]).toEqual([false, []]);
  });

  test.each(['plain', 'force'])('%s, while a file is open: -EBUSY', (how) => {
    const { rets, state } = ran(OPEN, ...FILE, { do: 'umount', how }, BEGIN, OPEN);
    expect(rets).toEqual([1, 2, 0, -16, how === 'force' ? -107 : 0, 3]);
    expect(state.mount).toBe('there');
  });

  test('lazy: the file goes on, and is the last thing that holds the connection', () => {
    const lazy = [OPEN, ...FILE, { do: 'umount', how: 'lazy' }, BEGIN];
    const kept = ran(...lazy, { do: 'passthrough_release' }, OPEN);
    expect(kept.rets).toEqual([1, 2, 0, 0, 'not-called', 0, 3]);
    expect(kept.state.mount).toBe('gone');
    const ended = ran(...lazy, { do: 'close_dev' }, { do: 'passthrough_release' });
    expect([ended.state.mounted, ended.state.entries]).toEqual([false, []]);
    expect(ended.log.filter(({ source }) => source === 'warn')).toEqual([]);
    const many = ran(OPEN, ...FILE, FILE[1]!, lazy[3]!, { do: 'close_dev' }, { do: 'passthrough_release' });
    expect(many.state.mount).toBe('detached');
  });
});

test('unmount is the end of all: files are closed first, and nothing is warned of', () => {
  const { result, rets, state, log } = ran(OPEN, ...FILE, FILE[1]!, { do: 'unmount' }, OPEN);
  expect(rets).toEqual([1, 2, 0, 0, 0, 'not-called']);
  expect([state.mounted, state.entries, state.detached, state.passthroughFiles]).toEqual([false, [], [], []]);
  expect(log.filter(({ source }) => source === 'warn')).toEqual([]);
  expect(result.executions[4]?.changes.at(-1)).toEqual({ kind: 'unmounted' });
});

describe('passthrough', () => {
  const two = [
    { do: 'backing_open', fd: 4, type: 'PASSTHROUGH' },
    { do: 'backing_open', fd: 4, type: 'PASSTHROUGH' },
    { do: 'passthrough_open', inode: 'a', id: 1 },
  ];
  const second = { do: 'passthrough_open', inode: 'a', id: 2 };

  test('one inode has one backing file, whatever the order of closing', () => {
    const release = { do: 'passthrough_release' };
    const { rets, state } = ran(...two, second, two[2]!, release, second, release, second, two[2]!);
    expect(rets).toEqual([1, 2, 0, -5, 0, 0, -5, 0, 0, -5]);
    expect(state.entries.map(({ refs }) => refs)).toEqual([1, 2]);
  });

  test('another inode may have another, and a closed id is another though its number may come again', () => {
    expect(ran(...two, { ...second, inode: 'b' }, second).rets).toEqual([1, 2, 0, 0, -5]);
    expect(
      ran(two[0]!, { do: 'passthrough_open' }, two[0]!, { do: 'passthrough_open', id: 2 }).rets.at(-1),
    ).toBe(-5);
  });
});
