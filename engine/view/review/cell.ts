// SPDX-License-Identifier: MIT
import { errnoText } from '../../kernel/errno.ts';
import { NULL_ADDR } from '../../kernel/names.ts';
import { told } from '../../kernel/unknown.ts';
import type { Execution, Request } from '../../run/types.ts';
import type { ReviewField } from './cases.ts';

/** What a cell says, in ASCII, and its colour family; `grey` where the revision never gets to the question. */
export interface CellWords {
  text: string;
  tone: 'ok' | 'bad' | 'warn' | 'plain' | 'grey';
}

const plain = (text: string): CellWords => ({ text, tone: 'plain' });

/** The point of a step's result in a few words. */
export function cellWords(execution: Execution, field: ReviewField): CellWords {
  if (execution.outcome === 'not-called') return { text: 'no I/O here', tone: 'grey' };
  switch (field) {
    case 'verdict':
      return verdict(execution);
    case 'sent':
      return plain(execution.request === null ? 'not sent' : 'sent');
    case 'ended':
      return plain(execution.request === null ? 'not sent' : ended(execution.request));
    case 'endedDev':
      return plain(execution.request?.map ? `dev ${execution.request.map.dev}` : 'not sent');
    case 'requests':
      return plain(counted(requestsOf(execution).length));
    case 'finish':
      return plain(finish(requestsOf(execution)));
    case 'diskSize':
      return plain(execution.io === null ? 'unknown' : `${execution.io.diskSizeBytes}`);
  }
}

function verdict({ outcome, ret, decided, do: what }: Execution): CellWords {
  if (outcome === 'ok')
    return { text: what === 'iomap_begin' ? 'accepted' : ret === null ? 'ok' : `${ret}`, tone: 'ok' };
  if (decided !== null) return { text: told('check', decided.check), tone: 'bad' };
  if (ret !== null) return { text: errnoText(ret), tone: 'bad' };
  const words = { 'retry-cache': 'asks its cache', waiting: 'waits', oops: 'oops' } as const;
  return { text: outcome in words ? words[outcome as keyof typeof words] : outcome, tone: 'warn' };
}

const requestsOf = ({ io, request }: Execution): Request[] =>
  io === null
    ? request === null
      ? []
      : [request]
    : io.calls.flatMap((call) => (call.request === null ? [] : [call.request]));

const counted = (requests: number) => (requests === 1 ? '1 request' : `${requests} requests`);

const ended = ({ map }: Request): string =>
  map === null ? 'sent' : `${map.addr === NULL_ADDR ? 'NULL_ADDR' : `addr ${map.addr}`}, dev ${map.dev}`;

/** What the server heard at the end of a write, in order: `end 0; ioend -EINVAL 0`. */
function finish(requests: readonly Request[]): string {
  const heard = requests.flatMap(({ name, written, ioend }) => {
    const bytes = written === null ? '' : ` ${errnoText(written)}`;
    if (name === 'FUSE_IOMAP_END') return [`end${bytes}`];
    if (name !== 'FUSE_IOMAP_IOEND') return [];
    return [`ioend${ioend && ioend.error !== 0 ? ` ${errnoText(ioend.error)}` : ''}${bytes}`];
  });
  return heard.length === 0 ? 'nothing' : heard.join('; ');
}
