// SPDX-License-Identifier: MIT
import { expect, it } from 'vitest';
import { parseDocument } from './parse.ts';
import { resolveFds, resolveInodes } from './resolve.ts';

const scenario = (rest: string) => parseDocument(`{ "format": 1, ${rest} "steps": [] }`).scenario!;

it('opens the devices at 3, 4, … when no descriptor is given', () => {
  expect([...resolveFds(scenario('"devices": { "vdb": {}, "vda": {} },'))]).toEqual([
    [3, { kind: 'blk', device: 'vdb' }],
    [4, { kind: 'blk', device: 'vda' }],
  ]);
});

it('takes the descriptors that are given, and no others', () => {
  expect([...resolveFds(scenario('"fds": { "7": { "kind": "reg" } },'))]).toEqual([[7, { kind: 'reg' }]]);
  expect(resolveFds(scenario('"fds": {},')).size).toBe(0);
});

it('numbers inodes from 12 by their place, and lets nodeid follow ino', () => {
  const inodes = resolveInodes(scenario('"inodes": { "b": {}, "a": { "ino": 99 }, "c": { "nodeid": 7 } },'));
  expect([...inodes.values()].map(({ name, ino, nodeid }) => [name, ino, nodeid])).toEqual([
    ['b', 12n, 12n],
    ['a', 99n, 99n],
    ['c', 14n, 7n],
  ]);
});
