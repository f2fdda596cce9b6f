// SPDX-License-Identifier: MIT
import { readFileSync, readdirSync } from 'node:fs';
import { expect, test } from 'vitest';
import { isSilent } from '#engine/checks/silent.ts';
import { run } from '#engine/run/runner.ts';
import { parseDocument } from '#engine/scenario/parse.ts';
import { revisionOf } from '#engine/scenario/revision.ts';
import { toneOf } from '#engine/view/tone.ts';
import { namedStep, shownStep } from '#engine/scenario/shown-step.ts';
import { loadCore } from '../core-module.ts';

const folder = new URL('../../examples/', import.meta.url);
const IO = readdirSync(folder).filter((file) => file.startsWith('io-'));

test('there are examples of I/O', () => expect(IO.length).toBeGreaterThan(20));

test.each(IO)('%s opens at the first step that goes wrong, if one does and it names no other', (file) => {
  const { scenario, value } = parseDocument(readFileSync(new URL(file, folder), 'utf8'));
  if (scenario === null) throw new Error('no scenario');
  const step = shownStep(value);
  const { executions } = run(loadCore('trace', revisionOf(scenario)), scenario);
  const wrong = executions.find((execution) =>
    ['bad', 'warn'].includes(toneOf(execution, isSilent(execution, scenario))),
  );
  expect(executions.some((execution) => execution.step === step && execution.io !== null)).toBe(true);
  if (wrong && namedStep(value) === null) expect(step).toBe(wrong.step);
});
