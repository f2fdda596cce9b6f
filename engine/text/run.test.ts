// SPDX-License-Identifier: MIT
import { describe, expect, test } from 'vitest';
import { execution, runOf, scenarioOf } from '../testing/fixture.ts';
import { runText } from './run.ts';

const scenario = scenarioOf({ steps: [{ do: 'backing_open', times: 6 }] });
const executions = [1n, 2n, 3n, -28n, -28n, 4n].map((ret, index) =>
  execution({ index, repeat: index, ret, outcome: ret < 0n ? 'refused' : 'ok' }),
);

function headings(unfold: boolean): string[] {
  return [...runText(runOf(executions), scenario, { unfold })].map(({ text }) => text);
}

describe('repeats of a step', () => {
  test('are folded while the verdict stays the same, and counted', () => {
    const lines = headings(false);
    expect(lines.filter((line) => line.startsWith('step'))).toHaveLength(3);
    expect(lines).toContain('            and 2 more with the same verdict, the last returned 3');
    expect(lines).toContain('            and 1 more with the same verdict');
  });

  test('are all there if unfolded', () => {
    expect(headings(true).filter((line) => line.startsWith('step'))).toHaveLength(6);
  });

  test('are never folded over an expectation that was not met', () => {
    const unmet = [{ execution: 1, step: 0, path: ['ret'], expected: '7', actual: '2' }];
    const lines = [
      ...runText(runOf(executions.map((one, index) => (index === 1 ? { ...one, unmet } : one))), scenario),
    ];
    expect(lines.filter(({ text }) => text.startsWith('step'))).toHaveLength(5);
    expect(lines.some(({ text }) => text.includes('ret: expected 7, got 2'))).toBe(true);
  });
});

test('a run that had to stop says so', () => {
  const run = runOf([], { stopped: { execution: 3, reason: 'out-of-memory', message: 'Memory is out.' } });
  expect([...runText(run, scenario)].map(({ text }) => text)).toContain(
    '  STOPPED   at execution 4: Memory is out.',
  );
});
