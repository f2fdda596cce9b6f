// SPDX-License-Identifier: MIT
import type { Scenario } from '#engine/scenario/schema.ts';
import { parseDocument } from '#engine/scenario/parse.ts';
import type { Revision } from '#engine/kernel/features.ts';
import type { AskedSide } from '#engine/view/search-protocol.ts';

/** Where the scenario of a side comes from: the document as it is at the moment, or a text with a name. */
export type Source = { kind: 'own' } | { kind: 'text'; name: string; text: string; step: number };

export const OWN: Source = { kind: 'own' };

/** A side as it is chosen: what runs, and which core answers. */
export interface Choice {
  source: Source;
  revision: Revision;
}

const nameOf = (source: Source) => (source.kind === 'own' ? 'this scenario' : `“${source.name}”`);

/** The names of the two sides, which always differ: each says what distinguishes its side. */
export function labelsOf([left, right]: readonly [Choice, Choice]): [string, string] {
  const sameRevision = left.revision === right.revision;
  const [a, b] = [nameOf(left.source), nameOf(right.source)];
  const sameText =
    left.source === right.source || (left.source.kind === 'own' && right.source.kind === 'own');
  if (sameText) return [left.revision, right.revision];
  const twins = a === b;
  const label = (name: string, place: string, revision: Revision) =>
    `${name}${twins ? ` (${place})` : ''}${sameRevision ? '' : ` · ${revision}`}`;
  return [label(a, 'left', left.revision), label(b, 'right', right.revision)];
}

/** A side that can be run, or why it cannot, in words. */
export type ReadSide = { side: AskedSide } | { trouble: string };

/** @param own the document's scenario; null while it cannot be run */
export function readSide({ source, revision }: Choice, label: string, own: Scenario | null): ReadSide {
  if (source.kind === 'own')
    return own === null
      ? { trouble: 'The document can’t be run yet: mend it first, then compare.' }
      : { side: { label, revision, scenario: own } };
  const { scenario, problems } = parseDocument(source.text);
  if (scenario !== null) return { side: { label, revision, scenario } };
  const problem = problems.find(({ severity }) => severity === 'error');
  return { trouble: `${nameOf(source)} can’t be run: ${problem?.message ?? 'it is not a scenario.'}` };
}
