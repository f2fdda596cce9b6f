// SPDX-License-Identifier: MIT
import { clean } from '#engine/kernel/clean.ts';
import { REVISIONS, type Revision } from '#engine/kernel/features.ts';
import { UsageError } from './args.ts';
import { loadCore } from './core.ts';
import { nameOf, readText } from './files.ts';
import { filesIn } from './inputs.ts';
import type { Terminal } from './terminal.ts';

type Core = (revision: Revision) => WebAssembly.Module;

/** What was found in a file: why it can't be read, or what is wrong with it and what it is, in a few words. */
type Found = { problems: readonly string[] } | { faults: readonly string[]; what: string };

/** The cores of all revisions. */
export async function allCores(): Promise<Core> {
  const cores = new Map<Revision, WebAssembly.Module>();
  for (const revision of REVISIONS) cores.set(revision, await loadCore(revision, 'trace'));
  return (revision) => cores.get(revision)!;
}

/**
 * Checks each file, and tells what is wrong with it on standard error. Returns the exit status: 1 if something is
 * wrong, 2 if a file can't be read.
 */
export async function checkFiles(
  name: string,
  paths: readonly string[],
  terminal: Terminal,
  look: (text: string, core: Core) => Found,
): Promise<number> {
  if (paths.length === 0) throw new UsageError(`${name}: no FILE was named`, `See ${name} --help.`);
  const core = await allCores();
  let status = 0;
  for (const path of await withFolders(paths, terminal)) {
    if (path === null) {
      status = 2;
      continue;
    }
    const own = nameOf(path);
    const tell = (words: string) => terminal.err(`${own}: ${clean(words)}\n`);
    let text: string;
    try {
      text = await readText(path);
    } catch (error) {
      tell((error as Error).message);
      status = 2;
      continue;
    }
    const found = look(text, core);
    if ('problems' in found) {
      found.problems.forEach(tell);
      status = 2;
      continue;
    }
    found.faults.forEach(tell);
    if (found.faults.length > 0) status = Math.max(status, 1);
    else terminal.out(`${own}: ok, ${found.what}\n`);
  }
  return status;
}

/** The files that are named, and those in folders, as `run` takes them; null for a folder that has none, which is told. */
async function withFolders(paths: readonly string[], terminal: Terminal): Promise<(string | null)[]> {
  const all: (string | null)[] = [];
  for (const path of paths) {
    const inside = await filesIn(path);
    if (inside?.length === 0) {
      terminal.err(`${nameOf(path)}: there is no .json file in this folder\n`);
      all.push(null);
    } else all.push(...(inside ?? [path]));
  }
  return all;
}
