// SPDX-License-Identifier: MIT
import { readFileSync, readdirSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { CATALOGUE } from '#engine/checks/catalogue.ts';
import { factsOf } from '#engine/checks/check-words.ts';
import { checksOf } from '#engine/checks/of-revision.ts';
import { run } from '#engine/run/runner.ts';
import type { CheckRecord } from '#engine/run/types.ts';
import type { JsonValue } from '#engine/scenario/json.ts';
import { parseDocument } from '#engine/scenario/parse.ts';
import { printScenario } from '#engine/scenario/print.ts';
import { retarget } from '#engine/scenario/revision.ts';
import { REVISIONS, type Revision } from '#engine/kernel/features.ts';
import type { Scenario } from '#engine/scenario/schema.ts';
import { loadCore } from '../core-module.ts';

/** The cores are asked: with every example of the gallery, and the smallest scenarios of every check. */
const folder = new URL('../../examples/', import.meta.url);
const texts = [
  ...readdirSync(folder)
    .filter((name) => name.endsWith('.json'))
    .map((name) => readFileSync(new URL(name, folder), 'utf8')),
  ...Object.values(CATALOGUE).flatMap(({ examples }) =>
    [examples.passing, examples.failing].flatMap((value: JsonValue | null) =>
      value === null ? [] : [printScenario(value)],
    ),
  ),
];
const scenarios = texts.map((text) => parseDocument(text).scenario!).filter(Boolean);

function paths(revision: Revision): CheckRecord[][] {
  const core = loadCore('trace', revision);
  return scenarios.flatMap((scenario: Scenario) =>
    run(core, retarget(scenario, revision)).executions.flatMap(({ path, io }) => [
      path,
      ...(io?.calls.map((call) => call.path) ?? []),
    ]),
  );
}

describe.each(REVISIONS)('%s', (revision) => {
  const listed = checksOf(revision);
  const asked = paths(revision);

  test('asks the checks that are listed, and no other', () => {
    const found = new Set(asked.flat().map(({ check }) => check));
    expect([...found].sort()).toEqual([...listed].sort());
  });

  test('asks those of one function in the order of the list', () => {
    const early = new Set<string>();
    for (const path of asked) {
      const last = new Map<string, number>();
      for (const { check, which } of path) {
        const { fn } = factsOf(check);
        const group = fn === 'fuse_iomap_check_mapping' ? `${fn} ${which}` : fn;
        // Inline data takes requests of its own: the checks of an answer begin anew.
        if (check === 'reply-short-header') last.delete(fn);
        const place = (listed as string[]).indexOf(check);
        if (place < (last.get(group) ?? -1)) early.add(`${check} in ${group}`);
        last.set(group, place);
      }
    }
    expect([...early]).toEqual([]);
  });
});
