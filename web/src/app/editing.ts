// SPDX-License-Identifier: MIT
import { editDocument } from '#engine/scenario/edit.ts';
import { parseDocument } from '#engine/scenario/parse.ts';
import type { Problem } from '#engine/scenario/problem.ts';
import type { ChangeOptions, DocumentStore } from './document.svelte.ts';
import type { JsonValue } from '#engine/scenario/path.ts';

export type Path = (string | number)[];

export interface Edit {
  path: Path;
  /** undefined removes. */
  value: JsonValue | undefined;
}

/** Edits values in place; the rest of the text stays as it was written. A text that is not JSON stays too. */
export function edit(
  document: DocumentStore,
  edits: Edit[],
  label: string,
  options: ChangeOptions = {},
): void {
  if (document.parsed.value === null) return;
  document.change(parseDocument(editDocument(document.parsed.json, edits).json), label, options);
}

/**
 * As edit(), unless a value does not fit: then the document stays and the problem is returned, in the words
 * that the document itself would have for it.
 */
export function tryEdit(
  document: DocumentStore,
  edits: Edit[],
  label: string,
  options: ChangeOptions = {},
): Problem | null {
  if (document.parsed.value === null) return null;
  const parsed = parseDocument(editDocument(document.parsed.json, edits).json);
  const errors = parsed.problems.filter((problem) => problem.severity === 'error');
  const own = errors.find((problem) =>
    edits.some((one) => one.value !== undefined && within(problem.path, one.path)),
  );
  if (own) return own;
  // Refused at another place, by a rule between fields; if there was such an error before, it is not this edit's.
  if (errors[0] && document.parsed.scenario !== null) return errors[0];
  document.change(parsed, label, options);
  return null;
}

const within = (path: readonly unknown[], head: Path) => head.every((key, i) => path[i] === key);
