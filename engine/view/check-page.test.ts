// SPDX-License-Identifier: MIT
import { describe, expect, it } from 'vitest';
import { loadCore } from '../../tests/core-module.ts';
import { CATALOGUE } from '../checks/catalogue.ts';
import { checksOf } from '../checks/of-revision.ts';
import { CHECKS } from '../kernel/checks.ts';
import { REVISIONS } from '../kernel/features.ts';
import { caseAnswer } from './case-answer.ts';
import {
  blamesOf,
  checksByFunction,
  onRevisions,
  operandsOf,
  revisionOfCases,
  wordsOfCheck,
} from './check-page.ts';
import { stepText } from './step-text.ts';

it('lists every check once, those of a function in the order of each revision', () => {
  const groups = checksByFunction();
  const listed = groups.flatMap(({ checks }) => checks);
  expect([...listed].sort()).toEqual([...CHECKS].sort());
  expect(new Set(groups.map(({ fn }) => fn)).size).toBe(groups.length);
  const wrong = REVISIONS.flatMap((revision) =>
    groups.flatMap(({ fn, checks }) => {
      const own = checksOf(revision).filter((check) => CATALOGUE[check].fn === fn);
      const here = checks.filter((check) => own.includes(check));
      return here.join() === own.join() ? [] : [`${fn} on ${revision}`];
    }),
  );
  // There the check on the cache comes later: the page of a check says where on each revision.
  expect(wrong).toEqual(['fuse_iomap_check_mapping on 2026-05-cache']);
});

it('tells on which revisions a check is made, and after which other', () => {
  const rows = onRevisions('length-zero');
  expect(rows.map(({ revision }) => revision)).toEqual([...REVISIONS]);
  expect(rows.every(({ isMade }) => isMade)).toBe(true);
  expect(rows[1]?.after).toBe('flags-unknown');
  const later = onRevisions('dev-unsupported');
  expect(later.filter(({ isMade }) => isMade).map(({ revision }) => revision)).toEqual(['v6-03']);
});

it('has a word for every operand', () => {
  const without = CHECKS.flatMap((check) =>
    operandsOf(check)
      .filter(({ word }) => word === undefined)
      .map(({ name }) => `${check} ${name}`),
  );
  expect(without).toEqual([]);
  expect(wordsOfCheck('length-zero')[0]).toBe('length');
});

it('says what a failure points at', () => {
  expect(blamesOf('read-before-pos')).toBe('length or offset of the read mapping');
  expect(blamesOf('open-nomem')).toBe('allocation of the step');
  expect(blamesOf('open-post')).toBeNull();
});

describe.each(['length-zero', 'dev-not-found', 'open-flags', 'reply-size', 'overwrite-dev'] as const)(
  'the smallest cases of %s',
  (check) => {
    const module = loadCore('trace', revisionOfCases(check));
    const { passing, failing } = CATALOGUE[check].examples;

    it('are answered by the core', () => {
      expect(caseAnswer(module, failing)).toMatchObject({ tone: 'bad', check });
      expect(caseAnswer(module, passing)).toMatchObject({ check: null, errno: null });
    });

    it('are shown by their last step', () => {
      expect(stepText(failing)).toContain('"do"');
      expect(stepText(failing)).not.toBe(stepText(passing));
    });
  },
);

it('says why what is no scenario has no answer', () => {
  expect(() => caseAnswer(loadCore('trace', 'v6-04'), { format: 1, steps: 'none' })).toThrow();
});
