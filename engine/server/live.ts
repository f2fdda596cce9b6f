// SPDX-License-Identifier: MIT
import { PLAIN_NUMBERING, type Numbering } from '../kernel/codes.ts';
import { grouped } from '../kernel/digits.ts';
import { FUSE_OPCODE } from '../kernel/names.ts';
import type { AnswerBy, Request } from '../kernel/wire-types.ts';
import {
  ServerFault,
  type FuseServer,
  type ServerEvent,
  type ServerSource,
  type Session,
} from './fuse-server.ts';
import { askCallback, atOnce } from './live-answer.ts';
import { requestWords } from './request-words.ts';
import type { Server } from './server.ts';

/** Events that are kept: a server that never gives a usable answer makes one for each request. */
const EVENTS_KEPT = 1_000;
const MESSAGE_CHARS = 500;
const STARTING = 'init';
/**
 * Requests of one step. A write of 16 MiB in blocks of 512 bytes has fewer; a fiemap up to the largest position, whose
 * answers are a block each, would go on as long as there is memory.
 */
const REQUESTS = 150_000;

const CALLBACKS: Readonly<Record<number, keyof FuseServer>> = {
  [FUSE_OPCODE.FUSE_IOMAP_BEGIN]: 'iomap_begin',
  [FUSE_OPCODE.FUSE_IOMAP_END]: 'iomap_end',
  [FUSE_OPCODE.FUSE_IOMAP_IOEND]: 'iomap_ioend',
  [FUSE_OPCODE.FUSE_SETATTR]: 'setattr',
  [FUSE_OPCODE.FUSE_FALLOCATE]: 'fallocate',
};

/**
 * A server of callbacks behind the kernel. It answers each request once. What it does wrong leaves the request
 * without an answer and becomes an event, which names the request.
 */
export class LiveServer implements Server {
  readonly by: AnswerBy;
  readonly #source: ServerSource;
  #server: FuseServer;
  #events: ServerEvent[] = [];
  #execution = -1;
  #last: bigint | null = null;
  /** Requests of this execution. */
  #asked = 0;
  #filledIn = new Set<bigint>();
  /** How the kernel's revision numbers types: callbacks use the numbers of the names. */
  protected numbering: Numbering = PLAIN_NUMBERING;

  constructor(source: ServerSource, by: AnswerBy = 'server') {
    this.by = by;
    this.#source = source;
    this.#server = typeof source === 'function' ? {} : source;
  }

  /** Whether a run can go on in its middle. A function that makes servers is asked for one to know. */
  get resumable(): boolean {
    return this.#server.snapshot !== undefined && this.#server.restore !== undefined;
  }

  get events(): readonly ServerEvent[] {
    return this.#events;
  }

  /** The server starts anew: its init() sets up what it remembers. */
  start(session: Session): void {
    this.#events = [];
    this.#execution = -1;
    this.#guarded(STARTING, () => {
      if (typeof this.#source === 'function') this.#server = this.#source();
      atOnce(this.#server.init?.(session));
    });
  }

  /** From now on requests belong to this execution. */
  at(execution: number): void {
    this.#execution = execution;
    this.#last = null;
    this.#asked = 0;
    this.#filledIn.clear();
  }

  /** A copy of what the server remembers; undefined if it makes none. */
  save(): unknown {
    if (!this.resumable) return undefined;
    return this.#guarded('snapshot', () => this.#server.snapshot!());
  }

  /** Goes on from a copy, before this execution. */
  protected goOn(state: unknown, execution: number): void {
    this.#events = this.#events.filter((event) => event.execution < execution);
    this.#guarded('restore', () => this.#server.restore!(state));
  }

  answer(request: Request, diskSizeBytes: () => bigint = () => 0n): { bytes: Uint8Array } | null {
    if (request.unique === this.#last) return null;
    this.#last = request.unique;
    const words = `${requestWords(request)}, unique ${request.unique}, nodeid ${request.nodeid}`;
    const answered = this.#guarded(words, () => {
      if (++this.#asked > REQUESTS)
        throw new ServerFault(
          'too-much',
          `more than ${grouped(REQUESTS)} requests in one step; it was not asked`,
        );
      return askCallback(this.#server, request, diskSizeBytes, this.numbering);
    });
    if (answered === undefined) return null;
    if (answered.filledIn) this.#filledIn.add(request.unique);
    return { bytes: answered.bytes };
  }

  /** Whether it has no callback for a request: another may answer it, if there is one. */
  leaves({ opcode }: Request): boolean {
    const callback = CALLBACKS[opcode];
    return callback !== undefined && this.#server[callback] === undefined;
  }

  /** Whether the answer to this request left `write` out. */
  filledIn(unique: bigint): boolean {
    return this.#filledIn.has(unique);
  }

  /** Why the last request of this execution got no answer, in words; null if each got one. */
  trouble(execution: number): string | null {
    const event = this.#events.findLast((one) => one.execution === execution);
    if (event === undefined) return null;
    return `The server gave no answer to ${event.request}: ${event.message.replace(/\.$/, '')}.`;
  }

  /** Something went wrong in the server that no callback was asked about. */
  report(kind: ServerEvent['kind'], request: string, message: string): void {
    if (this.#events.length >= EVENTS_KEPT) return;
    const text = message.length > MESSAGE_CHARS ? `${message.slice(0, MESSAGE_CHARS)} ...` : message;
    this.#events.push({ execution: this.#execution, kind, request, message: text });
  }

  #guarded<T>(request: string, work: () => T): T | undefined {
    try {
      return work();
    } catch (error) {
      if (error instanceof ServerFault) this.report(error.kind, request, error.message);
      else this.report('threw', request, `it threw ${error instanceof Error ? `${error}` : String(error)}`);
      return undefined;
    }
  }
}
