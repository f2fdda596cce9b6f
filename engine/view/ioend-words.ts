// SPDX-License-Identifier: MIT
import { bytesText } from '../checks/io-words.ts';
import { errnoText } from '../kernel/errno.ts';
import { FUSE_IOMAP_IOEND } from '../kernel/names.ts';
import type { IoCall } from '../run/types.ts';
import { readable } from './numbers.ts';

/** What an ioend told the server, and what happened to its answer. */
export function ioendWords({ request, ret, outcome }: IoCall): { headline: string; sentence: string } {
  if (request === null || request.ioend === null) {
    return { headline: 'Not sent', sentence: 'There was nothing to tell the server.' };
  }
  const { flags, error } = request.ioend;
  const range = `${bytesText(request.written ?? 0n)} from byte ${readable(request.pos)} on`;
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
  if ((ret ?? 0n) >= 0n) return { headline: 'Sent', sentence: `${told}${because}.` };
  const refused = `It answered ${errnoText(ret ?? 0n)}`;
  const ignored =
    flags & FUSE_IOMAP_IOEND.WRITEBACK
      ? `${refused}, which is reported to nobody: the result of an ioend of writeback is ignored.`
      : `${refused}, which becomes the result of the write unless it had failed before.`;
  return { headline: 'Refused by the server', sentence: `${told}${because}. ${ignored}` };
}
