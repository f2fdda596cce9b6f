// SPDX-License-Identifier: MIT
/** Cores with the edits that lessons name, built by the compiler of the page. */
import asc from 'assemblyscript/asc';
import type { EditedCore } from '#engine/lessons/check.ts';
import { editSources } from '#engine/lessons/source-edits.ts';
import type { Lesson, SourceEdit } from '#engine/lessons/types.ts';
import { compileCore, type Asc } from '../../web/src/tools/core-edit/compile.ts';
import { SETTINGS, SHIPPED, loadSources } from '../../web/src/tools/core-edit/sources.ts';
import { BUILD, readShipped } from '../shipped-core.ts';

/** Builds every edited core that a lesson names; one that does not fit the source or does not compile is null. */
export async function editedCores({ steps, revision }: Lesson): Promise<EditedCore> {
  const all = steps.flatMap(({ coreEdit, hints }) => [coreEdit, ...hints.map((hint) => hint.coreEdit)]);
  const wanted = new Map(all.filter((edits) => edits.length > 0).map((edits) => [keyOf(edits), edits]));
  const built = new Map<string, WebAssembly.Module | null>();
  if (wanted.size > 0) await loadSources(readShipped, BUILD);
  for (const [key, edits] of wanted) {
    const files = editSources(SHIPPED, edits);
    const made =
      files && (await compileCore(asc as unknown as Asc, { ...SHIPPED, ...SETTINGS, ...files }, revision));
    built.set(key, made?.bytes ? new WebAssembly.Module(made.bytes) : null);
  }
  return (edits) => built.get(keyOf(edits)) ?? null;
}

const keyOf = (edits: readonly SourceEdit[]) => JSON.stringify(edits);
