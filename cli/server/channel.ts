// SPDX-License-Identifier: MIT
/** How the engine's thread waits for the main thread, which alone can talk to a child process. */
import type { MessagePort } from 'node:worker_threads';
import { ServerFault, type ServerFaultKind } from '#engine/server/fuse-server.ts';

/** An answer of the server, or why there is none. */
export type LineReply = { line: string } | { fault: ServerFaultKind; message: string };

/**
 *     the shared memory
 *     +0  | state (4): 0 waits, 1 answered | length (4) |
 *     +8  | the reply as JSON in UTF-8                  |
 */
const HEAD_BYTES = 8;
/** The longest line of a server; with what JSON escapes it still fits. */
export const LINE_BYTES = 256 * 1024;
const SHARED_BYTES = HEAD_BYTES + 8 * LINE_BYTES;

export const newChannel = (): SharedArrayBuffer => new SharedArrayBuffer(SHARED_BYTES);

/** In the engine's thread: posts a question and waits until it is answered. Throws a ServerFault where it is not. */
export function askAndWait(channel: SharedArrayBuffer, port: MessagePort, line: string | null): string {
  const head = new Int32Array(channel, 0, 2);
  Atomics.store(head, 0, 0);
  port.postMessage({ ask: line });
  Atomics.wait(head, 0, 0);
  const bytes = new Uint8Array(channel, HEAD_BYTES, head[1]).slice();
  const reply = JSON.parse(new TextDecoder().decode(bytes)) as LineReply;
  if ('fault' in reply) throw new ServerFault(reply.fault, reply.message);
  return reply.line;
}

/** In the main thread: wakes the engine's. */
export function answerTo(channel: SharedArrayBuffer, reply: LineReply): void {
  const bytes = new TextEncoder().encode(JSON.stringify(reply));
  new Uint8Array(channel, HEAD_BYTES).set(bytes);
  const head = new Int32Array(channel, 0, 2);
  head[1] = bytes.length;
  Atomics.store(head, 0, 1);
  Atomics.notify(head, 0);
}
