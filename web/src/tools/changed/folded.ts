// SPDX-License-Identifier: MIT
import type { Revision } from '#engine/kernel/features.ts';
import { buildOfPage, fetchShipped, sameBuild } from '../core-edit/shipped-file.ts';

/** A function of the core as each revision has it. A revision that `of` does not name has no such function. */
export interface Folded {
  name: string;
  /** The file of the core that it stands in. */
  path: string;
  texts: string[];
  of: Partial<Record<Revision, number>>;
}

let loading: Promise<Folded[]> | null = null;

/**
 * The functions that differ between revisions; after a failure the next call tries again.
 * @throws Error whose message is a sentence
 */
export function loadFolded(): Promise<Folded[]> {
  loading ??= read().catch((error: unknown) => {
    loading = null;
    throw error;
  });
  return loading;
}

async function read(): Promise<Folded[]> {
  const own = buildOfPage();
  // The build in the address: a copy of another build in the browser's cache is not taken for this one's.
  const address = `source/folded.json?${encodeURIComponent(own ?? '')}`;
  const text = await fetchShipped('The functions', address, 'default');
  const { build, functions } = JSON.parse(text) as { build: string; functions: Folded[] };
  sameBuild('The code', build, own);
  return functions;
}

/** What a function is on a revision; '' where it has none. */
export const textOf = ({ texts, of }: Folded, revision: Revision): string => texts[of[revision] ?? -1] ?? '';
