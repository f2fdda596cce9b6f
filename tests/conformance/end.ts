// SPDX-License-Identifier: MIT
import type { MayMachine as Machine } from '#engine/core/may-machine.ts';
import { encodeAnswer } from '#engine/kernel/wire.ts';
import { Comparison, type Family, type Row } from './row.ts';
import { inodeName, machineWithTable, tableKey, type Scene } from './table.ts';

export interface EndRow {
  rev: string;
  devs?: { id: number; kind: 'iomap' | 'passthrough'; bdev: string | null }[];
  no_end?: boolean;
  attr_ino: string;
  iomap: {
    addr: string;
    offset: string;
    length: string;
    type: number;
    flags: number;
    bdev: string | null;
    inline_data?: boolean;
  };
  op: { pos: string; count: string; written: string; opflags: number };
  reply_error?: number;
  expect: {
    sent: boolean;
    msg: Record<string, unknown> | null;
    ret: number;
    no_end_after: boolean;
  };
}

export function sceneOf(raw: Row): Scene {
  const row = raw as unknown as EndRow;
  return {
    live: (row.devs ?? []).map(({ id, kind, bdev }) => ({
      id: Number(id),
      device: kind === 'iomap' && row.rev !== 'before' ? bdev : null,
      access: 'rw',
    })),
    devices: row.iomap.bdev === null ? [] : [row.iomap.bdev],
    inode: {
      ino: BigInt(row.attr_ino),
      // The buffer of an inline mapping is a block, and the longest mapping of the rows is one of 64 KiB.
      blockSizeBits: row.iomap.inline_data ? 16 : 12,
      maxBytes: 0x7fff_ffff_ffff_ffffn,
      superblockDevice: null,
      caches: false,
    },
  };
}

/** The rows of the `end` family. */
export const end: Family = {
  key: (row) => tableKey(sceneOf(row)),
  prepare: (module, rows) => machineWithTable(module, rows.map(sceneOf)),
  compare,
};

/** The struct iomap that the call gets. */
export const mapOf = ({ iomap }: EndRow) => ({
  ...iomap,
  addr: BigInt(iomap.addr),
  offset: BigInt(iomap.offset),
  length: BigInt(iomap.length),
});

/** What became of the range. */
export const rangeOf = ({ op }: EndRow) => ({
  pos: BigInt(op.pos),
  count: BigInt(op.count),
  written: BigInt(op.written),
  opflags: op.opflags,
});

function compare(raw: Row, machine: Machine, traced: boolean): Comparison {
  const row = raw as unknown as EndRow;
  const comparison = new Comparison(traced ? 'trace' : 'fast');
  machine.noEnd = row.no_end ?? false;
  const server = {
    answer: ({ unique }: { unique: bigint }) =>
      Number(row.reply_error ?? 0) !== 0
        ? { errno: Number(row.reply_error) }
        : { bytes: encodeAnswer(unique, 0, new Uint8Array(0)) },
  };
  const call = machine.iomapEnd(inodeName(sceneOf(raw)), mapOf(row), rangeOf(row), server);

  comparison.only(row.expect, ['sent', 'msg', 'ret', 'no_end_after']);
  comparison.equal('sent', row.expect.sent, call.request !== null);
  comparison.fields('msg', row.expect.msg, call.request);
  if (call.request !== null) {
    comparison.equal('msg.reserved', 0, new DataView(call.request.bytes.buffer).getUint32(4, true));
  }
  comparison.equal('ret', row.expect.ret, call.ret);
  comparison.equal('no_end_after', row.expect.no_end_after, machine.noEnd);
  return comparison;
}
