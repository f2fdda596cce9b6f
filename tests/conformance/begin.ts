// SPDX-License-Identifier: MIT
import { factsOf } from '#engine/checks/words.ts';
import { ERETRYCACHE, type Machine } from '#engine/core/machine.ts';
import { encodeAnswer, encodeBeginOut } from '#engine/kernel/wire.ts';
import { IOMAP_TYPE } from '#engine/kernel/names.ts';
import type { Iomap, WireMapping } from '#engine/run/types.ts';
import { Comparison, type Family, type Row } from './row.ts';
import { inodeName, machineWithTable, tableKey, type Scene } from './table.ts';

interface WireRow {
  offset: string;
  length: string;
  addr: string;
  type: number;
  flags: number;
  dev: number;
}

interface BeginRow {
  rev: string;
  inode: { blkbits: number; maxbytes: string; caches?: boolean; sb_bdev?: boolean };
  devs?: { id: number; kind: 'iomap' | 'passthrough' }[];
  op: { pos: string; count: string; opflags: number };
  reply: { error?: number; read: WireRow; write: WireRow };
  expect: {
    err: number;
    outcome?: string;
    inline_setup?: boolean;
    bad: { fn: string; which: string; cond: string } | null;
    iomap: Record<string, unknown> | null;
    srcmap: Record<string, unknown> | null;
    refs_after?: Record<string, number>;
    sent_opflags: number;
  };
}

const EXPECT = ['err', 'outcome', 'inline_setup', 'bad', 'iomap', 'srcmap', 'refs_after', 'sent_opflags'];

const mapping = (row: WireRow): WireMapping => ({
  ...row,
  offset: BigInt(row.offset),
  length: BigInt(row.length),
  addr: BigInt(row.addr),
});

/** Devices are named by their backing ids, and the superblock's `sb`, as the vectors have them. */
const withBdev = (map: Iomap | null) =>
  map === null
    ? null
    : { ...map, bdev: map.bdev === null || map.bdev === 'sb' ? map.bdev : Number(map.bdev) };

function sceneOf(raw: Row): Scene {
  const row = raw as unknown as BeginRow;
  return {
    // Before patch 04/31 there is no iomap device that could have been registered.
    live: (row.devs ?? []).map(({ id, kind }) => ({
      id: Number(id),
      device: kind === 'iomap' && row.rev !== 'before' ? String(id) : null,
    })),
    devices: row.inode.sb_bdev ? ['sb'] : [],
    inode: {
      ino: 1n,
      blockSizeBits: row.inode.blkbits,
      maxBytes: BigInt(row.inode.maxbytes),
      superblockDevice: row.inode.sb_bdev ? 'sb' : null,
      caches: row.inode.caches ?? false,
    },
  };
}

/** The rows of the begin-* files; `trace` builds also say which check decided. */
export const begin: Family = {
  key: (row) => tableKey(sceneOf(row)),
  prepare: (module, rows) => machineWithTable(module, rows.map(sceneOf)),
  compare,
};

function compare(raw: Row, machine: Machine, traced: boolean): Comparison {
  const row = raw as unknown as BeginRow;
  const comparison = new Comparison(traced ? 'trace' : 'fast');
  const server = {
    answer: ({ unique }: { unique: bigint }) =>
      Number(row.reply.error ?? 0) !== 0
        ? { errno: Number(row.reply.error) }
        : {
            bytes: encodeAnswer(unique, 0, encodeBeginOut(mapping(row.reply.read), mapping(row.reply.write))),
          },
  };
  const call = machine.iomapBegin(
    inodeName(sceneOf(raw)),
    BigInt(row.op.pos),
    BigInt(row.op.count),
    row.op.opflags,
    server,
  );

  comparison.only(row.expect, EXPECT);
  const retry = call.ret === ERETRYCACHE;
  comparison.equal('err', row.expect.err, retry ? 0 : call.ret);
  if (row.expect.outcome !== undefined)
    comparison.equal('retry-cache', row.expect.outcome === 'retry-cache', retry);
  if (traced) {
    const decided = call.decided;
    const words = decided === null ? null : factsOf(decided.check);
    const actual = decided === null ? null : { fn: words?.fn, which: decided.which, cond: decided.check };
    comparison.fields('bad', row.expect.bad, actual);
  }
  comparison.fields('iomap', row.expect.iomap, withBdev(call.iomap));
  comparison.fields('srcmap', row.expect.srcmap, withBdev(call.srcmap));
  comparison.equal('sent_opflags', row.expect.sent_opflags, call.request?.opflags);
  if (row.expect.inline_setup !== undefined) {
    const inline = [call.iomap, call.srcmap].some((map) => map?.type === IOMAP_TYPE.INLINE);
    comparison.equal('inline_setup', row.expect.inline_setup, inline);
  }
  const refsAfter = row.expect.refs_after;
  if (refsAfter === undefined) return comparison;
  comparison.equal('live entries', Object.keys(refsAfter).length, machine.live);
  for (const [id, refs] of Object.entries(refsAfter)) {
    comparison.equal(`refs_after.${id}`, refs, machine.entry(Number(id))?.refs);
  }
  return comparison;
}
