// SPDX-License-Identifier: MIT
import { ERRNO, errnoText } from '../kernel/errno.ts';
import { FUSE_IOMAP_IOEND } from '../kernel/names.ts';
import type { Change, Io, IoCall } from '../run/types.ts';
import type { StepOf } from '../scenario/schema.ts';
import type { Words } from './verdict-words.ts';
import { num } from './format.ts';
import { bytesText } from './io-words.ts';

/** What makes an ioend without an error worth sending. */
const MATTERS = FUSE_IOMAP_IOEND.SHARED | FUSE_IOMAP_IOEND.UNWRITTEN | FUSE_IOMAP_IOEND.APPEND;

/** What an ioend told the server, and what happened to its answer. */
export function ioendWords({ request, ret, outcome }: IoCall): Words {
  if (request === null || request.ioend === null) {
    return { headline: 'Not sent', sentence: 'There was nothing to tell the server.' };
  }
  const { flags, error } = request.ioend;
  const range = `${bytesText(request.written ?? 0n)} from byte ${num(request.pos)} on`;
  const told =
    error === 0
      ? `The server was told that I/O on ${range} is done`
      : `The server was told that I/O on ${range} failed with ${errnoText(error)}`;
  const duties = [
    flags & FUSE_IOMAP_IOEND.UNWRITTEN && 'unwritten blocks now hold data',
    flags & FUSE_IOMAP_IOEND.SHARED && 'the copies of shared blocks take their place',
    flags & FUSE_IOMAP_IOEND.APPEND && 'the file has grown',
  ].filter((duty): duty is string => typeof duty === 'string');
  const because = error === 0 && duties.length > 0 ? `: ${duties.join(', ')}` : '';
  if (outcome === 'waiting')
    return { headline: 'Still waiting', sentence: `${told}${because}. No answer came.` };
  const value = ret ?? 0n;
  if (value >= 0n) return { headline: 'Sent', sentence: `${told}${because}.` };
  if (value === BigInt(-ERRNO.ENOSYS))
    return {
      headline: 'Sent, not implemented',
      sentence: `${told}${because}. It answered -ENOSYS, which counts as 0: no ioend is sent from now on.`,
    };
  const refused = `It answered ${errnoText(value)}`;
  const ignored =
    flags & FUSE_IOMAP_IOEND.WRITEBACK
      ? `${refused}, which is reported to nobody: the result of an ioend of writeback is ignored.`
      : `${refused}, which becomes the result of the write unless it had failed before.`;
  return { headline: 'Refused by the server', sentence: `${told}${because}. ${ignored}` };
}

/** An ioend that is a step of its own and returned 0: whether it was sent, and the sizes that the file has after it. */
export function explainIoend(
  step: StepOf<'iomap_ioend'>,
  { calls, sizeBytes, diskSizeBytes }: Io,
  changes: readonly Change[],
): Words {
  const [call] = calls;
  const sizes =
    sizeBytes === diskSizeBytes
      ? `The file has ${bytesText(sizeBytes)}.`
      : `The file has ${bytesText(sizeBytes)} in the kernel, and ${bytesText(diskSizeBytes)} as the server is known to have it.`;
  if (call !== undefined) {
    const { headline, sentence } = ioendWords(call);
    const told = call.request?.written ?? step.written;
    const cut =
      told === step.written
        ? ''
        : ` The message has 32 bits for the count: of ${bytesText(step.written)} it says ${num(told)}.`;
    return { headline, sentence: `${sentence}${cut} ${sizes}` };
  }
  const { error, written, flags } = step;
  // The flag of a file that grew is the kernel's own.
  const grew = changes.some(
    (change) => change.kind === 'sizes' && change.to.diskSizeBytes > change.from.diskSizeBytes,
  );
  const duty = error !== 0 || (written > 0n && (grew || (flags & MATTERS) !== 0));
  const why = duty
    ? 'The server answered an ioend with -ENOSYS before, and is sent none any more.'
    : 'There is no error, and no UNWRITTEN, SHARED or APPEND: the server has nothing to change.';
  return { headline: 'Not sent', sentence: `${why} ${sizes}` };
}
