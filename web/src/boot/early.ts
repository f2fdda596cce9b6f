// SPDX-License-Identifier: MIT
import type { Revision } from '#engine/kernel/features.ts';
import { newWorker } from '../workers/new-engine.ts';
import type { Question } from '../workers/protocol.ts';

/** What the page began before any script was there; see scripts/vite/early-start.mjs. */
interface Early {
  /** Null if it did not load. */
  worker: Worker | null;
  core: Promise<Response>;
  revision: Revision;
}

/**
 * The engine that the page began, which is sent its core when that has loaded; a new one where the page began none.
 * Returns a function that takes it over: it returns that engine, or a new one if it did not load.
 */
export function earlyEngine(): () => Worker {
  const { early } = globalThis as { early?: Early };
  if (!early?.worker) {
    const worker = newWorker();
    return () => worker;
  }
  const { worker, core, revision } = early;
  worker.postMessage({ kind: 'coming', seq: 0, revision } satisfies Question);
  void bytesOf(core).then((bytes) => {
    const question: Question = { kind: 'came', seq: 0, revision, bytes };
    worker.postMessage(question, bytes ? [bytes] : []);
  });
  return () => early.worker ?? newWorker();
}

async function bytesOf(core: Promise<Response>): Promise<ArrayBuffer | null> {
  try {
    const response = await core;
    return response.ok ? await response.arrayBuffer() : null;
  } catch {
    // The engine asks for it again, and reports in words why it does not load.
    return null;
  }
}
