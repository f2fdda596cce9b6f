// SPDX-License-Identifier: MIT
import settings from '../../../../asconfig.json?raw';
import { CONFIG } from '../../../../scripts/core-settings.mjs';
import type { Sources } from '#engine/core-edit/types.ts';

// The texts, not the code: nothing of the page runs what stands in them.
const files = import.meta.glob<string>(['../../../../assembly/**/*.ts', '!**/*.d.ts'], {
  query: '?raw',
  import: 'default',
  eager: true,
});

/** The source of the core as it was shipped. */
export const SHIPPED: Sources = Object.fromEntries(
  Object.entries(files).map(([path, text]) => [path.replace('../../../../', ''), text]),
);

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
export const FILES: readonly { title: string; paths: readonly string[] }[] = (() => {
  const near = [MAIN, ...importsOf(MAIN)];
  const rest = Object.keys(SHIPPED)
    .filter((path) => !near.includes(path))
    .sort();
  return [
    { title: 'The checks, and what they import', paths: near },
    { title: 'The rest of the core', paths: rest },
  ];
})();

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
  for (const path of FILES.flatMap(({ paths }) => paths)) {
    const at = pattern.exec(SHIPPED[path]!)?.index;
    if (at !== undefined) return { path, line: SHIPPED[path]!.slice(0, at).split('\n').length };
  }
  return null;
}
