// SPDX-License-Identifier: MIT
/** Outcomes of begins and ends that came in May 2026 and that no check decides, by what the core noted. */
import { ERRNO, errnoText } from '../kernel/errno.ts';
import { IOMAP_TYPE, nameOf } from '../kernel/names.ts';
import type { CoreEvent, Execution, NoteId } from '../run/types.ts';
import type { Explanation } from './verdict-words.ts';
import { count, num } from './format.ts';

type Note = Extract<CoreEvent, { kind: 'note' }>;
type Words = Pick<Explanation, 'headline' | 'sentence'>;

const noteOf = ({ events }: Execution, id: NoteId): Note | undefined =>
  events.findLast((event): event is Note => event.kind === 'note' && event.note === id);

/** A verdict in words; null if the words for every revision say it. */
export function explainMay(execution: Execution): Explanation | null {
  if (execution.decided !== null || execution.trust === 'edited') return null;
  const words = failed(execution) ?? retried(execution) ?? accepted(execution) ?? inlineEnd(execution);
  return words === null ? null : { ...words, where: whereOf(execution), by: null };
}

const whereOf = ({ do: step }: Execution): string =>
  step === 'iomap_end' ? 'fuse_iomap_end' : 'fuse_iomap_begin';

/** A begin that failed for something else than a check or the server's answer. */
function failed(execution: Execution): Words | null {
  const { outcome, ret } = execution;
  if (outcome !== 'error' || execution.do !== 'iomap_begin') return null;
  if (noteOf(execution, 'begin-nowait'))
    return {
      headline: 'Would wait',
      sentence:
        'The caller may not wait (NOWAIT), and to ask the server is to wait: the begin fails with -EAGAIN, and no request is sent.',
    };
  const denied = noteOf(execution, 'access-denied');
  if (denied) return { headline: 'No access', sentence: deniedSentence(denied) };
  if (noteOf(execution, 'begin-interrupted'))
    return {
      headline: 'Interrupted',
      sentence:
        'The server says to look into the cache, the cache has nothing for pos, and a signal is pending: the begin fails with -EINTR and does not ask again.',
    };
  const long = noteOf(execution, 'inline-too-long');
  if (long)
    return {
      headline: 'Inline data too long',
      sentence: `The inline mapping is ${count(long.a, 'byte')} long, and the buffer for it is one block of ${num(long.b)}: ${errnoText(ret ?? 0n)}.`,
    };
  if (noteOf(execution, 'inline-setup'))
    return {
      headline: 'No inline data',
      sentence: `The reply was accepted, but the FUSE_READ of its inline data failed: the begin returns ${errnoText(ret ?? 0n)}.`,
    };
  return null;
}

function deniedSentence({ a: dev, b }: Note): string {
  const need = (b & 0xffffn) === 3n ? 'reading and writing' : 'reading';
  const slot = [null, 'read', 'write'][Number(b >> 16n)];
  const whose = slot == null ? 'The cached mapping' : `The ${slot} mapping`;
  return (
    `${whose} lies on dev ${num(dev)}, whose descriptor was not open for ${need} when it was registered: the begin ` +
    `fails with -EACCES. No check of the reply failed, and nothing is logged.`
  );
}

function retried(execution: Execution): Words | null {
  if (execution.outcome !== 'retry-cache' || !noteOf(execution, 'cache-miss')) return null;
  return {
    headline: 'Asks again',
    sentence:
      'The reply says RETRY_CACHE, and the cache has nothing for pos. The kernel makes the same request again, and again, until the server or the cache says something else, or a signal comes. The run stops here.',
  };
}

function accepted(execution: Execution): Words | null {
  const { iomap, srcmap, request, outcome } = execution;
  if (outcome !== 'ok' || execution.do !== 'iomap_begin' || iomap === null) return null;
  if (!noteOf(execution, 'cache-hit')) return null;
  const type = (map: typeof iomap) => nameOf(IOMAP_TYPE, map.type) ?? `type ${map.type}`;
  const asked =
    request === null
      ? 'The mapping cache answered, and no request was sent.'
      : 'The server says to look into the mapping cache, and the cache answered.';
  const source = srcmap === null ? '' : `, and srcmap is the cached read mapping, ${type(srcmap)}`;
  return {
    headline: 'Accepted',
    sentence: `${asked} iomap is ${type(iomap)} of ${count(iomap.length, 'byte')} from ${num(iomap.offset)}${source}.`,
  };
}

/** Of an accepted begin whose srcmap still holds what a lookup left there: what that means; '' otherwise. */
export function leftOver(execution: Execution): string {
  const left = execution.outcome === 'ok' ? noteOf(execution, 'srcmap-left-over') : undefined;
  return left === undefined
    ? ''
    : `srcmap still holds the mapping of ${count(left.b, 'byte')} from ${num(left.a)} that a lookup in the cache left there before it became a miss, and now passes for valid.`;
}

const isEnosys = (reply: Execution['reply']): boolean => reply?.header?.error === -ERRNO.ENOSYS;

/** An iomap_end of a mapping with inline data: what of it the server has now. */
function inlineEnd(execution: Execution): Words | null {
  const { transfers = [], ret } = execution;
  if (execution.do !== 'iomap_end' || transfers.length === 0) return null;
  const lost = noteOf(execution, 'inline-error-direct') ?? noteOf(execution, 'inline-error-buffered');
  const sent = `The inline data was written back by ${count(transfers.length, 'FUSE_WRITE')}`;
  // Later than the first: that one alone would have said that the server has no FUSE_WRITE.
  if (lost === undefined && transfers.some(({ reply }, at) => at > 0 && isEnosys(reply)))
    return {
      headline: 'Bytes lost',
      sentence: `${sent}. One was answered -ENOSYS, and the kernel counts it like the answer before: those bytes are nowhere, and the call returns ${num(ret ?? 0n)}.`,
    };
  if (lost === undefined) return { headline: 'Written back', sentence: `${sent}. No iomap_end is sent.` };
  const bytes = count(lost.b & 0xffff_ffffn, 'byte');
  const error = errnoText(-(lost.b >> 32n));
  return ret === 0n
    ? {
        headline: 'Written back in part',
        sentence: `${sent}, but ${bytes} at ${num(lost.a)} were not stored. The call returns 0, and ${error} is on record for the next fsync.`,
      }
    : { headline: 'Not written back', sentence: `${bytes} at ${num(lost.a)} were not stored: ${error}.` };
}
