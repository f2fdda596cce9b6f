// SPDX-License-Identifier: MIT

/** What a new server begins as: each file in a range of its own, everything mapped. */
export const TEMPLATE = `import { FUSE_IOMAP_TYPE, type Session } from 'iomap-playground';

const SPAN = 256n * 1024n;
let dev = 0;
/** Where the range of each file begins on the device. */
const bases = new Map<bigint, bigint>();

export function init(se: Session) {
  dev = se.device_add(se.devices[0].fd);
  bases.clear();
  for (const [i, { nodeid }] of se.inodes.entries()) bases.set(nodeid, BigInt(i) * SPAN);
  log('backing id', dev);
}

export function iomap_begin(nodeid: bigint, ino: bigint, pos: bigint, count: bigint, opflags: number) {
  const addr = bases.get(nodeid)!;
  return { read: { offset: 0n, length: SPAN, addr, type: FUSE_IOMAP_TYPE.MAPPED, dev } };
}

export function iomap_end() {
  return 0;
}

export function iomap_ioend() {
  return 0;
}

export function setattr() {
  return 0;
}

export function snapshot() {
  return { dev, bases };
}
`;
