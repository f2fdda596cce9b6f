// SPDX-License-Identifier: MIT
import type { Request } from '../kernel/wire-types.ts';

/**
 * Who answers the kernel's requests. `answer` returns the bytes that the server writes to /dev/fuse, header first;
 * null if it writes nothing (more), so that the kernel goes on waiting. It is asked again after an answer that
 * the kernel does not take. `errno` ends the request past the transport, which no server can do: for the
 * conformance run, whose vectors begin there.
 */
export interface Server {
  answer(request: Request): { bytes: Uint8Array } | { errno: number } | null;
}

/** A server that never answers. */
export const SILENT: Server = { answer: () => null };
