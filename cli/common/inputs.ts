// SPDX-License-Identifier: MIT
import { readdir, stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { clean } from '#engine/kernel/clean.ts';
import { UsageError } from './args.ts';
import { callersFolder, loadEvery, type Input } from './files.ts';
import type { Terminal } from './terminal.ts';

/** Which scenarios are wanted, by the path of the file or by their title. */
export type Filter = (text: string) => boolean;

/** `--filter TEXT`: a part of the path or of the title, in any case; `/…/` is a regular expression. */
export function filterOf(command: string, text: string | undefined): Filter | null {
  if (text === undefined) return null;
  const pattern = /^\/(.+)\/(i?)$/s.exec(text);
  if (pattern === null) {
    const wanted = text.toLowerCase();
    return (one) => one.toLowerCase().includes(wanted);
  }
  try {
    const expression = new RegExp(pattern[1]!, pattern[2]);
    return (one) => expression.test(one);
  } catch {
    throw new UsageError(
      `${command}: --filter ${text}: this is not a regular expression`,
      `See ${command} --help.`,
    );
  }
}

/**
 * What the arguments of a command name: files, and every .json file in a folder, however deep, in the order of their
 * names; folders whose names begin with a dot and node_modules are left out. One after the other, so that of many files
 * one is in memory.
 */
export async function* inputs(
  paths: readonly string[],
  terminal: Terminal,
  filter: Filter | null = null,
): AsyncGenerator<Input> {
  for (const path of paths) {
    const inside = await filesIn(path);
    if (inside?.length === 0) {
      const name = clean(path);
      const reason = `${name}: there is no .json file in this folder`;
      terminal.err(`${reason}\n`);
      yield { name, reasons: [reason] };
    }
    for (const file of inside ?? [path]) for (const one of await loadEvery(file, terminal, filter)) yield one;
  }
}

/** Whether an argument names a folder. */
export async function isFolder(path: string): Promise<boolean> {
  if (path === '-' || path === '') return false;
  return stat(resolve(callersFolder(), path)).then(
    (found) => found.isDirectory(),
    () => false,
  );
}

/** The scenarios in a folder; null for what is not a folder. */
export async function filesIn(path: string): Promise<string[] | null> {
  return (await isFolder(path)) ? walk(resolve(callersFolder(), path), path) : null;
}

async function walk(folder: string, name: string): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true });
  entries.sort((a, b) => (a.name < b.name ? -1 : 1));
  const found: string[] = [];
  for (const entry of entries) {
    const path = join(name, entry.name);
    if (entry.isDirectory() && !/^\.|^node_modules$/.test(entry.name))
      found.push(...(await walk(join(folder, entry.name), path)));
    else if (entry.isFile() && entry.name.endsWith('.json')) found.push(path);
  }
  return found;
}
