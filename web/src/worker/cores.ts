// SPDX-License-Identifier: GPL-2.0-only
import type { Revision } from '../../../engine/scenario/schema.ts';

/** Where the core of each revision lies; one is fetched when it is first asked for. */
const CORES = import.meta.glob<string>('../../../build/core/*.trace.wasm', {
  query: '?url',
  import: 'default',
  eager: true,
});

/** Fetches and compiles the core of a revision. Throws, in words, if it is not there or does not load. */
export async function loadCore(revision: Revision): Promise<WebAssembly.Module> {
  // Not compileStreaming: a static host that serves wasm under another type is good enough for us.
  return WebAssembly.compile(await fetchCore(revision));
}

/** The same as bytes. */
export async function fetchCore(revision: Revision): Promise<ArrayBuffer> {
  const url = CORES[`../../../build/core/${revision}.trace.wasm`];
  if (url === undefined) throw new Error(`this build has no core of the revision ${revision}`);
  const response = await fetch(url);
  if (!response.ok) throw new Error(`the core did not load: ${response.status} ${response.statusText}`);
  return response.arrayBuffer();
}
