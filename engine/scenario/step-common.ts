// SPDX-License-Identifier: MIT
import * as v from 'valibot';
import { described, object, record, text } from './build.ts';
import { CAPS } from './caps.ts';
import { expectation } from './expectation.ts';
import { REVISIONS } from '../kernel/features.ts';
import { capabilities, revision } from './machine.ts';
import { small } from './integer-leaf.ts';

/** What any step may have. */
export const common = {
  times: v.optional(small({ min: 1n, max: 10_000n, description: 'How many times the step runs.' }), 1n),
  caller: described(
    v.optional(
      object({ capabilities: described(v.optional(capabilities, []), 'Capabilities of the caller.') }),
    ),
    'Who calls, if not the server process of `connection`.',
  ),
  note: described(v.optional(text(CAPS.noteChars)), 'A remark shown with the step.'),
  expect: described(v.optional(expectation), 'What is to come of it: turns the scenario into a test.'),
  expectOn: described(
    v.optional(record(revision, expectation, REVISIONS.length)),
    'In place of `expect`, by revision.',
  ),
};
