// SPDX-License-Identifier: MIT
import { expect, test } from 'vitest';
import { loadCore } from '../../tests/core-module.ts';
import type { Revision } from '../kernel/features.ts';
import { run } from '../run/runner.ts';
import { parseDocument } from '../scenario/parse.ts';
import { checkWords } from '../checks/check-words.ts';
import { stepText } from './step.ts';

function textOf(revision: Revision): string {
  const document = { format: 1, kernel: { revision }, steps: [{ do: 'backing_open' }] };
  const { scenario } = parseDocument(JSON.stringify(document));
  const [opened] = run(loadCore('trace', revision), scenario!).executions;
  return stepText(opened!, scenario!)
    .map((line) => JSON.stringify(line))
    .join('\n');
}

test('where the lowest free id is handed out, no text tells of a cursor', () => {
  for (const revision of ['2026-05', '2026-05-cache'] as const)
    expect(textOf(revision)).not.toContain('cursor');
  expect(textOf('v6-04')).toContain('cursor 0');
});

test('nor does the check that finds none free', () => {
  const { predicate } = checkWords['open-id'];
  expect(predicate([1n, 1025n, 0n, -28n])).toBe('no id free in 1..1024');
});
