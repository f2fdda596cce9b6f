// SPDX-License-Identifier: MIT
import { resolveInodes, type ResolvedInode } from '#engine/scenario/resolve.ts';
import type { App } from '../app/app.svelte.ts';
import { at } from '#engine/scenario/path.ts';

/** The files of the scenario that was run last, and the one that a step is about: `named`, or else the first. */
export interface StepInode {
  all: ResolvedInode[];
  /** As the document has it; undefined where it names none. */
  named: unknown;
  inode: ResolvedInode | undefined;
}

export function inodeOf(app: App, step: number): StepInode {
  const named = at(app.document.parsed.value, ['steps', step, 'inode']);
  const all = app.run.scenario ? [...resolveInodes(app.run.scenario).values()] : [];
  return { all, named, inode: all.find(({ name }) => name === named) ?? all[0] };
}
