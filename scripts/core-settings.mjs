// SPDX-License-Identifier: MIT
// What every compilation of the core has in common, wherever the compiler runs: the build scripts and the page,
// which compiles an edited core, take it from here, so that the same text compiles to the same bytes.

/** Where the sources begin, and the compiler's own settings; both relative to the root of the project. */
export const ENTRY = 'assembly/index.ts';
export const CONFIG = 'asconfig.json';

/**
 * Every revision that is built, the default first. `number` is what assembly/config.ts compares with; the names
 * are those of engine/kernel/features.ts.
 */
export const REVISIONS = [
  { name: 'v6-04', number: 4 },
  { name: 'v6-03', number: 3 },
  { name: '2026-01', number: 5 },
  { name: 'v7-04', number: 6 },
  { name: 'late', number: 7 },
  { name: '2026-05', number: 8 },
  { name: '2026-05-cache', number: 9 },
];

/**
 * The builds of a revision, the folder that they go to, and the values of the compile-time constants ASC_TRACE,
 * ASC_DEBUG and ASC_MAP in them: 0 if it is left out. A build that names no revisions is made of all.
 */
export const BUILDS = [
  { name: 'fast', folder: 'build/core', trace: 0, debug: 0, options: ['--noAssert'] },
  // The page waits for this one before its first verdict: a tenth smaller for a few per cent of its speed.
  { name: 'trace', folder: 'build/core', trace: 1, debug: 0, options: ['--noAssert', '--shrinkLevel', '1'] },
  // What the acceptance map asks: the fast build, which also keeps the number of the check that refused.
  {
    name: 'map',
    folder: 'build/core',
    trace: 0,
    debug: 0,
    map: 1,
    options: ['--noAssert', 'assembly/map.ts'],
  },
  // For tests only, and so in a folder of its own, which nothing is shipped from.
  {
    name: 'debug',
    folder: 'build/core-debug',
    trace: 1,
    debug: 1,
    options: ['--optimizeLevel', '1'],
    revisions: ['v6-04', 'late', '2026-05', '2026-05-cache'],
  },
];

/**
 * The options by which one build differs from another.
 *
 * The constants reach the sources as globals (`asc --use ASC_TRACE=1`), like asc's own ASC_TARGET. They must
 * not be declared in a file that asc compiles: a declared constant becomes an import of the module.
 * @param {{ number: number }} revision
 * @param {{ trace: number, debug: number, map?: number, options: string[] }} build
 */
export function optionsOf(revision, build) {
  const constants = {
    ASC_REVISION: revision.number,
    ASC_TRACE: build.trace,
    ASC_DEBUG: build.debug,
    ASC_MAP: build.map ?? 0,
  };
  const uses = Object.entries(constants).flatMap(([name, value]) => ['--use', `${name}=${value}`]);
  return [...uses, ...build.options];
}

/**
 * All arguments of the compiler for one build.
 * @param {string[]} options
 * @param {string} outFile
 */
export const compilerArguments = (options, outFile) => [
  ENTRY,
  '--config',
  CONFIG,
  '--outFile',
  outFile,
  ...options,
];
