// SPDX-License-Identifier: MIT
import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { CHECKS } from '../kernel/checks.ts';
import { NULL_ADDR } from '../kernel/names.ts';
import type { Execution, Request, WireMapping } from './types.ts';
import { scenarioSchema } from '../scenario/schema.ts';
import { aReply, anExecution } from '../testing/parts.ts';
import { badDataCondition } from './conditions.ts';
import { logLines } from './tracepoints.ts';

const scenarioOf = (step: object, config = {}) =>
  v.parse(scenarioSchema, { format: 1n, kernel: { config }, steps: [step] });

const inode = { ino: 12n, nodeid: 7n, size: 0x10000n };
const PREFIX = 'connection ? ino 12 nodeid 7 isize 0x10000';

const read: WireMapping = { offset: 4096n, length: 8192n, addr: 0x100000n, type: 2, flags: 0x85, dev: 1 };
const write: WireMapping = { offset: 4096n, length: 8192n, addr: NULL_ADDR, type: 255, flags: 0, dev: 0 };

const reply = aReply(read, write);

const request: Request = {
  opcode: 4094,
  name: 'FUSE_IOMAP_BEGIN',
  unique: 2n,
  nodeid: 7n,
  bytes: new Uint8Array(32),
  opflags: 1,
  attr_ino: 12n,
  pos: 4096n,
  count: 512n,
  written: null,
  map: null,
  ioend: null,
};

const execution = (over: Partial<Execution>): Execution => anExecution({ request, reply, ...over });

const begin = { do: 'iomap_begin', pos: 4096n, count: 512n, op: ['WRITE', 'DIRECT', 'OVERWRITE_ONLY'] };
const BEGIN = `fuse_iomap_begin: ${PREFIX} opflags (write|direct|overwrite) pos 0x1000 length 0x200`;
const MAPS = [
  `fuse_iomap_read_map: ${PREFIX} offset 0x1000 length 0x2000 type mapped dev 1 addr 0x100000 ` +
    'mapflags (new|shared|iomap_end)',
  `fuse_iomap_write_map: ${PREFIX} offset 0x1000 length 0x2000 type overwrite dev 0 ` +
    'addr 0xffffffffffffffff mapflags ()',
];
const text = (over: Partial<Execution>, step: object = begin, config = {}) =>
  logLines({ execution: execution(over), scenario: scenarioOf(step, config), inode }).map((l) => l.text);

describe('iomap_begin', () => {
  it('tells of the call and of both maps', () => {
    expect(text({})).toEqual([BEGIN, ...MAPS]);
  });

  it('prints bits without a name as one number, at the end', () => {
    expect(text({ ret: null, outcome: 'waiting' }, { ...begin, op: [1n, 0x4000_1000n] })).toEqual([
      `fuse_iomap_begin: ${PREFIX} opflags (write|0x40001000) pos 0x1000 length 0x200`,
    ]);
  });

  it('calls a failed request an error, whatever made it fail', () => {
    expect(text({ outcome: 'error', ret: -28n })).toEqual([
      BEGIN,
      `${BEGIN.replace('begin:', 'begin_error:')} err -28`,
    ]);
    const size = { check: 'reply-size' as const, which: null, result: 'fail' as const, operands: [48n, 80n] };
    expect(text({ outcome: 'refused', ret: -5n, decided: size }).at(-1)).toBe(
      `${BEGIN.replace('begin:', 'begin_error:')} err -5`,
    );
  });

  it('reports bad data after the maps, and warns only in a debug kernel', () => {
    const decided = {
      check: 'read-after-pos' as const,
      which: 'read' as const,
      result: 'fail' as const,
      operands: [],
    };
    const bad = 'func fuse_iomap_begin_validate line ? condition read->offset > pos';
    expect(text({ outcome: 'refused', ret: -117n, decided })).toEqual([
      BEGIN,
      ...MAPS,
      `fuse_iomap_bad_data: ${bad}`,
      'Bad mapping: read->offset > pos, func: fuse_iomap_begin_validate, line: ?',
    ]);
    expect(text({ outcome: 'refused', ret: -117n, decided }, begin, { FUSE_IOMAP_DEBUG: false })).toEqual([
      BEGIN,
      ...MAPS,
      `fuse_iomap_bad_data: ${bad}`,
    ]);
  });

  it('stays silent when the kernel is not called', () => {
    expect(text({ outcome: 'not-called', ret: null, request: null })).toEqual([]);
  });
});

describe('iomap_end', () => {
  const end = {
    ...request,
    opcode: 4095,
    name: 'FUSE_IOMAP_END',
    written: -5n,
    map: { ...read, flags: 0x100 },
  };
  const LINE = `fuse_iomap_end: ${PREFIX} opflags (write) pos 0x1000 length 0x200 written -5`;
  it('prints the message, and the error if one came back', () => {
    const lines = text({ do: 'iomap_end', request: end, ret: -5n }, { do: 'iomap_end' });
    expect(lines[0]).toBe(
      `${LINE} offset 0x1000 length 0x2000 type mapped dev 1 addr 0x100000 mapflags (append)`,
    );
    expect(lines[1]).toBe(`${LINE.replace('end:', 'end_error:')} error -5`);
    expect(text({ do: 'iomap_end', request: end, ret: 0n }, { do: 'iomap_end' })).toHaveLength(1);
  });
  it('prints nothing if nothing was sent', () => {
    expect(text({ do: 'iomap_end', request: null }, { do: 'iomap_end' })).toEqual([]);
  });
});

describe('the backing table', () => {
  const entry = { id: 3, serial: 3, type: 'IOMAP', refs: 1, device: 'vda', fd: 3 } as const;
  const lines = (over: Partial<Execution>) =>
    logLines({
      execution: execution({ request: null, reply: null, ...over }),
      scenario: scenarioOf({ do: 'unmount' }),
      inode: null,
      entry: (serial) => (serial === 3 ? entry : { ...entry, serial, type: 'PASSTHROUGH', refs: 2 }),
    });
  it('tells of opens and closes', () => {
    expect(lines({ do: 'backing_open', changes: [{ kind: 'opened', entry }] })[0]?.text).toBe(
      'fuse_backing_open: connection ? idx 3 type iomap ino ? rdev ?:?',
    );
    expect(lines({ do: 'backing_close', changes: [{ kind: 'closed', id: 4, serial: 4 }] })[0]?.text).toBe(
      'fuse_backing_close: connection ? idx 4 type pass ino ? rdev 0:0',
    );
  });
  it('closes all at unmount, and warns once, before the first object that is still in use', () => {
    const busy = { kind: 'warn', after: 0, warn: 'backing-busy-at-unmount', a: 2n, b: 0n } as const;
    const all = logLines({
      execution: execution({ do: 'unmount', events: [busy, busy], changes: [{ kind: 'unmounted' }] }),
      scenario: scenarioOf({ do: 'unmount' }),
      inode: null,
      live: () => [entry, { ...entry, id: 4, refs: 2 }, { ...entry, id: 5, refs: 2 }],
    });
    expect(all.map(({ source }) => source)).toEqual(['tracepoint', 'warn', 'tracepoint', 'tracepoint']);
    expect(all.at(-1)?.text).toContain('fuse_backing_close: connection ? idx 5');
  });
});

it('knows a condition for every check on a mapping, and for no other', () => {
  // Those of May 2026 stand at the end of the list.
  const last = CHECKS.indexOf('nocache-on-begin');
  const may = CHECKS.slice(CHECKS.indexOf('overwrite-flags'));
  const logged = CHECKS.filter((id) => badDataCondition(id) !== null);
  expect(logged).toEqual([...CHECKS.slice(0, last + 1), ...may]);
});
