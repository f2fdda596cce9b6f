// SPDX-License-Identifier: MIT
import { FUSE_OPCODE } from '../kernel/names.ts';
import type { Numbering } from '../kernel/codes.ts';
import { encodeAnswer } from '../kernel/wire.ts';
import type { AnswerBy, Request } from '../kernel/wire-types.ts';
import type { ListedEndReply, ListedIoendReply, ListedReply } from '../scenario/schema.ts';
import { grown, sizePayload } from './live-answer.ts';
import { requestWords } from './request-words.ts';
import { scriptedAnswer } from './scripted.ts';
import { isTransfer, transferAnswer } from './transfers.ts';
import type { Server } from './server.ts';

/** A server that answers from lists, and remembers the request that it had no answer to. */
export interface ListedServer extends Server {
  /** The request that the list of mappings was too short for, in words; null if there was none. */
  readonly unanswered: string | null;
  /** Whether the answer to this request left `write` out, so that a pure overwrite of `read` stood in. */
  filledIn(unique: bigint): boolean;
  /** Who gave the answer to this request; undefined if the lists did. */
  answeredBy(unique: bigint): AnswerBy | undefined;
}

/** Who is asked where the lists say nothing. */
export interface Fallback {
  readonly by: AnswerBy;
  answer(request: Request, diskSizeBytes: () => bigint): { bytes: Uint8Array } | null;
  filledIn(unique: bigint): boolean;
}

/** What an I/O step answers with. */
export interface Answers {
  replies: readonly ListedReply[];
  endReplies: readonly ListedEndReply[];
  ioendReplies: readonly ListedIoendReply[];
}

/** Entries in order, each as often as it says. */
class Queue<R extends ListedReply | ListedIoendReply> {
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
    if (this.#given >= (typeof entry === 'object' ? entry.times : 1)) {
      this.#at++;
      this.#given = 0;
    }
    return entry;
  }
}

/**
 * The server of an I/O step: each request takes the next entry of its list. After the end of `endReplies` and
 * `ioendReplies` it answers 0, after the end of `replies` nothing. It answers each request once: if the kernel
 * doesn't take the answer, it falls silent. `diskSizeBytes` is the size of the file as the server knows it. `others`
 * are asked where a list has ended, and for what no list answers.
 */
export function listedServer(
  { replies, endReplies, ioendReplies }: Answers,
  numbering: Numbering,
  diskSizeBytes: () => bigint = () => 0n,
  others: Fallback | null = null,
): ListedServer {
  const begins = new Queue(replies);
  const ends = new Queue(endReplies);
  const ioends = new Queue(ioendReplies);
  const filledIn = new Set<bigint>();
  const givenBy = new Map<bigint, AnswerBy>();
  let unanswered: string | null = null;
  let last: bigint | null = null;
  const silence = others === null ? 0 : undefined;
  const entryFor = ({ opcode }: Request): ListedReply | ListedIoendReply | undefined => {
    if (opcode === FUSE_OPCODE.FUSE_IOMAP_BEGIN) return begins.next();
    if (opcode === FUSE_OPCODE.FUSE_IOMAP_IOEND) return ioends.next() ?? silence;
    return opcode === FUSE_OPCODE.FUSE_IOMAP_END ? (ends.next() ?? silence) : undefined;
  };
  return {
    answer(request) {
      if (request.unique === last) return null;
      last = request.unique;
      if (isTransfer(request)) return { bytes: transferAnswer(request) };
      const reply = entryFor(request);
      if (reply === undefined) {
        const answer = others?.answer(request, diskSizeBytes) ?? null;
        if (answer === null) unanswered ??= requestWords(request);
        else givenBy.set(request.unique, others!.by);
        return answer;
      }
      if (typeof reply === 'object' && 'read' in reply && reply.write === undefined) {
        filledIn.add(request.unique);
      }
      if (reply === 0 && request.ioend !== null && request.ioend.dev !== null) {
        return { bytes: encodeAnswer(request.unique, 0, sizePayload(grown(request, diskSizeBytes()))) };
      }
      // Whatever the revision expects: a size where none is asked for is refused as too long.
      if (typeof reply === 'object' && 'newsize' in reply)
        return { bytes: encodeAnswer(reply.unique ?? request.unique, 0, sizePayload(reply.newsize)) };
      return { bytes: scriptedAnswer(reply, request, numbering) };
    },
    get unanswered() {
      return unanswered;
    },
    filledIn: (unique) => filledIn.has(unique) || (others?.filledIn(unique) ?? false),
    answeredBy: (unique) => givenBy.get(unique),
  };
}
