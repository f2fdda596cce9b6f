// SPDX-License-Identifier: MIT
import { describe, expect, it } from 'vitest';
import type { CheckId } from '../kernel/checks.ts';
import type { CheckRecord, Execution } from '../run/types.ts';
import type { Revision } from '../kernel/features.ts';
import { anExecution, aReply } from '../testing/parts.ts';
import { checkGroups, endReason, groupSummary, moveChip, referenceLines } from './check-path.ts';

type Result = CheckRecord['result'];
const record = (
  check: CheckId,
  which: CheckRecord['which'],
  result: Result = 'pass',
  operands = [1n, 2n, 3n],
): CheckRecord => ({ check, which, result, operands });

function begin(path: CheckRecord[]) {
  const decided = path.find(({ result }) => result === 'fail') ?? null;
  return anExecution({
    do: 'iomap_begin',
    outcome: decided ? 'refused' : 'ok',
    path,
    decided,
    reply: aReply(),
  });
}

const groupsOf = (execution: Execution, revision: Revision = 'v6-04') => checkGroups(execution, revision);

const CHECK = 'fuse_iomap_check_mapping';
const names = (path: CheckRecord[]) => groupsOf(begin(path)).map(({ key }) => key.trim());

describe('groups', () => {
  it('parts the mappings in check_mapping only', () => {
    const path = [
      record('type-unknown', 'read'),
      record('type-unknown', 'write'),
      record('read-after-pos', 'read'),
      record('write-after-pos', 'write'),
      record('dev-not-found', 'read'),
      record('dev-not-found', 'write'),
    ];
    expect(names(path)).toEqual([
      `${CHECK} read`,
      `${CHECK} write`,
      'fuse_iomap_begin_validate',
      'fuse_iomap_find_dev',
    ]);
  });

  it('shows where the kernel did not come, in its order, and with which checks', () => {
    const groups = groupsOf(begin([record('type-unknown', 'read'), record('flags-unknown', 'read', 'fail')]));
    expect(groups.map(({ reached }) => reached)).toEqual([true, false, false, false]);
    const [read, write, validate, find] = groups;
    expect(read?.decided?.check).toBe('flags-unknown');
    expect(read?.chips.map(({ state }) => state).slice(0, 3)).toEqual(['passed', 'decided', 'skipped']);
    expect(write?.chips.map(({ check }) => check)).toContain('device-range-overflow');
    expect(validate?.chips).toHaveLength(4);
    expect(find?.chips.map(({ check }) => check)).toEqual(['dev-not-found']);
  });

  it('does not guess at checks that only some types have', () => {
    const [read] = groupsOf(begin([record('type-unknown', 'read', 'fail')]));
    const skipped = read?.chips.map(({ check }) => check);
    expect(skipped).not.toContain('dev-missing');
    expect(skipped).not.toContain('cache-unavailable');
    expect(skipped).toContain('offset-unaligned');
  });

  it('adds nothing to a path that was gone to its end', () => {
    const groups = groupsOf(begin([record('type-unknown', 'read'), record('dev-not-found', 'read')]));
    expect(groups.flatMap(({ chips }) => chips).every(({ state }) => state === 'passed')).toBe(true);
  });

  it('keeps a group unreached if only the audit looked at it', () => {
    const groups = groupsOf(
      begin([record('read-after-pos', 'read', 'fail'), record('dev-not-found', 'read', 'would-fail')]),
    );
    const find = groups.at(-1);
    expect(find?.reached).toBe(false);
    expect(groupSummary(find!)).toBe('1 would fail too');
  });

  it('folds the transport away unless it refused', () => {
    const good = [record('reply-length', null), record('reply-size', null), record('type-unknown', 'read')];
    expect(groupsOf(begin(good)).map(({ quiet }) => quiet)).toEqual([true, true, false, false, false, false]);
    const bad = [record('reply-length', null), record('reply-size', null, 'fail')];
    const groups = groupsOf(begin(bad));
    expect(groups.map(({ quiet }) => quiet)).toEqual([true, false]);
    expect(groups.some(({ fn }) => fn === CHECK)).toBe(false);
  });

  it('carries operands by name and the condition with its numbers', () => {
    const [group] = groupsOf(begin([record('read-after-pos', 'read', 'fail', [8192n, 4096n])])).filter(
      ({ decided }) => decided,
    );
    expect(group?.decided?.operands).toEqual([
      { name: 'offset', value: 8192n },
      { name: 'pos', value: 4096n },
    ]);
    expect(group?.decided?.predicate).toBe('read.offset 8192 > pos 4096');
  });

  it.each([
    ['v6-03', ['dev-unsupported', 'device-range-overflow'], 4, false],
    ['v6-04', ['device-range-overflow'], 4, true],
    ['late', ['device-range-overflow'], 5, true],
  ] as const)('lists what %s has, in its order, and nothing else', (revision, last, validated, finds) => {
    const groups = groupsOf(begin([record('type-unknown', 'read', 'fail')]), revision);
    const checks = (fn: string) =>
      groups.filter((one) => one.fn === fn).map((one) => one.chips.map((c) => c.check));
    const [read] = checks(CHECK);
    expect(read?.slice(-last.length)).toEqual(last);
    const [validate] = checks('fuse_iomap_begin_validate');
    expect(validate).toHaveLength(validated);
    expect(validate?.[0]).toBe(revision === 'late' ? 'nocache-on-begin' : 'read-after-pos');
    expect(checks('fuse_iomap_find_dev')).toEqual(finds ? [['dev-not-found']] : []);
  });

  it('says a group in words', () => {
    const [read] = groupsOf(begin([record('type-unknown', 'read'), record('length-zero', 'read', 'fail')]));
    expect(groupSummary(read!)).toMatch(/^1 passed, 1 refused, \d+ not reached$/);
  });
});

describe('moving along the path', () => {
  const groups = groupsOf(
    begin([
      record('type-unknown', 'read'),
      record('flags-unknown', 'read'),
      record('type-unknown', 'write'),
      record('read-after-pos', 'read'),
      record('dev-not-found', 'read'),
    ]),
  );
  const chips = groups.flatMap((group) => group.chips);
  const go = (from: number, key: string) => {
    const to = moveChip(groups, chips[from]!.key, key);
    return to === null ? null : chips.indexOf(to);
  };
  it('goes chip by chip, group by group, and stops at the ends', () => {
    expect(go(0, 'ArrowRight')).toBe(1);
    expect(go(1, 'ArrowRight')).toBe(2);
    expect(go(0, 'ArrowLeft')).toBeNull();
    expect(go(1, 'ArrowDown')).toBe(2);
    expect(go(3, 'ArrowUp')).toBe(2);
    expect(go(2, 'ArrowUp')).toBe(0);
    expect(go(4, 'ArrowDown')).toBeNull();
    expect(go(2, 'End')).toBe(4);
    expect(go(2, 'Home')).toBe(0);
    expect(go(2, 'a')).toBeNull();
  });
});

describe('events', () => {
  const events = [
    { kind: 'get', after: 3, serial: 1, refs: 2 },
    { kind: 'warn', after: 3, warn: 'backing-id-zero', a: 0n, b: 0n },
    { kind: 'note', after: 3, note: 'end-not-a-write', a: 0n, b: 0n },
    { kind: 'put', after: 4, serial: 1, refs: 1 },
    { kind: 'note', after: 4, note: 'end-short', a: 1n, b: 2n },
  ] as const;
  it('lists references only', () => {
    expect(referenceLines(anExecution({ events: [...events] }))).toEqual([
      { kind: 'get', serial: 1, refs: 2 },
      { kind: 'put', serial: 1, refs: 1 },
    ]);
  });
  it('takes the last note as the reason', () => {
    expect(endReason(anExecution({ events: [...events] }), 'v6-04')).toMatch(/^sent: less was written/);
    expect(endReason(anExecution({}), 'v6-04')).toBeNull();
  });
});
