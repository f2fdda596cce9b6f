// SPDX-License-Identifier: MIT
import type { Revision } from '../kernel/features.ts';
import type { Expectation, Step } from './schema.ts';

/** What a step expects of the revision that answers: `expectOn` for it, or else `expect`; undefined for nothing. */
export const expectedOf = ({ expect, expectOn }: Step, revision: Revision): Expectation | undefined =>
  expectOn?.[revision] ?? expect;

/** Where in a step's document that stands; a step that expects nothing would have it in `expect`. */
export const expectedPath = (step: unknown, revision: Revision): ['expect'] | ['expectOn', Revision] => {
  const own =
    typeof step === 'object' && step !== null ? (step as { expectOn?: unknown }).expectOn : undefined;
  return typeof own === 'object' && own !== null && Object.hasOwn(own, revision)
    ? ['expectOn', revision]
    : ['expect'];
};

/** Everything that a step expects, of whichever revision, each with its place in the step. */
export function everyExpectation({ expect, expectOn }: Step): { path: string[]; expect: Expectation }[] {
  return [
    ...(expect === undefined ? [] : [{ path: ['expect'], expect }]),
    ...Object.entries(expectOn ?? {}).map(([name, one]) => ({ path: ['expectOn', name], expect: one })),
  ];
}
