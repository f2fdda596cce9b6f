// SPDX-License-Identifier: MIT
/** Lists of replies as the document writes them. */
import type { Io, Request } from '#engine/run/types.ts';
import { parseInteger } from '#engine/scenario/integers.ts';
import { isObject, type JsonObject, type JsonValue } from '#engine/scenario/path.ts';

/** How many requests an entry answers, as it is written. */
export function timesOf(entry: JsonValue): number {
  const written = isObject(entry) ? entry['times'] : undefined;
  const times = typeof written === 'string' ? parseInteger(written) : written;
  return typeof times === 'bigint' && times >= 1n && times <= 0xffff_ffffn ? Number(times) : 1;
}

/** What an entry says, in a word or two for its place in the list. */
export function entryWords(entry: JsonValue): string {
  if (!isObject(entry)) return entry === 0n ? '0' : 'not a reply';
  if ('error' in entry) return String(entry['error']);
  if ('hex' in entry) return 'raw bytes';
  if ('payload' in entry) return 'payload';
  const read = isObject(entry['read']) ? entry['read'] : {};
  const type = (map: JsonObject) => (map['type'] === undefined ? 'HOLE' : String(map['type']));
  const write = entry['write'];
  return isObject(write) && Object.keys(write).length > 0 ? `${type(read)} → ${type(write)}` : type(read);
}

/** Who answers a request that is left to them. */
export type Asked = 'server' | 'extents' | null;

/** What is said to the requests that come after a list of replies to iomap_end or ioend. */
export function afterReplies(count: number, asked: Asked): string {
  if (asked === null) return count > 0 ? 'in order; then 0' : '0 each time';
  return `${count > 0 ? 'in order; then ' : ''}left to the ${asked}`;
}

/** What a file without extents says of them. */
export const withoutExtents = (asked: Asked): string =>
  asked === null
    ? 'None. Only the replies of the steps answer.'
    : asked === 'server'
      ? 'None. The server is asked for what the steps leave open.'
      : 'None: the file is all hole. Extents of another file are there, and extents answer for all files.';

const big = (value: JsonValue | undefined): bigint | null => {
  const number = typeof value === 'string' ? (parseInteger(value) ?? null) : value;
  return typeof number === 'bigint' ? number : null;
};

/** The request that no reply was left for; null if there was none. */
export const unansweredRequest = (io: Io | null): Request | null =>
  io?.unanswered == null ? null : (io.calls.findLast(({ request }) => request !== null)?.request ?? null);

/**
 * A reply to append to a list: to the request that found none, if there is one, or else where the last reply's
 * mapping ends; on the device, after that mapping.
 *
 * @param hasTask the reader is to find the answer: then it is all zero bytes, and suggests nothing
 */
export function nextReply(
  entries: readonly JsonValue[],
  unanswered: Request | null,
  blockBytes: bigint,
  hasTask = false,
): JsonObject {
  if (hasTask) return { read: {} };
  const last = entries.findLast((entry) => isObject(entry) && isObject(entry['read']));
  const read = isObject(last) && isObject(last['read']) ? last['read'] : null;
  const length = big(read?.['length']) ?? blockBytes;
  const after = (big(read?.['offset']) ?? 0n) + length;
  const addr = big(read?.['addr']);
  const offset = unanswered ? unanswered.pos - (unanswered.pos % blockBytes) : read ? after : 0n;
  const end = unanswered ? unanswered.pos + unanswered.count : offset + length;
  const blocks = (end - offset + blockBytes - 1n) / blockBytes;
  return {
    read: {
      type: 'MAPPED',
      offset,
      length: blocks > 0n && blocks < 1n << 40n ? blocks * blockBytes : blockBytes,
      addr: addr === null ? '1M' : addr + length,
      dev: read?.['dev'] ?? 1n,
    },
  };
}
