// SPDX-License-Identifier: MIT
import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { parseDocument } from '#engine/scenario/parse.ts';
import type { Scenario } from '#engine/scenario/schema.ts';
import { packageFile } from './package-file.ts';

/** The examples of the review table by name. Throws an Error that says what is missing. */
export async function reviewExamples(): Promise<Map<string, Scenario>> {
  const folder = packageFile('examples');
  if (folder === null) throw new Error('The folder examples/ of the package is missing.');
  const files = (await readdir(folder)).filter((file) => /^review-.*\.json$/.test(file));
  const examples = new Map<string, Scenario>();
  for (const file of files.sort()) {
    const { scenario, problems } = parseDocument(await readFile(join(folder, file), 'utf8'));
    if (scenario === null) throw new Error(`examples/${file}: ${problems[0]?.message ?? 'not a scenario'}`);
    examples.set(file.replace(/\.json$/, ''), scenario);
  }
  return examples;
}
