// SPDX-License-Identifier: MIT
import { describe, expect, it } from 'vitest';
import type { CheckId } from '#engine/kernel/checks.ts';
import { compareRuns } from '#engine/compare/runs.ts';
import { run } from '#engine/run/runner.ts';
import type { JsonValue } from '#engine/scenario/json.ts';
import { parseDocument } from '#engine/scenario/parse.ts';
import { minifyScenario } from '#engine/scenario/print.ts';
import { retarget } from '#engine/scenario/revision.ts';
import type { Revision } from '#engine/kernel/features.ts';
import type { Scenario } from '#engine/scenario/schema.ts';
import { PLAIN_QUESTION, finish, searchDifference, searchOnlyCheck } from '#engine/search/difference.ts';
import { loadCore } from '../core-module.ts';

const side = (revision: Revision) => ({ label: revision, revision, module: loadCore('trace', revision) });

function parsed(document: JsonValue): Scenario {
  const { scenario, problems } = parseDocument(minifyScenario(document));
  if (scenario === null) throw new Error(problems[0]?.message);
  return scenario;
}

describe('a reply on which two revisions disagree', () => {
  it.each<[Revision, Revision]>([
    ['v6-03', 'v6-04'],
    ['v6-04', '2026-01'],
    ['2026-01', 'v7-04'],
    ['v7-04', 'late'],
    ['late', 'v6-04'],
  ])('is found for %s and %s, as a scenario that shows it', (a, b) => {
    const [left, right] = [side(a), side(b)];
    const found = finish(searchDifference(left, right));
    const scenario = parsed(found!.document);
    expect(scenario.kernel.revision).toBe(a);
    expect(scenario.title).toMatch(new RegExp(`^${a} and ${b} disagree: `));
    const runs = [left, right].map(({ module, revision }) => run(module, retarget(scenario, revision)));
    const pair = compareRuns(runs[0]!, runs[1]!).pairs[found!.step]!;
    expect(pair.differences[0]?.kind).toMatch(/verdict|struct|message/);
  });

  it('is a small one', () => {
    const found = finish(searchDifference(side('v7-04'), side('late')));
    const { steps } = found!.document as { steps: { reply: Record<'read' | 'write', { dev: bigint }> }[] };
    const { read, write } = steps[1]!.reply;
    // All it takes is another id in the write mapping, which one of the two looks up.
    expect({ ...write, dev: 1n }).toEqual(read);
    expect(Object.keys(read)).toEqual(['offset', 'length', 'type', 'dev']);
    expect(found!.verdicts.map(({ decided }) => decided?.check)).toEqual([undefined, 'dev-not-found']);
    // The title says which of the two answers is whose.
    const title = parsed(found!.document).title;
    expect(title).toMatch(/disagree: ok with bdev vda in v7-04, refused by dev-not-found .* in late$/);
  });

  it('is found where only the end differs, with an end', () => {
    const found = finish(searchDifference(side('2026-01'), side('v7-04')));
    expect(found!.verdicts.map(({ end }) => end?.map?.addr)).toEqual([0n, expect.any(BigInt)]);
    const { steps } = parsed(found!.document);
    expect(steps.map((step) => step.do)).toEqual(['backing_open', 'iomap_begin', 'iomap_end']);
    expect(parsed(found!.document).title).toMatch(/disagree: iomap_end does not send the same$/);
  });

  it('is that one accepts what the other refuses, if there is such a reply; then others are offered', () => {
    const [left, right] = [side('v6-04'), side('late')];
    const kinds: string[] = [];
    const names: string[] = [];
    for (let i = 0; i < 5; i++) {
      const found = finish(searchDifference(left, right, PLAIN_QUESTION, { skip: names }));
      if (found === null) break;
      expect(names).not.toContain(found.difference);
      names.push(found.difference);
      kinds.push(found.difference.split(' ')[0]!);
      const oks = found.verdicts.map(({ outcome }) => outcome === 'ok');
      expect(oks[0] !== oks[1]).toBe(kinds.at(-1) === 'acceptance');
    }
    const order = ['acceptance', 'errno', 'check', 'struct', 'end'];
    expect(kinds.length).toBeGreaterThan(2);
    expect(kinds[0]).toBe('acceptance');
    const ranks = kinds.map((kind) => order.indexOf(kind));
    expect(ranks).toEqual([...ranks].sort((a, b) => a - b));
  });

  it('is not found where there is none: the search ends, reports on the way, and can be left', () => {
    const same = side('v6-04');
    const search = searchDifference(same, same, PLAIN_QUESTION, { maxReplies: 2000 });
    const reports = [];
    for (;;) {
      const next = search.next();
      if (next.done) {
        expect(next.value).toBeNull();
        break;
      }
      reports.push(next.value);
    }
    expect(reports.map(({ evaluations }) => evaluations)).toEqual([1000, 2000, 3000, 4000]);
    const left = searchDifference(same, same);
    left.next();
    left.return(null);
    expect(left.next()).toEqual({ done: true, value: undefined });
  });

  it('says why there is nothing to search', () => {
    expect(() =>
      finish(searchDifference(side('v6-04'), side('late'), { ...PLAIN_QUESTION, step: 0 })),
    ).toThrow(/step 1 is not an iomap_begin/);
  });
});

describe('a reply that one check alone refuses', () => {
  const only = (check: CheckId, revision: Revision = 'v6-04') =>
    finish(searchOnlyCheck(side(revision), check, PLAIN_QUESTION, { maxReplies: 20_000 }));

  it.each<[CheckId, Revision]>([
    ['type-unknown', 'v6-04'],
    ['flags-unknown', 'v6-04'],
    ['length-zero', 'v6-04'],
    ['offset-unaligned', 'v6-04'],
    ['length-unaligned', 'v6-04'],
    ['file-range-overflow', 'v6-04'],
    ['dev-missing', 'v6-04'],
    ['addr-missing', 'v6-04'],
    ['dev-forbidden', 'v6-04'],
    ['addr-forbidden', 'v6-04'],
    ['overwrite-on-read', 'v6-04'],
    ['device-range-overflow', 'v6-04'],
    ['read-after-pos', 'v6-04'],
    ['write-after-pos', 'v6-04'],
    ['read-before-pos', 'v6-04'],
    ['write-before-pos', 'v6-04'],
    ['dev-not-found', 'v6-04'],
    ['dev-unsupported', 'v6-03'],
    ['cache-unavailable', 'late'],
    ['nocache-on-begin', 'late'],
  ])('is found for %s in %s', (check, revision) => {
    const found = only(check, revision);
    const scenario = parsed(found!.document);
    const execution = run(side(revision).module, scenario).executions[found!.step]!;
    const failed = execution.path.filter(({ result }) => result === 'fail' || result === 'would-fail');
    expect(failed.map((record) => record.check)).toEqual([check]);
    expect(execution.decided).toEqual(failed[0]);
  });

  it('is not found where the file is smaller than no position: past maxbytes is past pos too', () => {
    expect(only('offset-past-maxbytes')).toBeNull();
  });

  it('is not found for a check of another revision', () => {
    expect(
      finish(searchOnlyCheck(side('v6-04'), 'nocache-on-begin', PLAIN_QUESTION, { maxReplies: 2000 })),
    ).toBeNull();
  });
});
