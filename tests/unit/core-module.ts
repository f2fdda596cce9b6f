// SPDX-License-Identifier: GPL-2.0-only
import { readFile } from 'node:fs/promises';

const CORE = new URL('../../build/core/v6-04.trace.wasm', import.meta.url);

/** The tracing core that `npm run build:core` made. */
export async function traceCore(): Promise<WebAssembly.Module> {
  return WebAssembly.compile(await readFile(CORE));
}
