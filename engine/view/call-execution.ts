// SPDX-License-Identifier: MIT
import { errnoText } from '../kernel/errno.ts';
import { FUSE_IOMAP_IOEND, NULL_ADDR, flagNames } from '../kernel/names.ts';
import type { Execution, IoCall } from '../run/types.ts';
import { everyNotation, hex, inNotation, type Notation } from './numbers.ts';
import type { FieldRow } from './structs.ts';

/** One call of an I/O step in the shape of a step of its own, for the views that draw steps. */
export function callExecution(call: IoCall, of: Execution): Execution {
  const { outcome, trust, ret, decided, path, events, request, reply, iomap, srcmap } = call;
  return {
    index: of.index,
    step: of.step,
    repeat: of.repeat,
    // An ioend is answered like an end, with nothing but a header; an unknown call is named by its request.
    do: call.do === 'iomap_begin' ? call.do : 'iomap_end',
    outcome,
    trust,
    ret,
    remark: null,
    decided,
    path,
    events,
    request,
    reply,
    iomap,
    srcmap,
    io: null,
    changes: [],
    unmet: [],
    log: [],
  };
}

/** struct fuse_iomap_ioend_in as it was sent; null if nothing was. */
export function ioendRows({ request }: IoCall, notation: Notation, blockBytes: number): FieldRow[] | null {
  if (request === null || request.ioend === null) return null;
  const { flags, error, new_addr, dev } = request.ioend;
  const number = (field: string, value: bigint, kind: 'position' | 'length'): FieldRow => ({
    field,
    value: inNotation(value, notation, kind, blockBytes),
    also: everyNotation(value, kind, blockBytes),
    note: null,
  });
  const plain = (field: string, value: string, also: string | null = null): FieldRow => ({
    field,
    value,
    also,
    note: null,
  });
  return [
    plain('ioendflags', flagNames(FUSE_IOMAP_IOEND, flags).join(' | ') || '0', hex(flags)),
    plain('error', error === 0 ? '0' : errnoText(error), String(error)),
    plain('attr_ino', String(request.attr_ino)),
    number('pos', request.pos, 'position'),
    plain('new_addr', new_addr === NULL_ADDR ? 'NULL_ADDR' : `sector ${new_addr}`, hex(new_addr)),
    number('written', request.written ?? 0n, 'length'),
    ...(dev === null ? [] : [plain('dev', dev === 0 ? 'DEV_NULL' : String(dev))]),
  ];
}

/** The calls that each entry of a list of replies answered, by `times`: indexes into `calls`. */
export function callsOfReplies(
  entries: readonly { times: number }[],
  calls: readonly IoCall[],
  kind: IoCall['do'],
): number[][] {
  const asked = calls.flatMap((call, index) => (call.do === kind && call.reply !== null ? [index] : []));
  let from = 0;
  return entries.map(({ times }) => asked.slice(from, (from += times)));
}
