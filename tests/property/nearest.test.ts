// SPDX-License-Identifier: MIT
/** What the search for the nearest reply promises, on replies that are wrong in one to four ways. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { run } from '#engine/run/runner.ts';
import { editDocument } from '#engine/scenario/edit.ts';
import { parseDocument } from '#engine/scenario/parse.ts';
import { revisionOf } from '#engine/scenario/revision.ts';
import { REVISIONS, type Revision } from '#engine/kernel/features.ts';
import type { Scenario } from '#engine/scenario/schema.ts';
import { allPlaces, fieldEdits } from '#engine/search/candidates.ts';
import { nearest, searchNearest, searchStart } from '#engine/search/nearest.ts';
import type { Probe } from '#engine/search/probe.ts';
import { applyEdit, documentEdits, editText, type Mappings } from '#engine/search/reply.ts';
import { loadCore } from '../core-module.ts';

const CORES = new Map(REVISIONS.map((revision) => [revision, loadCore('trace', revision)]));
const coreOf = (scenario: Scenario) => CORES.get(revisionOf(scenario))!;
const NULL_ADDR = '0xffffffffffffffff';
const u64 = fc.oneof(
  fc.constantFrom(0n, 1n, 4096n, 8192n, 1n << 20n, (1n << 63n) - 1n, (1n << 64n) - 4096n, (1n << 64n) - 1n),
  fc.bigInt({ min: 0n, max: 1n << 20n }),
  fc.bigInt({ min: 0n, max: (1n << 64n) - 1n }),
);
const hex = (value: bigint) => `0x${value.toString(16)}`;

/** A mapping that would do, with some fields overwritten by anything. */
const mapping = fc
  .tuple(
    fc.constantFrom(
      { offset: '4096', length: '8192', addr: '1M', type: 2, dev: 1 },
      { offset: '0', length: '64K', addr: NULL_ADDR, type: 0, dev: 0 },
      { offset: '4096', length: '4096', addr: NULL_ADDR, type: 255, dev: 0 },
    ),
    fc.record(
      {
        offset: u64.map(hex),
        length: u64.map(hex),
        addr: u64.map(hex),
        type: fc.constantFrom(0, 1, 2, 3, 4, 5, 253, 254, 255, 256),
        flags: fc.constantFrom(0, 1, 0x80, 0x100, 0x8001),
        dev: fc.constantFrom(0, 1, 2, 3, 99, 0x7fff_ffff),
      },
      { requiredKeys: [] },
    ),
    fc.subarray(['offset', 'length', 'addr', 'type', 'flags', 'dev'], { maxLength: 2 }),
  )
  .map(([good, bad, keys]) => ({
    ...good,
    ...Object.fromEntries(Object.entries(bad).filter(([key]) => keys.includes(key))),
  }));

/** One device with id 1, a passthrough file with id 2, and a reply about it. */
const document = fc
  .record({
    read: mapping,
    write: fc.option(mapping, { nil: undefined }),
    op: fc.constantFrom(0, 1, 2),
    revision: fc.constantFrom<Revision>('v6-04', 'late', 'v6-03'),
    caches: fc.boolean(),
    pos: fc.constantFrom(4096, 5000),
  })
  .map(({ read, write, op, pos, revision, caches }) =>
    JSON.stringify({
      format: 1,
      kernel: { revision },
      inodes: { a: { caches } },
      fds: { 3: { kind: 'blk', device: 'vda' }, 4: { kind: 'reg' } },
      steps: [
        { do: 'backing_open' },
        { do: 'backing_open', fd: 4, type: 'PASSTHROUGH' },
        { do: 'iomap_begin', op, pos, reply: write === undefined ? { read } : { read, write } },
      ],
    }),
  );

const STEP = 2;

function parsed(text: string): Scenario {
  const { scenario, problems } = parseDocument(text);
  if (scenario === null) throw new Error(`${problems[0]?.message}: ${text}`);
  return scenario;
}

const ran = (scenario: Scenario) => run(coreOf(scenario), scenario).executions[STEP]!;

function startOf(text: string) {
  const scenario = parsed(text);
  const start = searchStart(coreOf(scenario), scenario, ran(scenario));
  // What goes to the mapping cache is neither accepted nor refused.
  fc.pre(start !== null);
  return { scenario, ...start };
}

/** All single edits of a field to a value of the boundary set that reach another verdict, without any cleverness. */
function single(probe: Probe, mappings: Mappings, outcome: string): string[] {
  return allPlaces(mappings).flatMap((place) =>
    fieldEdits(probe, mappings, place)
      .filter((edit) => probe.evaluate(applyEdit(mappings, edit)).outcome === outcome)
      .map(editText),
  );
}

describe('the nearest reply', () => {
  it('has the other verdict once its edits are made in the document', () => {
    fc.assert(
      fc.property(document, (text) => {
        const { scenario, probe, mappings } = startOf(text);
        const { goal, suggestions } = nearest(probe, mappings);
        const step = scenario.steps[STEP]!;
        if (step.do !== 'iomap_begin') throw new Error('no begin');
        for (const { edits, verdict } of suggestions) {
          const edited = editDocument(text, documentEdits(STEP, step.reply, edits));
          const execution = ran(parsed(edited.text));
          expect(execution.outcome).toBe(goal === 'accept' ? 'ok' : 'refused');
          expect(execution.decided?.check).toBe(verdict.decided?.check);
          expect([execution.iomap, execution.srcmap]).toEqual([verdict.iomap, verdict.srcmap]);
        }
      }),
      { numRuns: 150 },
    );
  });

  it('is at one edit wherever one edit of a field in the boundary set will do', () => {
    fc.assert(
      fc.property(document, (text) => {
        const { probe, mappings } = startOf(text);
        const { goal, suggestions } = nearest(probe, mappings);
        const possible = single(probe, mappings, goal === 'accept' ? 'ok' : 'refused');
        const ones = suggestions.filter(
          ({ edits: [only, second] }) => second === undefined && only?.kind === 'field',
        );
        expect(ones.length > 0, possible.join('; ')).toBe(possible.length > 0);
      }),
      { numRuns: 150 },
    );
  });

  it('comes in at most three, fewest edits first and then the smallest, no two the same', () => {
    fc.assert(
      fc.property(document, (text) => {
        const { probe, mappings } = startOf(text);
        const { suggestions, fields, evaluations, complete } = nearest(probe, mappings);
        expect(suggestions.length).toBeLessThanOrEqual(3);
        const order = suggestions.map(({ edits, size }) => edits.length * 1e6 + size);
        expect(order).toEqual([...order].sort((a, b) => a - b));
        const texts = suggestions.map(({ edits }) => edits.map(editText).sort().join());
        expect(new Set(texts).size).toBe(texts.length);
        expect(fields).toBeLessThanOrEqual(2);
        expect(evaluations).toBeGreaterThan(0);
        expect(complete || suggestions.length === 0).toBe(true);
      }),
      { numRuns: 50 },
    );
  });
});

describe('the nearest accepted reply', () => {
  const offered = (read: object, write?: object, machine: object = {}, op: string[] = []) => {
    const reply = write === undefined ? { read } : { read, write };
    const steps = [
      { do: 'backing_open' },
      { do: 'backing_open' },
      { do: 'iomap_begin', op, pos: 4096, reply },
    ];
    const { probe, mappings } = startOf(JSON.stringify({ format: 1, ...machine, steps }));
    return nearest(probe, mappings).suggestions.map(({ edits }) => edits.map(editText).join(' and '));
  };
  const mapped = { offset: 4096, length: 4096, addr: '1M', type: 'MAPPED', dev: 1 };
  const hole = { offset: 4096, length: 4096, addr: 'NULL_ADDR' };

  it('has the id of a device that is there, or is a hole', () => {
    expect(offered({ ...mapped, dev: 99 })).toEqual(['read.dev 99 -> 1', 'read.dev 99 -> 2', 'read: a hole']);
  });

  it('starts at pos, or reaches it', () => {
    const [first, second] = offered({ ...mapped, offset: 0 });
    expect([first, second]).toEqual(['read.offset 0 -> 4096', 'read.length 4096 -> 8192']);
  });

  it('has a slot that was left zeroed as a whole', () => {
    expect(offered(mapped, {}, {}, ['WRITE'])[0]).toBe('write: a pure overwrite of read');
  });

  it('needs an edit in each slot where each has a fault of its own', () => {
    expect(offered({ ...mapped, dev: 99 }, { ...mapped, offset: 100 }, {}, ['WRITE'])[0]).toBe(
      'write.offset 100 -> 4096 and read.dev 99 -> 1',
    );
  });

  it('is found by its type even if the deciding check never looks at the type', () => {
    const late = { kernel: { revision: 'late' }, inodes: { a: { caches: true } } };
    expect(offered(hole, { ...hole, length: 5000, flags: 0x100 }, late)).toContain(
      'write.type HOLE -> RETRY_CACHE',
    );
  });
});

describe('a search that no two edits end', () => {
  // No offset is below maxBytes, so no reply will do; the search has to find that out.
  const wrong = { offset: 1, length: 0, addr: 0, type: 5, flags: 256, dev: 9 };
  const text = JSON.stringify({
    format: 1,
    superblock: { maxBytes: 0 },
    steps: [
      { do: 'backing_open' },
      { do: 'backing_open' },
      { do: 'iomap_begin', reply: { read: wrong, write: wrong } },
    ],
  });

  it('says that it is not complete, reports while it is driven, and can be left', () => {
    const { probe, mappings } = startOf(text);
    expect(nearest(probe, mappings)).toMatchObject({ suggestions: [], fields: 2, complete: false });
    const search = searchNearest(probe, mappings);
    expect(search.next()).toMatchObject({ done: false, value: { fields: expect.any(Number) } });
    search.return(undefined as never);
    expect(search.next().done).toBe(true);
  });
});
