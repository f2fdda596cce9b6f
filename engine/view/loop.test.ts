// SPDX-License-Identifier: MIT
import { describe, expect, it } from 'vitest';
import type { CheckRecord, Io, IoCall, IoEvent, Request } from '../run/types.ts';
import { aCall, aScenario, anExecution } from '../testing/parts.ts';
import { callExecution, callsOfReplies } from './call-execution.ts';
import { bodyLines, firstShown, loopItems, moveItem } from './loop.ts';

const SCENARIO = aScenario({ do: 'pread' }, { devices: { vda: {}, vdb: {} } });

const anIo = (calls: IoCall[], events: IoEvent[]): Io => ({
  calls,
  events,
  data: null,
  origins: [],
  extents: null,
  mappedExtents: null,
  block: null,
  sizeBytes: 0n,
  diskSizeBytes: 0n,
  unanswered: null,
  eventsLeftOut: 0,
});

const aBio = (after: number, sector: bigint, over: object = {}): IoEvent => ({
  kind: 'bio',
  after,
  op: 'read',
  device: 'vda',
  sector,
  lengthBytes: 4096n,
  pos: 0n,
  error: 0,
  ...over,
});

const refusal: CheckRecord = { check: 'length-zero', which: 'read', result: 'fail', operands: [0n] };
const names = (io: Io, over = {}) =>
  loopItems(anExecution({ do: 'pread', io, ...over }), io, SCENARIO).map(({ name }) => name);

describe('the sequence inside an I/O step', () => {
  it('puts what happened between the calls where it happened', () => {
    const io = anIo(
      [aCall(), aCall({ do: 'iomap_end' }), aCall(), aCall({ do: 'iomap_end' })],
      [aBio(0, 1n), aBio(1, 8n), aBio(3, 16n), aBio(4, 24n)],
    );
    expect(names(io)).toEqual(['body', 'begin 1', 'body', 'end 1', 'begin 2', 'body', 'end 2', 'body']);
  });

  it('tells of an ioend how the I/O ended, beside what the server made of it', () => {
    const request: Request = {
      opcode: 4093,
      name: 'FUSE_IOMAP_IOEND',
      unique: 4n,
      nodeid: 12n,
      attr_ino: 12n,
      opflags: 0,
      pos: 0n,
      count: 4096n,
      written: 4096n,
      map: null,
      ioend: { flags: 1, error: -5, new_addr: 0n, dev: null },
      bytes: new Uint8Array(72),
    };
    const io = anIo([aCall({ do: 'iomap_ioend', request, ret: 0n })], []);
    const [item] = loopItems(anExecution({ do: 'pwrite', io }), io, SCENARIO);
    expect([item?.text, item?.result]).toEqual(['pos 0, 4096 bytes, SHARED, -EIO', '0']);
  });

  it('marks the refused call as what a failed step failed by, before anything else that went wrong', () => {
    const io = anIo(
      [
        aCall(),
        aCall({ outcome: 'error', ret: -28n }),
        aCall({ outcome: 'refused', decided: refusal, ret: -117n }),
      ],
      [aBio(1, 8n, { error: -5 })],
    );
    const items = loopItems(anExecution({ do: 'pread', outcome: 'error', ret: -5n, io }), io, SCENARIO);
    expect(items.filter(({ deciding }) => deciding).map(({ name }) => name)).toEqual(['begin 3']);
    expect(firstShown(items)?.name).toBe('begin 3');
  });

  it('marks the failed request to a device if no call failed', () => {
    const io = anIo([aCall(), aCall({ do: 'iomap_end' })], [aBio(1, 8n, { error: -5 })]);
    const items = loopItems(anExecution({ do: 'pread', outcome: 'error', ret: -5n, io }), io, SCENARIO);
    expect(items.map(({ deciding }) => deciding)).toEqual([false, true, false]);
    expect(items[1]?.text).toContain('-EIO');
  });

  it('marks nothing in a step that succeeded, though a call was refused on the way', () => {
    const io = anIo([aCall({ outcome: 'refused', decided: refusal, ret: -117n }), aCall()], []);
    const items = loopItems(anExecution({ do: 'pread', io }), io, SCENARIO);
    expect(items.some(({ deciding }) => deciding)).toBe(false);
    expect(firstShown(items)?.name).toBe('begin 1');
  });

  it('tells requests that go on at the next sector as one, and no others', () => {
    const lines = bodyLines(
      [aBio(0, 8n), aBio(0, 16n), aBio(0, 25n), aBio(0, 33n, { device: 'vdb' })],
      SCENARIO,
    );
    expect(lines.map(({ text }) => text)).toEqual([
      'read 8192 bytes from sector 8 of vda in 2 requests',
      'read 4096 bytes from sector 25 of vda',
      'read 4096 bytes from sector 33 of vdb',
    ]);
  });

  it('moves along the items, and with left and right from call to call', () => {
    const io = anIo([aCall(), aCall({ do: 'iomap_end' })], [aBio(1, 8n)]);
    const items = loopItems(anExecution({ do: 'pread', io }), io, SCENARIO);
    const from = (key: string, pressed: string) => moveItem(items, key, pressed)?.name ?? null;
    expect(from('call 0', 'ArrowDown')).toBe('body');
    expect(from('call 0', 'ArrowRight')).toBe('end 1');
    expect(from('call 1', 'ArrowLeft')).toBe('begin 1');
    expect(from('call 0', 'ArrowUp')).toBe(null);
    expect(from('call 0', 'End')).toBe('end 1');
    expect(from('call 0', 'x')).toBe(null);
  });
});

describe('a call as a step of its own', () => {
  it('keeps its verdict and its place', () => {
    const of = anExecution({ index: 7, step: 3, repeat: 2, do: 'pread' });
    const call = aCall({ outcome: 'refused', decided: refusal, path: [refusal], ret: -117n });
    expect(callExecution(call, of)).toMatchObject({
      index: 7,
      step: 3,
      repeat: 2,
      do: 'iomap_begin',
      outcome: 'refused',
      decided: refusal,
      io: null,
    });
  });

  it('is found by the reply that answered it, with its times', () => {
    const reply = { bytes: new Uint8Array(0) } as IoCall['reply'];
    const begin = () => aCall({ reply });
    const calls = [begin(), aCall({ do: 'iomap_end', reply }), begin(), begin(), aCall()];
    expect(callsOfReplies([{ times: 2 }, { times: 1 }, { times: 1 }], calls, 'iomap_begin')).toEqual([
      [0, 2],
      [3],
      [],
    ]);
  });
});
