// SPDX-License-Identifier: MIT
import { scenarioJsonSchema } from '#engine/scenario/json-schema.ts';
import { UsageError } from '../common/args.ts';
import { command } from '../common/command.ts';
import { shared } from '../common/shared-schema.ts';

const MANUAL = {
  name: 'schema',
  argument: '',
  summary: 'print the JSON Schema of scenarios',
  about: [
    'Prints format 1 as JSON Schema (draft 7), for completion and hover in an editor. A document names it under ' +
      '"$schema". It takes every scenario that can be run, and more: run says what is wrong with one.',
  ],
  options: {},
  notes: ['Exit status: 0.'],
} as const;

export const schema = command(MANUAL, ({ positionals }, terminal) => {
  if (positionals.length > 0) throw new UsageError('schema: it takes no FILE', 'See schema --help.');
  const own = { $schema: 'http://json-schema.org/draft-07/schema#', title: 'Scenario, format 1' };
  terminal.out(`${JSON.stringify(shared({ ...own, ...scenarioJsonSchema() }), null, 2)}\n`);
  return Promise.resolve(0);
});
