// SPDX-License-Identifier: MIT
import type { Fd, Inode, Scenario } from './schema.ts';

/** An inode with nothing left out. */
export interface ResolvedInode extends Inode {
  name: string;
  ino: bigint;
  nodeid: bigint;
}

const FIRST_FD = 3;
const FIRST_INO = 12n;

/** The server's file descriptors by number. Left out of the scenario: 3 opens the first device, 4 the next, … */
export function resolveFds(scenario: Scenario): Map<number, Fd> {
  if (scenario.fds !== undefined) {
    return new Map(Object.entries(scenario.fds).map(([number, fd]) => [Number(number), fd]));
  }
  return new Map(
    Object.keys(scenario.devices).map((device, i): [number, Fd] => [FIRST_FD + i, { kind: 'blk', device }]),
  );
}

/** The inodes by name, in the scenario's order. The i-th (from 0) without `ino` has 12 + i; `nodeid` equals `ino`. */
export function resolveInodes(scenario: Scenario): Map<string, ResolvedInode> {
  return new Map(
    Object.entries(scenario.inodes).map(([name, inode], i): [string, ResolvedInode] => {
      const ino = inode.ino ?? FIRST_INO + BigInt(i);
      return [name, { ...inode, name, ino, nodeid: inode.nodeid ?? ino }];
    }),
  );
}
