// SPDX-License-Identifier: MIT
import { Draft, type Edited } from './draft.ts';
import { nodeAt, type JsonNode, type JsonText, type JsonValue, type Path } from './json.ts';
import type { Change } from './pieces.ts';
import { parseInteger } from './integers.ts';

export type { Edited } from './draft.ts';

export interface Edit {
  path: Path;
  /** What is to stand there; undefined removes what does. Integers are bigint or number. */
  value: JsonValue | undefined;
}

/**
 * Edits a document's text, one edit after another, and leaves everything else as it was written.
 *
 * A value that is there already is left in its spelling. A container that is missing on the way is made; what
 * stands in the way of one is replaced. An index at or past an array's end appends. What is put in matches its
 * neighbours' layout. Throws if the text is not JSON.
 *
 * @param source the text, or how it was read already: then what the edits leave is not read again
 */
export function editDocument(source: string | JsonText, edits: readonly Edit[]): Edited {
  const draft = new Draft(source);
  for (const { path, value } of edits) draft.set(path, value);
  return draft.finish();
}

/** Puts a step before the one at `index`, or last. `show` and `of` of the other steps keep naming the step they named. */
export function insertStep(source: string | JsonText, index: number, step: JsonValue): Edited {
  const draft = new Draft(source);
  renumber(draft, (of) => (of < index ? of : of + 1));
  draft.insertItem(['steps'], index, step);
  return draft.finish();
}

/** Puts a copy of a step right after it. */
export function copyStep(source: string | JsonText, index: number): Edited {
  const draft = new Draft(source);
  renumber(draft, (of) => (of <= index ? of : of + 1));
  draft.copyItem(['steps'], index);
  return draft.finish();
}

/** Takes a step out. A `show` or `of` that named it goes too, and so the default holds again. */
export function removeStep(source: string | JsonText, index: number): Edited {
  const draft = new Draft(source);
  renumber(draft, (of) => (of === index ? undefined : of < index ? of : of - 1));
  draft.remove(['steps', index]);
  return draft.finish();
}

/** Moves a step so that it has the index `to` afterwards. An index out of range moves nothing. */
export function moveStep(source: string | JsonText, from: number, to: number): Edited {
  const draft = new Draft(source);
  const count = nodeAt(draft.root, ['steps'])?.items?.length ?? 0;
  if (Math.min(from, to) < 0 || Math.max(from, to) >= count) return draft.finish();
  renumber(draft, (of) => {
    if (of === from) return to;
    if (from < of && of <= to) return of - 1;
    return to <= of && of < from ? of + 1 : of;
  });
  draft.moveItem(['steps'], from, to);
  return draft.finish();
}

/** Rewrites `show` and each `of` that names a step, whatever its spelling; undefined takes it out. */
function renumber(draft: Draft, next: (of: number) => number | undefined): void {
  const items = nodeAt(draft.root, ['steps'])?.items ?? [];
  const changes: Change[] = [];
  const gone: (string | number)[][] = [];
  const paths = [['show'], ...items.map((_, i) => ['steps', i, 'of'])];
  for (const path of paths) {
    const node = nodeAt(draft.root, path);
    const of = node === undefined ? undefined : indexIn(node, items.length);
    if (node === undefined || of === undefined) continue;
    const now = next(of);
    if (now === undefined) gone.push(path);
    else if (now !== of)
      changes.push({ offset: node.start, length: node.end - node.start, content: String(now) });
  }
  // From the back, since changes of one draft are made in the order of the text.
  draft.change(changes.sort((a, b) => a.offset - b.offset));
  for (const path of gone) draft.remove(path);
}

function indexIn(node: JsonNode, count: number): number | undefined {
  const value = typeof node.value === 'string' ? parseInteger(node.value) : node.value;
  return typeof value === 'bigint' && value >= 0n && value < BigInt(count) ? Number(value) : undefined;
}
