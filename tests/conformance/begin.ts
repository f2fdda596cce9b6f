// SPDX-License-Identifier: MIT
import { factsOf } from '#engine/checks/words.ts';
import { ERETRYCACHE } from '#engine/core/machine.ts';
import type { MayMachine as Machine } from '#engine/core/may-machine.ts';
import { encodeAnswer, encodeBeginOut } from '#engine/kernel/wire.ts';
import { FUSE_OPCODE, IOMAP_TYPE } from '#engine/kernel/names.ts';
import { DEFAULT_REVISION, REVISIONS } from '#engine/kernel/features.ts';
import { functionName } from '#engine/kernel/function-name.ts';
import type { Iomap, WireMapping } from '#engine/run/types.ts';
import { Comparison, type Family, type Row } from './row.ts';
import { accessOf, outcomeOf, prepareCache, readAnswer, type CacheRow } from './begin-cache.ts';
import { inodeName, machineWithTable, tableKey, type Live, type Scene } from './table.ts';

export interface WireRow {
  offset: string;
  length: string;
  addr: string;
  type: number;
  flags: number;
  dev: number;
}

interface BeginRow extends CacheRow {
  rev: string;
  inode: { blkbits: number; maxbytes: string; caches?: boolean; sb_bdev?: boolean };
  devs?: { id: number; kind: 'iomap' | 'passthrough'; mode?: Live['access'] }[];
  op: { pos: string; count: string; opflags: number };
  reply: { error?: number; read: WireRow; write: WireRow; inline_read?: number };
  expect: {
    err: number;
    outcome?: string;
    inline_setup?: boolean;
    bad: { fn: string; which: string; cond: string } | null;
    iomap: Record<string, unknown> | null;
    srcmap: Record<string, unknown> | null;
    refs_after?: Record<string, number>;
    sent_opflags: number | null;
    access?: { which?: string; id: number; need: string } | null;
    inline?: { reads: object[]; buffers: object } | null;
    from_cache?: { iomap: boolean | null; srcmap: boolean | null };
  };
}

const EXPECT = [
  ...['err', 'outcome', 'inline_setup', 'bad', 'iomap', 'srcmap', 'refs_after', 'sent_opflags'],
  ...['access', 'inline', 'from_cache'],
];

export const mapping = (row: WireRow): WireMapping => ({
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
    live: (row.devs ?? []).map(({ id, kind, mode }) => ({
      id: Number(id),
      device: kind === 'iomap' && row.rev !== 'before' ? String(id) : null,
      access: mode ?? 'rw',
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

/** The reads of inline data, the buffers, and which structs came from the cache. */
function compareInline(
  comparison: Comparison,
  { expect }: BeginRow,
  machine: Machine,
  call: ReturnType<Machine['iomapBegin']>,
): void {
  const [iomap, srcmap] = machine.mapMarks;
  if (expect.inline !== undefined) {
    const reads = call.transfers.map(({ request }) => `${request.pos} ${request.count}`);
    const { inline } = expect;
    const expected = (inline?.reads ?? []) as { offset: string; size: number }[];
    comparison.equal(
      'inline.reads',
      expected.map(({ offset, size }) => `${offset} ${size}`).join(),
      reads.join(),
    );
    const buffers = inline?.buffers ?? { iomap: false, srcmap: false };
    comparison.fields('inline.buffers', buffers as Record<string, unknown>, {
      iomap: iomap.inlineData,
      srcmap: srcmap.inlineData,
    });
  }
  if (expect.from_cache === undefined) return;
  const filled = call.ret === 0;
  const marks = filled && call.iomap !== null ? { iomap: iomap.cached, srcmap: srcmap.cached } : null;
  comparison.fields('from_cache', expect.from_cache, marks);
}

function compare(raw: Row, machine: Machine, traced: boolean): Comparison {
  const row = raw as unknown as BeginRow;
  const comparison = new Comparison(traced ? 'trace' : 'fast');
  const server = {
    answer: ({ unique, opcode }: { unique: bigint; opcode: number }) => {
      if (opcode === FUSE_OPCODE.FUSE_READ) return readAnswer(unique, Number(row.reply.inline_read));
      if (Number(row.reply.error ?? 0) !== 0) return { errno: Number(row.reply.error) };
      const maps = encodeBeginOut(mapping(row.reply.read), mapping(row.reply.write));
      return { bytes: encodeAnswer(unique, 0, maps) };
    },
  };
  // Rows of late end before inline data is set up, and count it as success.
  if (row.rev === 'late') machine.setInlineSetup(false);
  prepareCache(machine, inodeName(sceneOf(raw)), row);
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
  if (row.expect.outcome !== undefined && (row.rev === 'late' || !traced)) {
    comparison.equal('retry-cache', row.expect.outcome === 'retry-cache', retry);
  } else comparison.equal('outcome', row.expect.outcome, outcomeOf(call, Number(row.reply.error ?? 0)));
  if (traced) {
    const decided = call.decided;
    const words = decided === null ? null : factsOf(decided.check);
    // A device of a cached mapping belongs to no slot of a reply.
    const which = decided?.which ?? 'cache';
    const revision = REVISIONS.find((one) => one === row.rev) ?? DEFAULT_REVISION;
    const fn = functionName(words?.fn ?? '', revision);
    const actual = decided === null ? null : { fn, which, cond: decided.check };
    comparison.fields('bad', row.expect.bad, actual);
    comparison.fields('access', row.expect.access, accessOf(call));
  }
  // Nobody looks at what a failed call, or a lookup that missed, left in the structs.
  const [iomap, srcmap] = call.ret === 0 ? [call.iomap, call.srcmap] : [null, null];
  comparison.fields('iomap', row.expect.iomap, withBdev(iomap));
  comparison.fields('srcmap', row.expect.srcmap, withBdev(srcmap));
  comparison.equal('sent_opflags', row.expect.sent_opflags, call.request?.opflags ?? null);
  if (row.expect.inline_setup !== undefined && (call.ret === 0 || traced)) {
    const types = [iomap, srcmap].some((map) => map?.type === IOMAP_TYPE.INLINE);
    const noted = call.events.some((event) => event.kind === 'note' && event.note === 'inline-setup');
    comparison.equal('inline_setup', row.expect.inline_setup, row.rev === 'late' ? types : noted || types);
  }
  compareInline(comparison, row, machine, call);
  const refsAfter = row.expect.refs_after;
  if (refsAfter === undefined) return comparison;
  comparison.equal('live entries', Object.keys(refsAfter).length, machine.live);
  for (const [id, refs] of Object.entries(refsAfter)) {
    comparison.equal(`refs_after.${id}`, refs, machine.entry(Number(id))?.refs);
  }
  return comparison;
}
