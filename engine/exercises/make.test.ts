// SPDX-License-Identifier: MIT
import { expect, test } from 'vitest';
import { loadCore } from '../../tests/core-module.ts';
import { run } from '../run/runner.ts';
import { parseDocument } from '../scenario/parse.ts';
import { goalOffers } from '../view/goal-offers.ts';
import { exerciseFaults } from './check.ts';
import { linkedPart, openLinked } from './link.ts';
import { editableFields, exerciseFile, type Parts } from './make.ts';

const core = (revision: Parameters<typeof loadCore>[1]) => loadCore('trace', revision);

const READ = { length: 4096, addr: '1M', type: 'MAPPED', dev: 1 };
const RIGHT = JSON.stringify({
  format: 1,
  title: 'The right one',
  notes: 'It gives away what comes.',
  devices: { vda: { contents: 'pattern' } },
  steps: [
    { do: 'backing_open', expect: { ret: 1 } },
    { do: 'pread', direct: true, note: 'so', replies: [{ read: READ }], expect: { ret: 4096 } },
  ],
});
const ADDR = ['steps', 1, 'replies', 0, 'read', 'addr'];

const { scenario, value } = parseDocument(RIGHT);
const offers = goalOffers(run(core('v6-04'), scenario!).executions.at(-1)!);
const offered = (...keys: string[]) =>
  Object.assign(
    {},
    ...offers.filter(({ key }) => keys.includes(key)).map(({ expect: own }) => own),
  ) as Parts['goal'];

const parts = (changes: Partial<Parts> = {}): Parts => ({
  title: 'Where is it?',
  text: 'One.\n\nTwo.\n\n\n',
  task: 'Read the right bytes.',
  document: RIGHT,
  step: 1,
  opened: [{ path: ADDR, found: '2M' }],
  goal: offered('ret', 'data'),
  nothingRefused: true,
  hints: [{ when: {}, text: 'Not yet.' }],
  withSolution: true,
  ...changes,
});
const made = (changes: Partial<Parts> = {}) => openLinked(linkedPart(exerciseFile(parts(changes))!));

test('what happened is offered for the goal', () => {
  expect(offers.map(({ key }) => key)).toEqual(['ret', 'data', 'bios', 'requests', 'size']);
  expect(offers[2]!.words).toBe('what reaches the disks: read 4096 bytes at sector 2048 of vda');
});

test('an exercise that is made of a scenario comes whole out of its link', () => {
  const { exercise, problems } = made();
  expect(problems).toEqual([]);
  expect(exerciseFaults(exercise!, core)).toEqual([]);
  expect(exercise!.step.text).toEqual(['One.', 'Two.']);
  expect(exercise!.step.solution).toEqual([{ path: ADDR, value: '1M' }]);
  // Nothing in the start tells what comes out.
  expect(exercise!.start).not.toMatch(/gives away|"expect"|"note"|right one/);
  expect(exercise!.start).toContain('"addr": 2097152');
});

test('the solver sees the step first that may be edited, and the goal is about its own', () => {
  const { exercise } = made({ opened: [{ path: ['steps', 0, 'fd'], found: 4n }] });
  expect(exercise!.step.show).toBe(0);
  expect(exercise!.step.goal[0]!.step).toBe(1);
});

test('a field may be found left out, and the solution may be kept back', () => {
  const { exercise } = made({ opened: [{ path: ADDR, found: undefined }], withSolution: false });
  expect(exercise!.step.solution).toEqual([]);
  expect(parseDocument(exercise!.start).scenario!.steps[1]).toMatchObject({
    replies: [{ read: { addr: 0n } }],
  });
});

test('what is written may be edited, and every field of a mapping', () => {
  const paths = editableFields(value!).map((path) => path.slice(1).join('.'));
  expect(paths).toContain('1.direct');
  expect(paths).toContain('1.replies.0.read.offset');
  expect(paths.filter((path) => /expect|note|\bdo\b/.test(path))).toEqual([]);
});
