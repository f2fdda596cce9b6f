// SPDX-License-Identifier: MIT
/** What the revisions are said to differ in (engine/kernel/revisions.ts), on the cores. */
import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { checksOf } from '#engine/checks/of-revision.ts';
import { allRevisions } from '#engine/kernel/revisions.ts';
import { run } from '#engine/run/runner.ts';
import type { JsonValue } from '#engine/scenario/json.ts';
import { parseDocument } from '#engine/scenario/parse.ts';
import { retarget, revisionOf } from '#engine/scenario/revision.ts';
import { REVISIONS, type Revision } from '#engine/kernel/features.ts';
import type { Scenario } from '#engine/scenario/schema.ts';
import { loadCore } from '../core-module.ts';

const ROOT = new URL('../../', import.meta.url);

function parsed(document: JsonValue): Scenario {
  const { scenario, problems } = parseDocument(JSON.stringify(document));
  if (scenario === null) throw new Error(problems[0]?.message);
  return scenario;
}

const last = (document: JsonValue, revision: Revision) =>
  run(loadCore('trace', revision), retarget(parsed(document), revision)).executions.at(-1)!;

describe.each(allRevisions())('$name', ({ name, title, date, mail, note, vectors, compared, changes }) => {
  it('has a date, a mail or a reason for none, and what it changed', () => {
    expect(date).toMatch(/^\d{4}(-\d\d(-\d\d)?)?$/);
    expect(title).toMatch(/^\S.{3,40}$/);
    expect(changes.length).toBeGreaterThan(0);
    for (const change of changes) expect(change).toMatch(/^[A-Za-z].{15,}\.$/);
    if (mail === null) expect(note).toMatch(/no posting/);
    else expect(mail.url).toBe(`https://lore.kernel.org/r/${mail.messageId}`);
  });

  it('is built, in both kinds', () => {
    for (const kind of ['fast', 'trace']) {
      expect(existsSync(new URL(`build/core/${name}.${kind}.wasm`, ROOT))).toBe(true);
    }
  });

  it('claims vectors if and only if the conformance run has its rows', () => {
    const conformance = readFileSync(new URL('tests/conformance/main.ts', ROOT), 'utf8');
    if (vectors !== null) expect(conformance).toMatch(new RegExp(`  '?${vectors}'?: '${name}'`));
    expect(Object.values(compared).includes('golden')).toBe(vectors !== null);
  });
});

it('says of a revision that was not posted that it was not, and what of its date is not known', () => {
  const of = (name: Revision) => allRevisions().find((info) => info.name === name)!;
  expect(of('2026-01').note).toMatch(/never posted: it has no mail of its own.*only the month is known/);
  // What is linked instead is named by its own subject: a review in the thread of v6.
  expect(of('2026-01').mail?.subject).toBe('Re: [PATCH 01/31] fuse: implement the basic iomap mechanisms');
  expect(of('late').note).toMatch(/no posting of this form was found, and its day is not known/);
  expect(of('v7-04').mail?.messageId).toMatch(/^177188734331\.3935739\./);
  expect(of('v7-04').date).toBe('2026-02-23');
});

it('names the revisions in the order of their dates', () => {
  const dates = allRevisions().map(({ date }) => date.slice(0, 4));
  expect(dates).toEqual([...dates].sort());
  expect(allRevisions().map(({ name }) => name)).toEqual([...REVISIONS]);
});

it('tells of each check with the revision that brought it', () => {
  const brought = REVISIONS.slice(1).map((revision, i) => {
    const earlier = new Set(REVISIONS.slice(0, i + 1).flatMap(checksOf));
    return { revision, checks: checksOf(revision).filter((check) => !earlier.has(check)) };
  });
  expect(brought.flatMap(({ checks }) => checks).length).toBeGreaterThan(10);
  const untold = brought.flatMap(({ revision, checks }) => {
    const told = allRevisions()
      .find(({ name }) => name === revision)!
      .changes.join(' ');
    return checks.filter((check) => !told.includes(check)).map((check) => `${revision}: ${check}`);
  });
  expect(untold).toEqual([]);
});

it('answers a scenario that names none as v6-04, and retargets', () => {
  const scenario = parsed({ format: 1, steps: [] });
  expect(revisionOf(scenario)).toBe('v6-04');
  expect(revisionOf(retarget(scenario, 'late'))).toBe('late');
  expect(revisionOf(scenario)).toBe('v6-04');
});

describe('what differs', () => {
  const hole = { length: 4096, addr: 'NULL_ADDR' };
  const mapped = { length: 4096, addr: '1M', type: 'MAPPED', dev: 1 };
  const wrote: { format: number; steps: Record<string, JsonValue>[] } = {
    format: 1,
    steps: [
      { do: 'backing_open' },
      { do: 'iomap_begin', op: ['WRITE'], reply: { read: mapped } },
      { do: 'iomap_end', written: 0 },
    ],
  };

  it('an iomap device can be opened from v6-04 on', () => {
    const open = { format: 1, steps: [{ do: 'backing_open' }] };
    expect(REVISIONS.map((revision) => last(open, revision).ret)).toEqual([-95n, 1n, 1n, 1n, 1n, 1n, 1n]);
    expect(last(open, 'v6-03').decided?.check).toBe('open-type-unknown');
  });

  it("before devices, the superblock's own one is in the iomap", () => {
    const read = {
      format: 1,
      superblock: { bdev: 'vda' },
      steps: [{ do: 'iomap_begin', reply: { read: hole } }],
    };
    expect(REVISIONS.map((revision) => last(read, revision).iomap?.bdev)).toEqual([
      'vda',
      null,
      null,
      null,
      null,
      null,
      null,
    ]);
  });

  it('what iomap_end tells of the place: nothing, dev with addr 0, dev and addr', () => {
    const told = REVISIONS.slice(1).map((revision) => {
      const { addr, dev } = last(wrote, revision).request!.map!;
      return [addr, dev];
    });
    expect(told).toEqual([
      [0xffff_ffff_ffff_ffffn, 0],
      [0n, 1],
      [1n << 20n, 1],
      [1n << 20n, 1],
      [1n << 20n, 1],
      [1n << 20n, 1],
    ]);
  });

  it('only revisions with the cache remember that a server has no iomap_end', () => {
    const twice = {
      ...wrote,
      steps: [
        ...wrote.steps.slice(0, 2),
        { do: 'iomap_end', written: 0, reply: { error: '-ENOSYS' } },
        { do: 'iomap_end', written: 0 },
      ],
    };
    expect(REVISIONS.slice(1).map((revision) => last(twice, revision).request !== null)).toEqual([
      true,
      true,
      true,
      false,
      true,
      false,
    ]);
  });

  it('RETRY_CACHE is left to the cache that late has, if the inode caches mappings', () => {
    const retry = (caches: boolean) => ({
      format: 1,
      inodes: { a: { caches } },
      steps: [
        {
          do: 'iomap_begin',
          reply: { read: { ...hole, type: 'RETRY_CACHE' } },
          expect: { ret: 'retry-cache' },
        },
      ],
    });
    // The kernel that ran had no mapping cache.
    const found = { outcome: 'retry-cache', trust: 'golden', ret: null, unmet: [] };
    expect(last(retry(true), 'late')).toMatchObject(found);
    expect(last(retry(false), 'late').decided?.check).toBe('cache-unavailable');
    expect(last(retry(true), 'v7-04').decided?.check).toBe('type-unknown');
  });

  it('a verdict is golden or running only where there are vectors', () => {
    const begin = { format: 1, steps: [{ do: 'iomap_begin', reply: { read: hole } }] };
    const trusts = REVISIONS.map((revision) => last(begin, revision).trust);
    expect(trusts).toEqual(['golden', 'golden', 'reading', 'reading', 'running', 'golden', 'golden']);
    const ends = REVISIONS.slice(1).map((revision) => last(wrote, revision).trust);
    expect(ends).toEqual(['golden', 'golden', 'reading', 'golden', 'golden', 'golden']);
  });
});
