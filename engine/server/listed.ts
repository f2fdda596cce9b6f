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
  /** Who was asked for that answer and gave none; undefined if only the lists were. */
  readonly unansweredBy: AnswerBy | undefined;
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
class Queue<R extends ListedReply | ListedEndReply | ListedIoendReply> {
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
  answers: Answers,
  numbering: Numbering,
  diskSizeBytes: () => bigint = () => 0n,
  others: Fallback | null = null,
): ListedServer {
  return new Listed(answers, numbering, diskSizeBytes, others);
}

/** A class, since there is one for each step: its methods are made once. */
class Listed implements ListedServer {
  readonly #begins: Queue<ListedReply>;
  readonly #ends: Queue<ListedEndReply>;
  readonly #ioends: Queue<ListedIoendReply>;
  readonly #numbering: Numbering;
  readonly #diskSizeBytes: () => bigint;
  readonly #others: Fallback | null;
  // Made for those that need them.
  #filledIn: Set<bigint> | null = null;
  #givenBy: Map<bigint, AnswerBy> | null = null;
  #unanswered: string | null = null;
  #unansweredBy: AnswerBy | undefined = undefined;
  #last: bigint | null = null;

  constructor(
    { replies, endReplies, ioendReplies }: Answers,
    numbering: Numbering,
    diskSizeBytes: () => bigint,
    others: Fallback | null,
  ) {
    this.#begins = new Queue(replies);
    this.#ends = new Queue(endReplies);
    this.#ioends = new Queue(ioendReplies);
    this.#numbering = numbering;
    this.#diskSizeBytes = diskSizeBytes;
    this.#others = others;
  }

  get unanswered(): string | null {
    return this.#unanswered;
  }

  get unansweredBy(): AnswerBy | undefined {
    return this.#unansweredBy;
  }

  filledIn(unique: bigint): boolean {
    return (this.#filledIn?.has(unique) ?? false) || (this.#others?.filledIn(unique) ?? false);
  }

  answeredBy(unique: bigint): AnswerBy | undefined {
    return this.#givenBy?.get(unique);
  }

  answer(request: Request): { bytes: Uint8Array } | null {
    if (request.unique === this.#last) return null;
    this.#last = request.unique;
    if (isTransfer(request)) return { bytes: transferAnswer(request) };
    const reply = this.#entryFor(request);
    if (reply === undefined) return this.#askOthers(request);
    if (typeof reply === 'object' && 'read' in reply && reply.write === undefined)
      (this.#filledIn ??= new Set<bigint>()).add(request.unique);
    if (reply === 0 && request.ioend !== null && request.ioend.dev !== null) {
      const size = sizePayload(grown(request, this.#diskSizeBytes()));
      return { bytes: encodeAnswer(request.unique, 0, size) };
    }
    // Whatever the revision expects: a size where none is asked for is refused as too long.
    if (typeof reply === 'object' && 'newsize' in reply)
      return { bytes: encodeAnswer(reply.unique ?? request.unique, 0, sizePayload(reply.newsize)) };
    return { bytes: scriptedAnswer(reply, request, this.#numbering) };
  }

  #entryFor({ opcode }: Request): ListedReply | ListedIoendReply | undefined {
    const silence = this.#others === null ? 0 : undefined;
    if (opcode === FUSE_OPCODE.FUSE_IOMAP_BEGIN) return this.#begins.next();
    if (opcode === FUSE_OPCODE.FUSE_IOMAP_IOEND) return this.#ioends.next() ?? silence;
    return opcode === FUSE_OPCODE.FUSE_IOMAP_END ? (this.#ends.next() ?? silence) : undefined;
  }

  #askOthers(request: Request): { bytes: Uint8Array } | null {
    const answer = this.#others?.answer(request, this.#diskSizeBytes) ?? null;
    if (answer === null) {
      if (this.#unanswered === null) this.#unansweredBy = this.#others?.by;
      this.#unanswered ??= requestWords(request);
    } else (this.#givenBy ??= new Map<bigint, AnswerBy>()).set(request.unique, this.#others!.by);
    return answer;
  }
}
