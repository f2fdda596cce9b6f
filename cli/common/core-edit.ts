// SPDX-License-Identifier: MIT
import { applyDiff } from '#engine/core-edit/apply-diff.ts';
import { makeDiff } from '#engine/core-edit/diff.ts';
import { clean } from '#engine/kernel/clean.ts';
import { shippedSources } from './core-sources.ts';
import { nameOf, readText } from './files.ts';

/**
 * The edit of the core in a file: a unified diff against assembly/, also within a mail. It comes back as the page
 * would copy it. Nothing of it is compiled.
 *
 * @throws Error whose message, of one line or more, is why the file can't be used
 */
export async function readEdit(path: string): Promise<string> {
  const name = nameOf(path);
  const text = await readText(path).catch((error: Error) => {
    throw new Error(`${name}: ${error.message}`);
  });
  const shipped = await shippedSources();
  const { files, applied, rejected } = applyDiff(shipped, text);
  if (rejected.length > 0)
    throw new Error(
      rejected
        .map((one) => `${name}: error: ${clean(`${one.hunk} of ${one.path} can't be applied: ${one.why}`)}`)
        .join('\n'),
    );
  if (applied === 0)
    throw new Error(`${name}: error: expected a unified diff of files in assembly/; there is none here`);
  const diff = makeDiff(shipped, files);
  if (diff === '') throw new Error(`${name}: error: the diff leaves the core as it was`);
  return diff;
}
