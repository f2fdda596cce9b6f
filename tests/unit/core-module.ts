// SPDX-License-Identifier: MIT
import { readFile } from 'node:fs/promises';
import type { Revision } from '#engine/kernel/features.ts';

/** The tracing core of a revision that `npm run build:core` made. */
export async function traceCore(revision: Revision = 'v6-04'): Promise<WebAssembly.Module> {
  return WebAssembly.compile(
    await readFile(new URL(`../../build/core/${revision}.trace.wasm`, import.meta.url)),
  );
}
