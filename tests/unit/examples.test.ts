// SPDX-License-Identifier: MIT
import { readFileSync, readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { checksOf } from '#engine/checks/of-revision.ts';
import { CHECK_PLACES } from '#engine/kernel/check-places.ts';
import { run } from '#engine/run/runner.ts';
import { stoppedShort } from '#engine/run/stopped-short.ts';
import { parseDocument } from '#engine/scenario/parse.ts';
import { printScenario } from '#engine/scenario/print.ts';
import { STEP_NAMES } from '#engine/scenario/step-names.ts';
import { loadCore } from '../core-module.ts';
import { playedOf } from '../played.ts';

const FOLDER = new URL('../../examples/', import.meta.url);
const FILES = readdirSync(FOLDER).filter((file) => file.endsWith('.json'));

/** The checks on a reply's mappings in v6 with patch 04/31: each decides in an example of its own. */
const CHECKS = checksOf('v6-04').filter((check) => CHECK_PLACES[check].blames?.in === 'mapping');

/** What notes must not say: that something was compared, and with what outcome. */
const CLAIMS_AGREEMENT =
  /\b(compiled|checked against|compared with|verified|confirmed|same answer|agrees? with|not run|reading of the code)\b/i;

const text = (file: string) => readFileSync(new URL(file, FOLDER), 'utf8');

function executed(file: string) {
  const { scenario, problems } = parseDocument(text(file));
  if (scenario === null) throw new Error(`${file}: ${problems[0]?.message}`);
  // An example of what one revision does wrong is that revision's own.
  const own = loadCore('trace', scenario.kernel.revision);
  return { result: run(own, playedOf(own, scenario)), scenario };
}

it.each(CHECKS)('%s decides in an example of its own', (check) => {
  const deciding = executed(`check-${check}.json`).result.executions.map(({ decided }) => decided?.check);
  expect(deciding).toContain(check);
});

it('has no other example in that group', () => {
  const names = FILES.filter((file) => file.startsWith('check-')).map((file) => file.slice(6, -5));
  expect(names.sort()).toEqual([...CHECKS].sort());
});

it.each(STEP_NAMES)('%s is shown by an example', (name) => {
  expect(FILES.filter((file) => text(file).includes(`"do": "${name}"`))).not.toEqual([]);
});

it('shows at an umount nothing of the step before', () => {
  const { executions } = executed('backing-unmount-in-use.json').result;
  const umounts = executions.filter((execution) => execution.do === 'umount');
  expect(umounts.map(({ path, events }) => [path, events])).toEqual([
    [[], []],
    [[], []],
  ]);
});

describe.each(FILES)('%s', (file) => {
  it('has a kebab-case name that begins with its group', () => {
    expect(file).toMatch(/^(check|begin|end|backing|transport|io|review|server)(-[a-z0-9]+)+\.json$/);
  });

  it('is a scenario in canonical form, with a title and notes', () => {
    const { value, scenario, problems } = parseDocument(text(file));
    expect(problems).toEqual([]);
    expect(text(file)).toBe(printScenario(value));
    expect(scenario?.title).toMatch(/^\S.*[^.]$/);
    expect(scenario?.notes).toMatch(/\n\nWhere it comes from: \S.*\.$/s);
    // How far an answer can be trusted is said of the verdict: notes stay when the scenario is edited.
    expect(scenario?.notes).not.toMatch(CLAIMS_AGREEMENT);
    expect(scenario?.notes).not.toMatch(/\bfacts [0-9]/);
  });

  it('has expectations and meets them', () => {
    const { result, scenario } = executed(file);
    const { expectations } = result;
    expect(stoppedShort(result, scenario)).toBe(false);
    expect(expectations.unmet).toEqual([]);
    expect(expectations.met).toBeGreaterThan(0);
  });
});
