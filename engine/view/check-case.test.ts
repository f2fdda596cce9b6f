// SPDX-License-Identifier: MIT
import { describe, expect, it } from 'vitest';
import { loadCore } from '../../tests/core-module.ts';
import { checksOf } from '../checks/of-revision.ts';
import { CHECKS } from '../kernel/checks.ts';
import { REVISIONS } from '../kernel/features.ts';
import { has } from '../kernel/has-feature.ts';
import { run } from '../run/runner.ts';
import { parseDocument } from '../scenario/parse.ts';
import { printScenario } from '../scenario/print.ts';
import { refusedCase } from './check-case.ts';

/** No scenario reaches it; the catalogue says why. */
const CANNOT_FAIL = ['open-post'];

describe.each(REVISIONS)('on %s', (revision) => {
  const module = loadCore('trace', revision);
  const own = checksOf(revision);

  it.each(own.filter((check) => !CANNOT_FAIL.includes(check)))('%s refuses its smallest case', (check) => {
    const found = refusedCase(check, revision);
    if ('missing' in found) {
      expect(has(revision, 'HAS_IOMAP_DEVICES')).toBe(false);
      expect(found.missing).toContain('opens an iomap device');
      return;
    }
    const { scenario } = parseDocument(printScenario(found.document));
    expect(scenario?.kernel.revision).toBe(revision);
    expect(run(module, scenario!).executions.at(-1)?.decided?.check).toBe(check);
  });

  it('says of a check that the revision does not make that it does not', () => {
    for (const check of CHECKS.filter((one) => !own.includes(one)))
      expect(refusedCase(check, revision)).toEqual({
        missing: `${revision} does not make the check ${check}.`,
      });
  });
});

it('says of one that cannot fail why', () => {
  const found = refusedCase('open-post', 'v6-04');
  expect('missing' in found && found.missing.length).toBeGreaterThan(20);
});
