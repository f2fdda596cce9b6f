// SPDX-License-Identifier: MIT
/**
 * `npm run conformance [-- FILE…]`: the core on the golden vectors, which hold what the kernel's compiled C
 * answered. Without files: those in tests/conformance/vectors. The last line is `N passed, M failed`.
 */
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { backing } from './backing.ts';
import { begin } from './begin.ts';
import { compareRows, type Job } from './compare.ts';
import { end } from './end.ts';
import { endInline } from './end-inline.ts';
import { io } from './io.ts';
import type { Builds, Comparison, Family, Row, ScenarioFamily } from './row.ts';
import { UnusableFile, readRows } from './rows.ts';

const ROOT = resolve(import.meta.dirname, '../..');
const SHOWN = 10;

/** The vectors' names of revisions, and ours. Rows without one are v6. */
const REVISION_OF: Readonly<Record<string, string>> = {
  before: 'v6-03',
  v6: 'v6-04',
  refresh: '2026-01',
  late: 'late',
  '2026-05': '2026-05',
  '2026-05-cache': '2026-05-cache',
};

/** The family of a row, told by its content. */
function familyOf(row: Row): Family | ScenarioFamily | null {
  if ('scenario' in row) return io;
  if ('ops' in row) return backing;
  if ('inode' in row && 'reply' in row) return begin;
  if ('write_replies' in row) return endInline;
  if ('iomap' in row && 'op' in row) return end;
  return null;
}

const builds = new Map<string, Builds | null>();

/** The two builds of a revision; null if it is not built. IOMAP_CORE_DIR is read as tests/core-module.ts says. */
function buildsOf(revision: string): Builds | null {
  const known = builds.get(revision);
  if (known !== undefined) return known;
  const other = process.env['IOMAP_CORE_DIR'];
  const file = (kind: string) => {
    const name = `${revision}.${kind}.wasm`;
    return other !== undefined && existsSync(join(other, name))
      ? join(other, name)
      : join(ROOT, 'build/core', name);
  };
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
  console.log(`\n${path}:${line}`);
  for (const { field, expected, actual } of comparison.differences) {
    console.log(`  ${field}\n    kernel: ${expected}\n    core:   ${actual}`);
  }
  console.log(`  ${JSON.stringify(row).slice(0, 2000)}`);
}

/** What became of one file's rows. */
interface Tally {
  passed: number;
  failed: number;
  /** Rows by revision that no core of is built. */
  skipped: Map<string, number>;
}

/** Runs a file and adds to the total. Throws UnusableFile. */
function runFile(path: string, total: Tally): void {
  const jobs: (Job & { line: number })[] = [];
  for (const { line, row } of readRows(path)) {
    const family = familyOf(row);
    if (family === null) {
      const families = 'backing (ops), begin (inode, reply), end (iomap, op), io (scenario)';
      throw new UnusableFile(`${path}:${line}: a row of no family that is known here: ${families}`);
    }
    const rev = typeof row['rev'] === 'string' ? row['rev'] : 'v6';
    const modules = buildsOf(REVISION_OF[rev] ?? rev);
    if (modules === null) total.skipped.set(rev, (total.skipped.get(rev) ?? 0) + 1);
    else jobs.push({ line, row, family, builds: modules });
  }
  let failed = 0;
  compareRows(jobs).forEach((comparison, i) => {
    if (comparison.differences.length === 0) return;
    const { line, row } = jobs[i]!;
    if (total.failed + failed++ < SHOWN) show(path, line, row, comparison);
  });
  total.passed += jobs.length - failed;
  total.failed += failed;
  console.log(`${path}: ${jobs.length - failed} passed, ${failed} failed`);
}

/** The folder that relative paths start from: npm runs the script in the root of the package. */
function callersFolder(): string {
  const { npm_lifecycle_event: script, INIT_CWD: from } = process.env;
  return (script === 'conformance' && from) || process.cwd();
}

/** Exit status: 0 all agree, 1 some do not, 2 a file cannot be used (the others still run). */
function main(args: string[]): number {
  const folder = join(ROOT, 'tests/conformance/vectors');
  const files =
    args.length > 0
      ? args.map((file) => resolve(callersFolder(), file))
      : readdirSync(folder)
          .sort()
          .map((file) => join(folder, file));
  if (buildsOf('v6-04') === null) {
    console.error('conformance: no core is built: run `npm run build`');
    return 2;
  }

  const total: Tally = { passed: 0, failed: 0, skipped: new Map() };
  let unusable = false;
  for (const file of files) {
    try {
      runFile(file, total);
    } catch (error) {
      if (!(error instanceof UnusableFile)) throw error;
      console.error(`conformance: ${error.message}`);
      unusable = true;
    }
  }
  for (const [rev, rows] of total.skipped) console.log(`skipped: ${rows} rows of rev ${rev}`);
  console.log(`${total.passed} passed, ${total.failed} failed`);
  return unusable ? 2 : total.failed > 0 ? 1 : 0;
}

process.exitCode = main(process.argv.slice(2));
