// SPDX-License-Identifier: MIT
import { FUSE_OPCODE, IOMAP_OP, flagNames, nameOf } from '../kernel/names.ts';
import { encodeAnswer } from '../kernel/wire.ts';
import type { Request } from '../kernel/wire-types.ts';
import type { IoStep, ListedEndReply, ListedReply } from '../scenario/schema.ts';
import { scriptedAnswer } from './scripted.ts';
import type { Server } from './server.ts';

/** A server that answers from lists, and remembers the request that it had no answer to. */
export interface ListedServer extends Server {
  /** The request that the list of mappings was too short for, in words; null if there was none. */
  readonly unanswered: string | null;
  /** Whether the answer to this request left `write` out, so that a pure overwrite of `read` stood in. */
  filledIn(unique: bigint): boolean;
}

/** Entries in order, each as often as it says. */
class Queue<R extends ListedReply | ListedEndReply> {
  readonly #list: readonly R[];
  #at = 0;
  #given = 0;

  constructor(list: readonly R[]) {
    this.#list = list;
  }

  next(): R | undefined {
    const entry = this.#list[this.#at];
    if (entry === undefined) return undefined;
    this.#given++;
    if (this.#given >= (typeof entry === 'number' ? 1 : entry.times)) {
      this.#at++;
      this.#given = 0;
    }
    return entry;
  }
}

/**
 * The server of an I/O step: each request takes the next entry of its list. After the end of `endReplies` and
 * `ioendReplies` it answers 0, after the end of `replies` nothing. It answers each request once: if the kernel
 * doesn't take the answer, it falls silent. `diskSizeBytes` is the size of the file as the server knows it.
 */
export function listedServer(
  { replies, endReplies, ioendReplies }: Pick<IoStep, 'replies' | 'endReplies' | 'ioendReplies'>,
  diskSizeBytes: () => bigint = () => 0n,
): ListedServer {
  const begins = new Queue(replies);
  const ends = new Queue(endReplies);
  const ioends = new Queue(ioendReplies);
  const filledIn = new Set<bigint>();
  let unanswered: string | null = null;
  let last: bigint | null = null;
  const entryFor = ({ opcode }: Request): ListedReply | ListedEndReply | undefined => {
    if (opcode === FUSE_OPCODE.FUSE_IOMAP_BEGIN) return begins.next();
    return (opcode === FUSE_OPCODE.FUSE_IOMAP_IOEND ? ioends : ends).next() ?? 0;
  };
  return {
    answer(request) {
      if (request.unique === last) return null;
      last = request.unique;
      const reply = entryFor(request);
      if (reply === undefined) {
        unanswered ??= requestWords(request);
        return null;
      }
      if (typeof reply === 'object' && 'read' in reply && reply.write === undefined) {
        filledIn.add(request.unique);
      }
      if (reply === 0 && request.ioend !== null && request.ioend.dev !== null) {
        return { bytes: encodeAnswer(request.unique, 0, ioendOut(request, diskSizeBytes())) };
      }
      return { bytes: scriptedAnswer(reply, request) };
    },
    get unanswered() {
      return unanswered;
    },
    filledIn: (unique) => filledIn.has(unique),
  };
}

/** struct fuse_iomap_ioend_out, from v7 on: the new size, which a server that just says yes leaves as it was. */
function ioendOut({ pos, written }: Request, diskSizeBytes: bigint): Uint8Array {
  const end = pos + (written ?? 0n);
  const bytes = new Uint8Array(8);
  new DataView(bytes.buffer).setBigUint64(0, end > diskSizeBytes ? end : diskSizeBytes, true);
  return bytes;
}

/** `FUSE_IOMAP_BEGIN pos 8192 count 4096 op WRITE`. */
function requestWords({ opcode, pos, count, opflags }: Request): string {
  const op = opflags === 0 ? 'read' : flagNames(IOMAP_OP, opflags).join('|');
  return `${nameOf(FUSE_OPCODE, opcode) ?? `opcode ${opcode}`} pos ${pos} count ${count} op ${op}`;
}
