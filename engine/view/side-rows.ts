// SPDX-License-Identifier: MIT
import { address, count, plain } from '../checks/format.ts';
import { errnoText } from '../kernel/errno.ts';
import type { MachineState, Reply, Request, WireMapping } from '../run/types.ts';
import { opFlagsText, wireFlagsText, wireTypeText } from './structs.ts';

/** What one side of a comparison was asked, answered and holds, as names with values. */
export type NamedValue = [name: string, value: string];

/** At most so many entries of the table are listed; a table of a thousand is compared by its size. */
const MAX_ENTRIES = 64;

export function requestRows(request: Request | null): NamedValue[] {
  if (request === null) return [];
  const { name, opflags, attr_ino, pos, count: bytes } = request;
  return [
    ['request', name],
    ['opflags', opFlagsText(opflags)],
    ['attr_ino', plain(attr_ino)],
    ['pos', plain(pos)],
    ['count', plain(bytes)],
  ];
}

export function replyRows(reply: Reply | null): NamedValue[] {
  if (reply === null) return [];
  const { header, bytes, read, write } = reply;
  return [
    ['bytes', plain(BigInt(bytes.length))],
    ...(header === null || header.error === 0 ? [] : [['error', errnoText(header.error)] as NamedValue]),
    ...mapping('read', read),
    ...mapping('write', write),
  ];
}

function mapping(which: string, map: WireMapping | null): NamedValue[] {
  if (map === null) return [];
  return [
    [`${which}.offset`, plain(map.offset)],
    [`${which}.length`, plain(map.length)],
    [`${which}.addr`, address(map.addr)],
    [`${which}.type`, wireTypeText(map.type)],
    [`${which}.flags`, wireFlagsText(map.flags)],
    [`${which}.dev`, plain(BigInt(map.dev))],
  ];
}

export function tableRows(state: MachineState | null): NamedValue[] {
  if (state === null) return [];
  const { entries, detached, cursor, mounted } = state;
  return [
    ['ids', `${entries.length}`],
    ...entries
      .slice(0, MAX_ENTRIES)
      .map(({ id, type, device, fd, refs }): NamedValue => [
        `id ${id}`,
        `${type}${device === null ? '' : ` ${device}`}, fd ${fd}, ${count(refs, 'reference')}`,
      ]),
    ['closed, still held', `${detached.length}`],
    ['next id from', `${Math.max(cursor, 1)}`],
    ['connection', mounted ? 'up' : 'gone'],
  ];
}
