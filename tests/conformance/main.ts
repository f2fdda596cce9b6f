// SPDX-License-Identifier: GPL-2.0-only
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { compareBacking } from './backing.ts';
import { compareBegin } from './begin.ts';
import { compareEnd } from './end.ts';
import type { Builds, Comparison, Row } from './row.ts';

/**
 * `npm run conformance [-- FILE…]`: the core on the golden vectors, which hold what the kernel's compiled C
 * answered. Without files: those in tests/conformance/vectors. The last line is `N passed, M failed`.
 */

const ROOT = resolve(import.meta.dirname, '../..');
const SHOWN = 10;

/** The vectors' names of revisions, and ours. Rows without one are v6. */
const REVISION_OF: Readonly<Record<string, string>> = {
  before: 'v6-03',
  v6: 'v6-04',
  refresh: '2026-01',
  late: 'late',
};

/** Nothing can be said about such a file. */
class UnusableFile extends Error {}

function readRows(path: string): Row[] {
  let bytes: Buffer;
  try {
    bytes = readFileSync(path);
  } catch (error) {
    throw new UnusableFile(`${path}: ${(error as Error).message}`);
  }
  if (bytes[0] === 0x1f && bytes[1] === 0x8b) bytes = gunzipSync(bytes);
  const rows: Row[] = [];
  bytes
    .toString('utf8')
    .split('\n')
    .forEach((line, i) => {
      if (line.trim() === '') return;
      try {
        rows.push(JSON.parse(line) as Row);
      } catch {
        throw new UnusableFile(`${path}:${i + 1}: not a line of JSON`);
      }
    });
  if (rows.length === 0) throw new UnusableFile(`${path}: no rows`);
  return rows;
}

/** The family of a row, told by its content. */
function familyOf(row: Row): ((row: Row, module: WebAssembly.Module, traced: boolean) => Comparison) | null {
  if ('ops' in row) return compareBacking;
  if ('no_end' in row) return compareEnd;
  if ('reply' in row && 'inode' in row) return compareBegin;
  return null;
}

const builds = new Map<string, Builds | null>();

/** The two builds of a revision; null if it is not built. */
function buildsOf(revision: string): Builds | null {
  const known = builds.get(revision);
  if (known !== undefined) return known;
  const file = (kind: string) => join(ROOT, 'build/core', `${revision}.${kind}.wasm`);
  const made = existsSync(file('trace'))
    ? {
        trace: new WebAssembly.Module(readFileSync(file('trace'))),
        fast: new WebAssembly.Module(readFileSync(file('fast'))),
      }
    : null;
  builds.set(revision, made);
  return made;
}

function show(path: string, line: number, row: Row, comparison: Comparison): void {
  console.log(`\n${path} row ${line}`);
  for (const { field, expected, actual } of comparison.differences) {
    console.log(`  ${field}\n    kernel: ${expected}\n    core:   ${actual}`);
  }
  console.log(`  ${JSON.stringify(row).slice(0, 2000)}`);
}

function main(args: string[]): number {
  const folder = join(ROOT, 'tests/conformance/vectors');
  const from = process.env['INIT_CWD'] ?? process.cwd();
  const files =
    args.length > 0
      ? args.map((file) => resolve(from, file))
      : readdirSync(folder)
          .sort()
          .map((file) => join(folder, file));

  let passed = 0;
  let failed = 0;
  for (const file of files) {
    const before = { passed, failed };
    readRows(file).forEach((row, i) => {
      const compare = familyOf(row);
      if (compare === null)
        throw new UnusableFile(`${file}: row ${i + 1} is of no family that is known here`);
      const rev = typeof row['rev'] === 'string' ? row['rev'] : 'v6';
      const modules = buildsOf(REVISION_OF[rev] ?? rev);
      if (modules === null)
        throw new UnusableFile(
          `${file}: row ${i + 1}: no core of rev ${rev} is built: run \`npm run build\``,
        );
      const trace = compare(row, modules.trace, true);
      const fast = compare(row, modules.fast, false);
      trace.differences.push(...fast.differences);
      if (trace.differences.length === 0) {
        passed++;
        return;
      }
      if (failed++ < SHOWN) show(file, i + 1, row, trace);
    });
    console.log(`${file}: ${passed - before.passed} passed, ${failed - before.failed} failed`);
  }
  console.log(`${passed} passed, ${failed} failed`);
  return failed === 0 ? 0 : 1;
}

try {
  process.exitCode = main(process.argv.slice(2));
} catch (error) {
  if (!(error instanceof UnusableFile)) throw error;
  console.error(`conformance: ${error.message}`);
  process.exitCode = 2;
}
