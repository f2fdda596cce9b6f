// SPDX-License-Identifier: MIT
import type { Revision } from '#engine/kernel/features.ts';

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
  const build = document.querySelector<HTMLMetaElement>('meta[name="build"]')?.content ?? '';
  const response = await fetch(
    new URL(`source/folded.json?${encodeURIComponent(build)}`, document.baseURI),
  ).catch(() => null);
  if (!response?.ok)
    throw new Error(
      `The functions did not load: ${response ? `the server answered ${response.status}` : 'there is no connection to the server'}.`,
    );
  return ((await response.json()) as { functions: Folded[] }).functions;
}

/** What a function is on a revision; '' where it has none. */
export const textOf = ({ texts, of }: Folded, revision: Revision): string => texts[of[revision] ?? -1] ?? '';
