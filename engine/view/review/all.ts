// SPDX-License-Identifier: MIT
import type { Revision } from '../../kernel/features.ts';
import { parseDocument } from '../../scenario/parse.ts';
import type { Scenario } from '../../scenario/schema.ts';
import { REVIEW_NAMES } from './names.ts';
import { REVIEW_COLUMNS, orderedCases, reviewCase, type ReviewColumn, type ReviewedCase } from './table.ts';

interface ExampleText {
  name: string;
  text: string;
}

type Progress = { done: number; of: number };

/**
 * Loads the cores of all columns; what it resolves to runs the cases one by one and returns them in the order of the
 * table. Rejects, in words, if a core does not load.
 */
export async function reviewAll(
  texts: readonly ExampleText[],
  moduleOf: (revision: Revision) => Promise<WebAssembly.Module>,
): Promise<Generator<Progress, ReviewedCase[]>> {
  const columns = await Promise.all(
    REVIEW_COLUMNS.map(async (revision) => ({ revision, module: await moduleOf(revision) })),
  );
  return cases(texts, columns);
}

function* cases(
  texts: readonly ExampleText[],
  columns: readonly ReviewColumn[],
): Generator<Progress, ReviewedCase[]> {
  const examples = new Map<string, Scenario>();
  for (const { name, text } of texts) {
    const { scenario, problems } = parseDocument(text);
    if (scenario === null) throw new Error(`${name}: ${problems[0]?.message ?? 'not a scenario'}`);
    examples.set(name, scenario);
  }
  const done: ReviewedCase[] = [];
  for (const name of REVIEW_NAMES) {
    done.push(reviewCase(name, examples, columns));
    yield { done: done.length, of: REVIEW_NAMES.length };
  }
  return orderedCases(done);
}
