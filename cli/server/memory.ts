// SPDX-License-Identifier: MIT
/** The memory that a server in a process of its own may have, and how it is told that it reached the limit. */
import { readFileSync } from 'node:fs';

/** What a server that is a file, or the code in a scenario, may keep. */
export const MEMORY_MB = 256;
/** What the language takes for itself, and for reading TypeScript. */
const OWN_MB = 192;
const EVERY_MS = 50;
const PAGE_BYTES = 4096;
const MB = 1024 * 1024;

/** What V8 says before it ends a process whose heap is full, with a stack that nobody can use. */
const FULL = /heap out of memory|Allocation failed - process out of memory/;

/** How a process ended, in one line; `limitMb`: the limit that it was started with, null for none of ours. */
export function endWords(
  status: number | null,
  signal: string | null,
  said: string,
  limitMb: number | null,
): string {
  if (FULL.test(said))
    return limitMb === null
      ? 'its process ended: its heap was out of memory'
      : `it reached its limit of ${limitMb} MB of memory, and was ended`;
  const how = signal === null ? `exit status ${status}` : `signal ${signal}`;
  const words = said.trim();
  return `its process ended with ${how}${words === '' ? '' : `: ${words}`}`;
}

/**
 * Looks at what a process has in memory, buffers too, which no limit of the heap counts; only where /proc tells it.
 * Returns a function that ends this.
 */
export function watchMemory(pid: number | undefined, over: (message: string) => void): () => void {
  if (pid === undefined) return () => {};
  const timer = setInterval(() => {
    const kept = residentMb(pid);
    if (kept === null) return clearInterval(timer);
    if (kept <= MEMORY_MB + OWN_MB) return;
    clearInterval(timer);
    over(`it reached its limit of ${MEMORY_MB} MB of memory, and was ended`);
  }, EVERY_MS);
  timer.unref();
  return () => clearInterval(timer);
}

function residentMb(pid: number): number | null {
  try {
    const [, pages = ''] = readFileSync(`/proc/${pid}/statm`, 'latin1').split(' ');
    return (Number(pages) * PAGE_BYTES) / MB;
  } catch {
    return null;
  }
}
