// SPDX-License-Identifier: MIT
import type { Revision } from '#engine/kernel/features.ts';

/** Where the core of each revision lies; one is fetched when it is first asked for. */
const CORES = import.meta.glob<string>('../../../build/core/*.trace.wasm', {
  query: '?url',
  import: 'default',
  eager: true,
});

/** The core of a revision did not load; what ran before stays as it was. */
export class CoreMissing extends Error {
  constructor(revision: Revision, why: string) {
    super(`The core of ${revision} did not load: ${why}.`);
  }
}

/** Fetches and compiles the core of a revision. Throws, in words, if it is not there or does not load. */
export async function loadCore(revision: Revision): Promise<WebAssembly.Module> {
  // Not compileStreaming, so that a static host that serves wasm under another type works too.
  return WebAssembly.compile(await fetchCore(revision));
}

/** The same as bytes. */
export const fetchCore = (revision: Revision): Promise<ArrayBuffer> =>
  fetchBuild(revision, CORES[`../../../build/core/${revision}.trace.wasm`]);

/** The bytes of a build that lies at an address. Throws, in words, if there is none or it does not load. */
export async function fetchBuild(revision: Revision, url: string | undefined): Promise<ArrayBuffer> {
  if (url === undefined) throw new Error(`this build has no core of the revision ${revision}`);
  let response: Response;
  try {
    response = await fetch(url);
  } catch {
    throw new CoreMissing(revision, 'there is no connection to the server of the page');
  }
  if (!response.ok) throw new CoreMissing(revision, `${response.status} ${response.statusText}`.trim());
  const bytes = await response.arrayBuffer();
  if (!isWasm(bytes))
    throw new CoreMissing(revision, 'the server sent something else in its place, perhaps a page of its own');
  return bytes;
}

/** Whether bytes begin as WebAssembly does. */
export const isWasm = (bytes: ArrayBuffer): boolean =>
  bytes.byteLength > 4 && new DataView(bytes).getUint32(0) === 0x0061_736d;

/** Loads something for each revision once, when it is first asked for. What did not load is asked for again the next time. */
export function onceEach<T>(load: (revision: Revision) => Promise<T>): (revision: Revision) => Promise<T> {
  const known = new Map<Revision, Promise<T>>();
  return (revision) => {
    const loading = known.get(revision) ?? load(revision);
    known.set(revision, loading);
    loading.catch(() => known.delete(revision));
    return loading;
  };
}
