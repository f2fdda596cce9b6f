// SPDX-License-Identifier: MIT
import type { MachineSetup } from '#engine/core/machine.ts';
import type { MayMachine as Machine } from '#engine/core/may-machine.ts';
import { encodeBackingId, encodeBackingMap } from '#engine/kernel/ioctl.ts';
import { FUSE_DEV_IOC } from '#engine/kernel/names.ts';
import { fileOfKind } from '#engine/run/files.ts';
import type { Capability, Fd } from '#engine/scenario/schema.ts';
import { QuietMachine } from './quiet.ts';
import { Comparison, type Family, type Row } from './row.ts';

type Op =
  | ['open', number, string, Kind]
  | ['close', number]
  | ['lookup', number, 'iomap' | 'passthrough']
  | ['cap', 0 | 1]
  | ['fill', number, Kind, number]
  | ['closerange', number, number, number]
  | ['inodes', number]
  | ['race-close', number, Op[]];

interface BackingRow {
  caps: {
    iomap: boolean;
    passthrough: boolean;
    sys_admin: boolean;
    max_stack_depth: number;
    iomap_inodes?: number;
  };
  ops: Op[];
  expect: unknown[];
  end?: { live?: number; next?: number; lowest_free?: number };
}

const KINDS = [
  'blk',
  'reg',
  'dir',
  'chr',
  'none',
  'no-rw-iter',
  'mid-stack',
  'deep-stack',
  'deep-blk',
  'blk-path',
  'reg-path',
  'dir-path',
  'blk-ro',
  'blk-wo',
  'blk-noaccess',
] as const;
type Kind = (typeof KINDS)[number];
/** How the kinds are opened that differ from others by that alone: FMODE_* bits. */
const FILES: Readonly<Partial<Record<Kind, { base: Fd['kind']; access: number }>>> = {
  'blk-path': { base: 'blk', access: 0x4000 },
  'reg-path': { base: 'reg', access: 0x4000 },
  'dir-path': { base: 'dir', access: 0x4000 },
  'blk-ro': { base: 'blk', access: 1 },
  'blk-wo': { base: 'blk', access: 2 },
  'blk-noaccess': { base: 'blk', access: 0 },
};
const fdOf = (kind: Kind): number => 3 + KINDS.indexOf(kind);

function files(): MachineSetup['files'] {
  return KINDS.flatMap((kind) => {
    const { base, access } = FILES[kind] ?? { base: kind as Fd['kind'], access: 3 };
    const file = fileOfKind(base);
    return file === null
      ? []
      : [{ fd: fdOf(kind), ...file, access, device: base.endsWith('blk') ? 'vda' : null }];
  });
}

const open = (machine: Machine, backingMap: Uint8Array): number =>
  machine.ioctl(FUSE_DEV_IOC.FUSE_DEV_IOC_BACKING_OPEN, backingMap).ret;

const close = (machine: Machine, id: number): number =>
  machine.ioctl(FUSE_DEV_IOC.FUSE_DEV_IOC_BACKING_CLOSE, encodeBackingId(id)).ret;

const capabilities = (sysAdmin: boolean): Capability[] =>
  sysAdmin ? ['CAP_SYS_ADMIN', 'CAP_SYS_RAWIO'] : ['CAP_SYS_RAWIO'];

function fill(machine: Machine, flags: number, kind: Kind, times: number): object {
  const result = { ok: 0, first: 0, last: 0, sum: 0n, err: 0 };
  const backingMap = encodeBackingMap(fdOf(kind), flags, 0n);
  for (let i = 0; i < times; i++) {
    const id = open(machine, backingMap);
    if (id < 0) {
      result.err = id;
      continue;
    }
    if (result.ok === 0) result.first = id;
    result.last = id;
    result.ok++;
    result.sum += BigInt(id);
  }
  return result;
}

function closeRange(machine: Machine, low: number, high: number, step: number): object {
  const result = { ok: 0, enoent: 0, ebusy: 0, other: 0 };
  for (let id = low; id <= high; id += step) {
    const ret = close(machine, id);
    if (ret === 0) result.ok++;
    else if (ret === -2) result.enoent++;
    else if (ret === -16) result.ebusy++;
    else result.other++;
  }
  return result;
}

/** Another thread comes in between the tests of a close and its lock, or right after a close that got no further. */
function raceClose(machine: Machine, id: number, ops: readonly Op[]): object {
  let inner: unknown[] = [];
  const run = () => (inner = ops.map((op) => perform(machine, op)));
  const { ret, raced } = machine.closeWhile(id | 0, run);
  if (!raced) run();
  return { close: ret, inner, raced };
}

/** The lowest id that a new entry could get. */
function lowestFree(machine: Machine): number {
  let id = 1;
  while (machine.entry(id) !== null) id++;
  return id;
}

function perform(machine: Machine, op: Op): unknown {
  switch (op[0]) {
    case 'open':
      return open(machine, encodeBackingMap(fdOf(op[3]), op[1], BigInt(op[2])));
    case 'close':
      return close(machine, op[1]);
    case 'lookup':
      return machine.lookup(op[1], op[2] === 'iomap' ? 'IOMAP' : 'PASSTHROUGH');
    case 'cap':
      machine.setCapabilities(capabilities(op[1] === 1));
      return 0;
    case 'fill':
      return fill(machine, op[1], op[2], op[3]);
    case 'closerange':
      return closeRange(machine, op[1], op[2], op[3]);
    case 'inodes':
      machine.setIomapInodes(BigInt(op[1]));
      return 0;
    case 'race-close':
      return raceClose(machine, op[1], op[2]);
  }
}

/** An empty table under the capabilities of a row. Traces stay unread: these rows hold results alone. */
function prepare(module: WebAssembly.Module, rows: readonly Row[]): () => Machine {
  const { caps } = rows[0] as unknown as BackingRow;
  const machine = new QuietMachine(module, {
    config: { iomap: true, passthrough: true },
    connection: { iomap: caps.iomap, passthrough: caps.passthrough, maxStackDepth: caps.max_stack_depth },
    devices: [{ name: 'vda', sizeBytes: 1n << 30n, logicalBlockSizeBytes: 512 }],
    files: files(),
    inodes: [],
  });
  machine.setCapabilities(capabilities(caps.sys_admin));
  machine.setIomapInodes(BigInt(caps.iomap_inodes ?? 0));
  const ready = machine.snapshot();
  return () => {
    machine.restore(ready);
    return machine;
  };
}

/** The traces of the `backing` family. */
export const backing: Family = {
  key: (row) => JSON.stringify((row as unknown as BackingRow).caps),
  prepare,
  compare,
};

function compare(raw: Row, machine: Machine, traced: boolean): Comparison {
  const row = raw as unknown as BackingRow;
  const comparison = new Comparison(traced ? 'trace' : 'fast');
  comparison.equal('results', row.expect.length, row.ops.length);
  row.ops.forEach((op, i) => {
    const actual = perform(machine, op);
    const expected = row.expect[i];
    const field = `op ${i} ${JSON.stringify(op)}`;
    if (typeof expected === 'object' && expected !== null) {
      comparison.fields(field, expected as Record<string, unknown>, actual as object);
    } else comparison.equal(field, expected, actual);
  });
  const lowest_free = row.end?.lowest_free === undefined ? null : lowestFree(machine);
  comparison.fields('end', row.end, { live: machine.live, next: machine.cursor, lowest_free });
  return comparison;
}
