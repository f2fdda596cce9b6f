// SPDX-License-Identifier: MIT
import settings from '../../../../asconfig.json?raw';
import { CONFIG } from '../../../../scripts/core-settings.mjs';
import type { Sources } from '#engine/core-edit/types.ts';
import { buildOfPage, fetchShipped, sameBuild } from './shipped-file.ts';

/** The files beside the page that hold the source: source/core.json names the texts and the build they are of. */
interface Listed {
  build: string;
  texts: string[];
}

const texts: Record<string, string> = {};

/**
 * The source of the core as it was shipped. It is not bundled, since its licence differs from the page's, but
 * fetched: until loadSources() has ended there is none.
 */
export const SHIPPED: Sources = texts;

let loading: Promise<void> | null = null;

/**
 * Fetches the source of the core, once; after a failure the next call tries again.
 * @param read returns the text of a file, by its address relative to the page
 * @param build the page's own build id; null if it has none
 * @throws Error whose message is a sentence: what did not load, and why
 */
export function loadSources(read = fetchText, build = buildOfPage()): Promise<void> {
  loading ??= readSources(read, build).catch((error: unknown) => {
    loading = null;
    throw error;
  });
  return loading;
}

async function readSources(read: typeof fetchText, build: string | null): Promise<void> {
  const listed = JSON.parse(await read('source/core.json', 'no-cache')) as Listed;
  sameBuild('The source', listed.build, build);
  // The build in the address: a copy of another build in the browser's cache is not taken for this one's.
  const query = encodeURIComponent(listed.build);
  const entries = await Promise.all(
    listed.texts.map(async (path) => [path, await read(`source/${path}?${query}`, 'default')] as const),
  );
  Object.assign(texts, Object.fromEntries(entries));
}

const fetchText = (address: string, cache: RequestCache): Promise<string> =>
  fetchShipped("The core's source", address, cache);

/** What the compiler reads beside the sources. */
export const SETTINGS: Sources = { [CONFIG]: settings };

/** The file that an edit begins with: the checks of iomap_begin. */
export const MAIN = 'assembly/fs/fuse/file_iomap.ts';

/** The paths of a file's imports, in its own order. */
function importsOf(path: string): string[] {
  const base = `file:///${path}`;
  return [...SHIPPED[path]!.matchAll(/ from '(\.[^']+)'/g)].map(
    ([, name]) => `${new URL(name!, base).pathname.slice(1)}.ts`,
  );
}

/** All files: the main one and what it imports, and the rest in the order of paths. */
export function files(): readonly { title: string; paths: readonly string[] }[] {
  const near = [MAIN, ...importsOf(MAIN)];
  const rest = Object.keys(SHIPPED)
    .filter((path) => !near.includes(path))
    .sort();
  return [
    { title: 'The checks, and what they import', paths: near },
    { title: 'The rest of the core', paths: rest },
  ];
}

/** Where a function or a check stands. */
export interface Place {
  path: string;
  line: number;
}

/** Where a check is made: its first use as an argument. Null if no file makes it. */
export function placeOfCheck(check: string): Place | null {
  const name = check.toUpperCase().replaceAll('-', '_');
  return placeOf(new RegExp(`\\bCheck\\.${name},`));
}

function placeOf(pattern: RegExp): Place | null {
  for (const path of files().flatMap(({ paths }) => paths)) {
    const at = pattern.exec(SHIPPED[path]!)?.index;
    if (at !== undefined) return { path, line: SHIPPED[path]!.slice(0, at).split('\n').length };
  }
  return null;
}
