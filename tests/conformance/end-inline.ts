// SPDX-License-Identifier: MIT
import type { MayMachine as Machine } from '#engine/core/may-machine.ts';
import type { CoreEvent } from '#engine/core/records.ts';
import { FUSE_OPCODE } from '#engine/kernel/names.ts';
import { encodeAnswer } from '#engine/kernel/wire.ts';
import { Comparison, type Family, type Row } from './row.ts';
import { inodeName, machineWithTable, tableKey } from './table.ts';
import { sceneOf, mapOf, rangeOf, type EndRow } from './end.ts';

/** A row of `end` whose mapping may carry a buffer of inline data. */
interface InlineRow extends EndRow {
  iomap: EndRow['iomap'] & { inline_data: boolean };
  srcmap_inline: boolean;
  disk_size: string;
  write_replies: { error: number; size: number }[];
  expect: EndRow['expect'] & {
    writes: { offset: string; size: number }[];
    write_errors: { kind: string; pos: string; count: string; error: number }[];
    disk_size_after: string;
    invalidated: { pos: string; length: string } | null;
    bad_data: number;
  };
}

const EXPECT = [
  ...['sent', 'msg', 'ret', 'no_end_after'],
  ...['writes', 'write_errors', 'disk_size_after', 'invalidated', 'bad_data'],
];

/** The rows of the `end-inline` family. */
export const endInline: Family = {
  key: (row) => tableKey(sceneOf(row)),
  prepare: (module, rows) => machineWithTable(module, rows.map(sceneOf)),
  compare,
};

function compare(raw: Row, machine: Machine, traced: boolean): Comparison {
  const row = raw as unknown as InlineRow;
  const comparison = new Comparison(traced ? 'trace' : 'fast');
  machine.noEnd = row.no_end ?? false;
  const replies = [...row.write_replies];
  const server = {
    answer: ({ unique, opcode }: { unique: bigint; opcode: number }) => {
      const error = Number(row.reply_error ?? 0);
      if (opcode !== FUSE_OPCODE.FUSE_WRITE)
        return error !== 0 ? { errno: error } : { bytes: encodeAnswer(unique, 0, new Uint8Array(0)) };
      const reply = replies.shift() ?? { error: 0, size: 0 };
      if (reply.error !== 0) return { errno: reply.error };
      const out = new Uint8Array(8);
      new DataView(out.buffer).setUint32(0, reply.size, true);
      return { bytes: encodeAnswer(unique, 0, out) };
    },
  };
  const inode = inodeName(sceneOf(raw));
  machine.setDiskSize(inode, BigInt(row.disk_size));
  const inline = { iomap: row.iomap.inline_data, srcmap: row.srcmap_inline };
  const call = machine.iomapEnd(inode, mapOf(row), rangeOf(row), server, inline);

  const { expect } = row;
  comparison.only(expect, EXPECT);
  comparison.equal('sent', expect.sent, call.request !== null);
  comparison.fields('msg', expect.msg, call.request);
  comparison.equal('ret', expect.ret, call.ret);
  comparison.equal('no_end_after', expect.no_end_after, machine.noEnd);
  const sent = call.transfers.map(({ request }) => `${request.pos} ${request.count}`);
  comparison.equal(
    'writes',
    expect.writes.map(({ offset, size }) => `${offset} ${size}`).join(),
    sent.join(),
  );
  comparison.equal('disk_size_after', expect.disk_size_after, machine.diskSize(inode));
  comparison.equal('srcmap buffer', false, machine.mapMarks[1].inlineData);
  if (!traced) return comparison;
  comparison.equal('bad_data', expect.bad_data, call.decided === null ? 0 : 1);
  comparison.equal(
    'write_errors',
    expect.write_errors.map(({ kind, pos, count, error }) => `${kind} ${pos} ${count} ${error}`).join(),
    call.events.flatMap(errorWords).join(),
  );
  const dropped = call.events.find((event) => event.kind === 'note' && event.note === 'cache-invalidated');
  const invalidated = dropped?.kind === 'note' ? { pos: dropped.a, length: dropped.b } : null;
  comparison.fields('invalidated', expect.invalidated, invalidated);
  return comparison;
}

/** An error on record, as the row's fields in a line. */
function errorWords(event: CoreEvent): string[] {
  if (event.kind !== 'note') return [];
  const kind = event.note === 'inline-error-direct' ? 'direct' : 'buffered';
  if (event.note !== 'inline-error-direct' && event.note !== 'inline-error-buffered') return [];
  return [`${kind} ${event.a} ${event.b & 0xffff_ffffn} ${-(event.b >> 32n)}`];
}
