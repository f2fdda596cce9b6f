// SPDX-License-Identifier: MIT
import { describe, expect, it } from 'vitest';
import * as v from 'valibot';
import type { CheckRecord, Execution, Iomap, NoteId, Request } from '../run/types.ts';
import { scenarioSchema } from '../scenario/schema.ts';
import { anExecution } from '../testing/parts.ts';
import type { CheckId } from '../kernel/checks.ts';
import { CHECK_IDS } from '../kernel/checks.ts';
import { IOMAP_OP } from '../kernel/names.ts';
import { checkWords, explain } from './words.ts';

const scenario = v.parse(scenarioSchema, {
  format: 1n,
  steps: [{ do: 'iomap_begin' }, { do: 'iomap_end' }],
});

const record = (check: CheckId, which: CheckRecord['which'], ...operands: bigint[]): CheckRecord => ({
  check,
  which,
  result: 'fail',
  operands,
});

const refusedBy = (check: CheckId, which: CheckRecord['which'], ...operands: bigint[]) =>
  explain(
    anExecution({ outcome: 'refused', ret: -117n, decided: record(check, which, ...operands) }),
    scenario,
  );

const request = (fields: Partial<Request>): Request => ({
  opcode: 4094,
  name: 'FUSE_IOMAP_BEGIN',
  unique: 4n,
  nodeid: 12n,
  bytes: new Uint8Array(32),
  opflags: 0,
  attr_ino: 12n,
  pos: 4096n,
  count: 4096n,
  written: null,
  map: null,
  ioend: null,
  ...fields,
});

const map = (fields: Partial<Iomap>): Iomap => ({
  offset: 4096n,
  length: 4096n,
  addr: 0x100000n,
  type: 2,
  flags: 0,
  bdev: 'vda',
  ...fields,
});

const accepted = (opflags: number, iomap: Iomap, srcmap: Iomap | null = null, count = 4096n) =>
  explain(anExecution({ request: request({ opflags, count }), iomap, srcmap }), scenario).sentence;

describe('checkWords', () => {
  it.each(CHECK_IDS.filter((id) => id !== 'none'))('%s has words that use its operands', (id) => {
    const { label, fn, operands, predicate, sentence } = checkWords[id];
    expect(label).toMatch(/^[a-z_]/i);
    expect(label.length).toBeLessThanOrEqual(20);
    expect(fn).toMatch(/^fuse_[a-z_]+$/);
    const values = operands.map((_, index) => BigInt(4096 + index));
    for (const text of [predicate(values, 'read'), sentence(values, 'read', scenario)]) {
      expect(text.length).toBeGreaterThan(0);
      expect(text).not.toMatch(/undefined|null|NaN|\bn\b/);
    }
    expect(sentence(values, 'read', scenario)).toMatch(/\.$/);
  });

  it('writes predicates with live numbers', () => {
    expect(checkWords['read-after-pos'].predicate([8192n, 4096n])).toBe('read.offset 8192 > pos 4096');
    expect(checkWords['flags-unknown'].predicate([0x100n, 0xffn], 'write')).toBe('write.flags 0x100 & ~0xff');
    expect(checkWords['addr-missing'].predicate([-1n, 2n], 'read')).toBe('read.addr NULL_ADDR == NULL_ADDR');
    expect(checkWords['open-badfd'].predicate([-1n])).toBe('fget_raw(-1) == NULL');
    expect(checkWords['open-id'].predicate([1n, 1025n, 7n, -28n])).toBe('no id free in 1..1024, cursor 7');
  });
});

describe('explain: refused', () => {
  it('names the check, its function and the numbers', () => {
    expect(refusedBy('read-after-pos', 'read', 8192n, 4096n)).toEqual({
      headline: 'Refused',
      sentence:
        'The read mapping starts at byte 8192. The kernel asked about byte 4096, and the mapping must cover at ' +
        'least that byte.',
      where: 'read-after-pos in fuse_iomap_begin_validate',
      by: { check: 'read-after-pos', fn: 'fuse_iomap_begin_validate' },
    });
  });

  it('says which boundaries an unaligned offset lies between', () => {
    expect(refusedBy('offset-unaligned', 'write', 4196n, 4096n).sentence).toContain(
      'the nearest are 4096 and 8192',
    );
  });

  it('does not propose a length of 0', () => {
    expect(refusedBy('length-unaligned', 'read', 100n, 4096n).sentence).toMatch(
      /whole blocks: the smallest is 4096\.$/,
    );
    expect(refusedBy('length-unaligned', 'read', 5000n, 4096n).sentence).toContain(
      'the nearest are 4096 and 8192',
    );
  });

  it('tells the four ways of not finding a device apart', () => {
    const sentences = [0n, 2n, 3n].map((found) => refusedBy('dev-not-found', 'read', 9n, 2n, found).sentence);
    expect(refusedBy('dev-not-found', 'read', 0x7fffffffn, 2n, 3n).sentence).toContain('on dev 0x7fffffff');
    expect(sentences[0]).toContain('no backing has that id');
    expect(sentences[1]).toContain('passthrough backing');
    expect(sentences[2]).toContain('1 to 0x7ffffffe');
  });

  it('says what became of the write() and of the request', () => {
    const said = explain(
      anExecution({
        outcome: 'refused',
        ret: -5n,
        decided: record('reply-size', null, 48n, 80n),
        reply: {
          bytes: new Uint8Array(48),
          header: { len: 48, error: 0, unique: 4n },
          read: null,
          write: null,
          writeFilledIn: false,
          writeRet: -22,
          consumed: true,
        },
      }),
      scenario,
    );
    expect(said.sentence).toContain(
      "The server's write() fails with -EINVAL, and the request ends with -EIO.",
    );
  });

  it('tells why a file does not fit', () => {
    expect(refusedBy('open-may-open', null, 1n, 0o100000n, 0n, -19n).sentence).toContain('a regular file');
    expect(refusedBy('open-may-open', null, 0n, 0o100000n, 2n, -40n).sentence).toContain('less than 2 deep');
    expect(refusedBy('open-may-open', null, 0n, 0o040000n, 0n, -21n).sentence).toContain('a directory');
  });
});

describe('explain: an accepted mapping', () => {
  it('a read from a device', () => {
    expect(accepted(0, map({}))).toBe(
      'Byte 4096 of the file is at sector 2048 of vda. It answers for all 4096 bytes asked about.',
    );
  });

  it('counts the sector from pos, not from the start of the mapping', () => {
    expect(accepted(0, map({ offset: 0n, length: 8192n }))).toContain('sector 2056 of vda');
  });

  it('an out-of-place write', () => {
    const said = accepted(1, map({}), map({ addr: 0x80000n }));
    expect(said).toContain(
      'what the kernel needs of the old block it reads from sector 1024 of vda; the new block goes to sector 2048 of vda.',
    );
  });

  it('a direct one, and writing back, which have no use for the old block', () => {
    const to = 'the bytes go to sector 2048 of vda; nothing of the old block is read or copied.';
    const opflags = [1 | IOMAP_OP.DIRECT, IOMAP_OP.WRITEBACK];
    expect(accepted(opflags[0]!, map({}), map({ addr: 0x80000n }))).toContain(to);
    expect(accepted(opflags[1]!, map({}), map({ addr: 0x80000n }))).toContain(to);
  });

  it.each([
    [0, 'A hole'],
    [1, 'promised'],
    [3, 'reads as zeros'],
    [4, 'inline'],
  ])('reading type %d', (type, words) => {
    expect(accepted(0, map({ type, bdev: null, addr: (1n << 64n) - 1n }))).toContain(words);
  });

  it('a pure overwrite', () => {
    expect(accepted(1, map({}))).toContain(
      'A pure overwrite: byte 4096 keeps its place, sector 2048 of vda.',
    );
  });

  it('says how much the mapping answers, limited by a srcmap that is not a hole', () => {
    expect(accepted(0, map({}), null, 10000n)).toContain('It answers for 4096 of 10,000 bytes');
    expect(accepted(1, map({ length: 8192n }), map({}), 8192n)).toContain(
      'It answers for 4096 of 8192 bytes',
    );
  });
});

describe('explain: the other steps', () => {
  const end = (fields: Partial<Execution>) =>
    explain(anExecution({ do: 'iomap_end', step: 1, ...fields }), scenario);

  const note = (id: NoteId) => ({ events: [{ kind: 'note', after: 0, note: id, a: 0n, b: 0n } as const] });

  it('an end that is not sent', () => {
    expect(end(note('end-not-a-write'))).toMatchObject({
      headline: 'Not sent',
      sentence: 'The server hears nothing of this: the operation was not a file write.',
    });
    expect(end(note('end-complete')).sentence).toContain('counts all bytes as done');
  });

  it('an end that is sent, and why', () => {
    const short = { request: request({ opflags: 1, written: 512n }) };
    expect(end({ ...short, ...note('end-short') })).toMatchObject({
      headline: 'Sent',
      sentence: 'The server was told that 512 of 4096 bytes were done, as for every incomplete write.',
    });
    expect(end({ ...short, ...note('end-wanted') }).sentence).toContain('ANON_WRITE');
    expect(end({ ...short, ...note('end-size-changed') }).sentence).toContain('changed the file size');
    const failed = { request: request({ opflags: 1, written: -5n }) };
    expect(end({ ...failed, ...note('end-short') }).sentence).toContain('the operation failed with -EIO');
  });

  it('an open, a close, an unmount', () => {
    const entry = { id: 3, serial: 3, type: 'IOMAP', refs: 1, device: 'vda', fd: 3 } as const;
    const opened = anExecution({
      do: 'backing_open',
      ret: 3n,
      changes: [
        { kind: 'opened', entry },
        { kind: 'cursor', from: 3, to: 4 },
      ],
    });
    expect(explain(opened, scenario)).toMatchObject({
      headline: 'Opened as id 3',
      sentence:
        'vda is now dev 3 of this connection, and mappings may name it. The next search for an id starts at 4.',
    });
    const closing = (freed: boolean) =>
      explain(
        anExecution({
          do: 'backing_close',
          changes: [
            { kind: 'closed', id: 2, serial: 2 },
            ...(freed ? [{ kind: 'freed', serial: 2 } as const] : []),
          ],
        }),
        scenario,
      );
    expect(closing(false).sentence).toContain('still in use');
    expect(closing(true).sentence).not.toContain('still in use');
    const unmounted = anExecution({ do: 'unmount', changes: [{ kind: 'unmounted' }] });
    expect(explain(unmounted, scenario).sentence).toBe(
      'The connection is gone, and its backing table with it, iomap devices included.',
    );
  });

  it('an error, a wait, a step that is never reached', () => {
    expect(explain(anExecution({ outcome: 'error', ret: -28n }), scenario)).toMatchObject({
      headline: 'Error passed on',
      sentence:
        'The server answered -ENOSPC. The kernel looks at no mapping and hands the error to whoever asked.',
    });
    const waiting = anExecution({
      outcome: 'waiting',
      ret: null,
      decided: record('reply-unique', null, 9n, 4n),
    });
    expect(explain(waiting, scenario)).toMatchObject({ headline: 'Still waiting' });
    expect(explain(waiting, scenario).sentence).toContain('for request 9; the one that waits is 4');
    expect(
      explain(anExecution({ outcome: 'not-called', ret: null, remark: 'Unmounted before.' }), scenario),
    ).toEqual({ headline: 'Not called', sentence: 'Unmounted before.', where: '', by: null });
  });
});
