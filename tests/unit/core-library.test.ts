// SPDX-License-Identifier: MIT
import asc from 'assemblyscript/asc';
import { expect, test } from 'vitest';
import { BUILDS, REVISIONS, compilerArguments, optionsOf } from '../../scripts/core-settings.mjs';
import { SETTINGS, SHIPPED, loadSources } from '../../web/src/tools/core-edit/sources.ts';
import { BUILD, readShipped } from '../shipped-core.ts';

/**
 * AssemblyScript's library is under Apache-2.0, so none of it may be in the wasm. What it offers the compiler
 * itself is not code: the instructions, the constants of the number types, and where the heap begins.
 */
const NO_CODE = /^~lib\/(builtins\/[uif]\d+\.(MIN|MAX)_VALUE|native\/ASC_\w+|memory\/__heap_base)$/;

/**
 * What of the library is in a build. Compiled without optimizing, so that every function that can be reached
 * is there under its name before anything is inlined, and an inlined one still leaves its name.
 */
async function libraryIn(
  variant: string[],
  edit: Record<string, string> = {},
): Promise<{ functions: number; library: string[] }> {
  const files: Record<string, string> = { ...SHIPPED, ...SETTINGS, ...edit };
  let text = '';
  const args = [...compilerArguments(variant, 'core.wasm'), '--textFile', 'core.wat'];
  const { error, stderr } = await asc.main([...args, '--optimizeLevel', '0', '--shrinkLevel', '0'], {
    readFile: (name) => files[name.replace(/^(\.?\/)+/, '')] ?? null,
    writeFile: (name, contents) => {
      if (name === 'core.wat') text = String(contents);
    },
    listFiles: () => [],
  });
  expect(error, stderr.toString()).toBeNull();
  const names = [...text.matchAll(/~lib\/[^\s)"|]+/g)].map(([name]) => name);
  return {
    functions: text.match(/^ *\(func \$assembly\//gm)?.length ?? 0,
    library: [...new Set(names)].filter((name) => !NO_CODE.test(name)),
  };
}

/** Every build that is shipped. */
const variants = REVISIONS.flatMap((revision) =>
  BUILDS.filter(({ folder }) => folder === 'build/core').map((build) => ({
    name: `${revision.name}.${build.name}`,
    options: optionsOf(revision, build),
  })),
);

test.each(variants)('there is nothing of the library in $name', async ({ options }) => {
  await loadSources(readShipped, BUILD);
  const { functions, library } = await libraryIn(options);
  expect(functions).toBeGreaterThan(300);
  expect(library).toEqual([]);
});

test.each([
  [
    'a function',
    'export function added(x: f64): string { return x.toString(); }',
    '~lib/number/F64#toString',
  ],
  [
    'an inlined one',
    'export function added(x: f64): bool { return isNaN(x) && Math.signbit(x); }',
    'signbit',
  ],
  ['an array', 'export function added(): i32 { return [1, 2, 3].length; }', '~lib/array/Array'],
])('%s of the library would be seen', async (_, added, name) => {
  await loadSources(readShipped, BUILD);
  const path = 'assembly/index.ts';
  const { library } = await libraryIn(variants[0]!.options, { [path]: `${SHIPPED[path]}\n${added}\n` });
  expect(library.join(' ')).toContain(name);
});
