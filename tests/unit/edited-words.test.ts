// SPDX-License-Identifier: MIT
/** No view tells of an edited core what only the shipped source says: a condition, a sentence about it, a reason. */
import { readFileSync, readdirSync } from 'node:fs';
import { expect, test } from 'vitest';
import { checkWords, explain, wordsOf } from '#engine/checks/words.ts';
import { asEdited } from '#engine/core-edit/edited-run.ts';
import { isUnknown } from '#engine/kernel/unknown.ts';
import { badDataCondition } from '#engine/run/conditions.ts';
import { run } from '#engine/run/runner.ts';
import type { CheckRecord, Execution, Run } from '#engine/run/types.ts';
import { parseDocument } from '#engine/scenario/parse.ts';
import type { Scenario } from '#engine/scenario/schema.ts';
import { printCard } from '#engine/text/card.ts';
import { stepText } from '#engine/text/step.ts';
import { callExecution } from '#engine/view/call-execution.ts';
import { checkGroups, endReason } from '#engine/view/check-path.ts';
import { marksOf } from '#engine/view/marks.ts';
import { sectionsOf } from '#engine/view/side-sections.ts';
import { loadCore } from '../core-module.ts';
import { playedOf } from '../played.ts';

const FOLDER = new URL('../../examples/', import.meta.url);

/** Everything that is told of an execution. */
function told(execution: Execution, ran: Run, scenario: Scenario): string[] {
  const { headline, sentence, where } = explain(execution, scenario);
  const groups = checkGroups(execution, ran.revision);
  const sides = sectionsOf({
    left: execution,
    right: null,
    differences: [],
    states: [null, null],
    follows: [null, null],
  });
  return [
    headline,
    sentence,
    where,
    ...groups.flatMap(({ chips }) => chips.flatMap(({ label, predicate }) => [label, predicate ?? ''])),
    endReason(execution, ran.revision) ?? '',
    ...[...marksOf(execution).values()].map(({ text }) => text),
    ...sides.flatMap(({ title, rows }) => (title === 'Checks' ? rows.map(({ left }) => left ?? '') : [])),
    ...(execution.io === null
      ? [
          stepText(execution, scenario, { width: 2000, verbose: true })
            .map(({ text }) => text)
            .join('\n'),
        ]
      : execution.io.calls.flatMap((call) => told(callExecution(call, execution), ran, scenario))),
    ...execution.log.map(({ text }) => text),
  ];
}

/** What the shipped words say of a record, and an edited core may have made untrue. */
function shippedClaims({ check, operands, which }: CheckRecord, scenario: Scenario): string[] {
  if (isUnknown(check)) return [];
  const words = checkWords[check];
  const condition = badDataCondition(check)?.text;
  const { label } = words;
  const predicate = words.predicate(operands, which);
  return [
    // Without an operator it is a remark, such as `no connection`, which a call may have too.
    ...(/[<>=!&%]/.test(predicate) ? [predicate] : []),
    words.sentence(operands, which, scenario),
    ...(condition?.includes(' ') ? [condition] : []),
    // A short label, such as `no dev`, may be a part of anything.
    ...(label.length > 12 ? [label] : []),
  ];
}

const distinct = (texts: readonly string[]): string =>
  [...new Set(texts.flatMap((text) => text.split('\n')))].join('\n');

test('whatever an edited core decides, no condition of the shipped source is told', () => {
  let held = 0;
  for (const file of readdirSync(FOLDER).filter((file) => file.endsWith('.json'))) {
    const { scenario } = parseDocument(readFileSync(new URL(file, FOLDER), 'utf8'));
    if (scenario === null) throw new Error(file);
    const core = loadCore('trace', scenario.kernel.revision);
    const ran = run(core, playedOf(core, scenario));
    const records = ran.executions
      .slice(0, 50)
      .flatMap(({ path, io }) => [...path, ...(io?.calls ?? []).flatMap((call) => call.path)]);
    // Steps that run thousands of times say the same each time.
    const claims = new Set(records.flatMap((record) => shippedClaims(record, scenario)));
    const shipped = distinct(
      ran.executions.slice(0, 50).flatMap((execution) => told(execution, ran, scenario)),
    );
    const edited = asEdited(ran);
    const all = distinct([
      ...edited.executions.slice(0, 50).flatMap((execution) => told(execution, edited, scenario)),
      ...edited.executions
        .slice(-1)
        .map(({ step }) => printCard(edited, scenario, step).split('answer ')[1]!),
    ]);
    expect(all).not.toMatch(/checked against compiled/);
    for (const claim of claims) {
      expect([file, claim, all.includes(claim)]).toEqual([file, claim, false]);
      if (shipped.includes(claim)) held++;
    }
  }
  // The same texts of the shipped core do tell them.
  expect(held).toBeGreaterThan(300);
}, 60_000);

test('a check of an edited core is told with its operands and no operator', () => {
  const words = wordsOf('read-after-pos', { trust: 'edited' });
  expect(words.sentence([4096n, 4096n], 'read', {} as Scenario)).toBe(
    "Refused by the edited core's read-after-pos, with 4096 and 4096.",
  );
  expect(words.predicate([4096n, 4096n], 'read')).toBe('offset 4096, pos 4096');
  const none = wordsOf('open-nomem', { trust: 'edited' });
  expect(none.sentence([], null, {} as Scenario)).toBe("Refused by the edited core's open-nomem.");
});
