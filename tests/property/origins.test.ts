// SPDX-License-Identifier: MIT
/** Each byte that a read hands out is the one that lies where its origin says. */
import fc from 'fast-check';
import { beforeAll, expect, test } from 'vitest';
import { Runner, run } from '#engine/run/runner.ts';
import { deviceOrigins, type DeviceSpan } from '#engine/run/device-origins.ts';
import type { Execution } from '#engine/run/types.ts';
import { parseDocument } from '#engine/scenario/parse.ts';
import { loadCore } from '../core-module.ts';

let core: WebAssembly.Module;
beforeAll(() => {
  core = loadCore();
});

const FILE = 32_768;
const BASE = 1 << 20;
/** The layout of the file: 4096-byte blocks, each on a device that nothing but this file writes to, or nowhere. */
const KINDS = ['vda', 'vdb', 'HOLE', 'UNWRITTEN'] as const;
const layout = fc.array(fc.constantFrom(...KINDS), { minLength: 8, maxLength: 8 });

const operation = fc.record({
  do: fc.constantFrom('pread', 'pread', 'pwrite', 'fsync', 'truncate'),
  offset: fc.oneof(fc.nat(FILE - 1), fc.constantFrom(0, 4096, 8192, 12288)),
  length: fc.oneof(fc.nat(FILE), fc.constantFrom(512, 4096, 8192)),
  direct: fc.boolean(),
});

/**
 * The mapping of a block. `packed` puts the blocks of each device side by side, so that one bio reads on over the
 * holes of the file that lie between them.
 */
function replyFor(kinds: readonly (typeof KINDS)[number][], block: number, packed: boolean): object {
  const kind = kinds[block]!;
  const place = { offset: block * 4096, length: 4096 };
  if (kind === 'HOLE') return { ...place, addr: 'NULL_ADDR' };
  const on = (one: (typeof KINDS)[number]) => (one === 'HOLE' ? 0 : one === 'vdb' ? 2 : 1);
  const at = packed ? kinds.slice(0, block).filter((one) => on(one) === on(kind)).length : block;
  return { ...place, addr: BASE + at * 4096, type: kind === 'UNWRITTEN' ? kind : 'MAPPED', dev: on(kind) };
}

/** The 32-byte line of the pattern that a byte of a device lies in. */
function patternByte(device: string, address: number): number {
  const line = `${device.padEnd(12)}:${(address >> 9).toString(16).padStart(16, '0')}  \n`;
  return line.charCodeAt(address & 31);
}

function check(read: Execution, executions: readonly Execution[], offset: number, writes: Set<string>): void {
  const { io, ret } = read;
  if (io === null || ret === null || ret <= 0n) return;
  let at = offset;
  const wrong: string[] = [];
  for (const span of io.origins) {
    expect(Number(span.pos)).toBe(at);
    expect(span.lengthBytes).toBeGreaterThan(0n);
    const start = at;
    at += Number(span.lengthBytes);
    const sector = Number(span.sector ?? 0n);
    for (let pos = start; pos < at; pos++) {
      const address = sector * 512 + (start & 511) + pos - start;
      // What was written over is not the pattern any more.
      if (span.origin === 'device' && writes.has(`${span.device} ${address >> 9}`)) continue;
      const byte =
        span.origin === 'written'
          ? span.execution! + 100
          : span.origin === 'device'
            ? patternByte(span.device!, address)
            : 0;
      if (io.data?.[pos - offset] !== byte) wrong.push(`${pos}: ${span.origin}`);
    }
    if (span.origin === 'written') expect(executions[span.execution!]?.do).toBe('pwrite');
  }
  expect(wrong).toEqual([]);
  expect(at).toBe(offset + Number(ret));
}

/** Each byte of a device is the one that its origin makes it. */
function checkDevice(
  device: string,
  bytes: Uint8Array,
  spans: readonly DeviceSpan[],
  writes: Set<string>,
): void {
  let at = BigInt(BASE - 4096);
  const wrong: string[] = [];
  for (const span of spans) {
    expect(span.pos).toBe(at);
    // A sample: the first byte of each span, and every 61st after it.
    for (; at < span.end; at += 61n) {
      const from = span.originShift === null ? 0n : span.addr! + at - span.pos + span.originShift;
      // What was written over by now is not the pattern any more.
      if (span.origin === 'device' && writes.has(`${span.originDevice} ${from >> 9n}`)) continue;
      const byte =
        span.how === 'pattern'
          ? patternByte(device, Number(at))
          : span.how === 'direct'
            ? span.execution! + 100
            : span.origin === 'written'
              ? span.originExecution! + 100
              : span.origin === 'device'
                ? patternByte(span.originDevice!, Number(from))
                : 0;
      if (bytes[Number(at) - (BASE - 4096)] !== byte) wrong.push(`${at}: ${span.how} ${span.origin}`);
    }
    at = span.end;
  }
  expect(wrong.slice(0, 5)).toEqual([]);
  expect(at).toBe(BigInt(BASE - 4096 + bytes.length));
}

test('every byte of every read, after writes, write-back, truncation and direct I/O', () => {
  const origins = new Set<string>();
  let split = 0;
  const operations = fc.array(operation, { minLength: 1, maxLength: 10 });
  fc.assert(
    fc.property(layout, fc.boolean(), operations, (kinds, packed, chosen) => {
      // A read of the whole file first: bios that join over holes need neighbours that are not cached.
      const whole = { do: 'pread', offset: 0, length: FILE, direct: false };
      const operations = packed ? [whole, ...chosen] : chosen;
      const steps = operations.map((op, i) => {
        const { do: name, offset, length, direct } = op;
        const replies = kinds.map((_, block) => ({ read: replyFor(kinds, block, packed) }));
        // A list for each position that a loop may begin at: blocks from there on, and round again.
        const from = name === 'fsync' ? 0 : Math.floor(offset / 4096);
        const again = [...replies.slice(from), ...replies].slice(0, 8);
        if (name === 'fsync') return { do: name, replies };
        if (name === 'truncate') return { do: name, length: FILE - offset, replies: again };
        const aligned = direct ? { offset: offset & ~511, length: length & ~511 } : { offset, length };
        return {
          do: name,
          ...aligned,
          direct,
          replies: again,
          ...(name === 'pwrite' ? { fill: i + 102 } : {}),
        };
      });
      const { scenario, problems } = parseDocument(
        JSON.stringify({
          format: 1,
          devices: { vda: { contents: 'pattern' }, vdb: { contents: 'pattern' } },
          inodes: { a: { size: FILE } },
          steps: [{ do: 'backing_open' }, { do: 'backing_open', fd: 4 }, ...steps],
        }),
      );
      if (scenario === null) throw new Error(problems[0]?.message);
      const runner = new Runner(core);
      const result = runner.run(scenario);
      const { executions } = result;
      const writes = new Set<string>();
      for (const execution of executions) {
        for (const event of execution.io?.events ?? []) {
          if (event.kind === 'bio' && event.segments !== undefined) split++;
          if (event.kind !== 'bio' || event.op !== 'write') continue;
          for (let s = event.sector; s < event.sector + (event.lengthBytes >> 9n); s++) {
            writes.add(`${event.device} ${s}`);
          }
        }
        const step = scenario.steps[execution.step]!;
        if (step.do === 'pread') check(execution, executions, Number(step.offset), writes);
        for (const { origin, cached } of execution.io?.origins ?? []) origins.add(`${origin} ${cached}`);
      }
      for (const device of ['vda', 'vdb']) {
        const bytes = runner.machine!.peek(device, BigInt(BASE - 4096), FILE + 8192);
        const last = executions.length - 1;
        const spans = deviceOrigins(result, scenario, last, device, BigInt(BASE - 4096), bytes.length);
        checkDevice(device, bytes, spans, writes);
        for (const { how, origin } of spans) origins.add(`${how} ${origin}`);
      }
    }),
    { numRuns: 150 },
  );
  const direct = ['device false', 'hole false', 'unwritten false'];
  const cached = ['device true', 'hole true', 'unwritten true', 'written true'];
  expect(split).toBeGreaterThan(20);
  const there = ['pattern null', 'direct null', 'writeback written', 'writeback device'];
  expect([...origins]).toEqual(expect.arrayContaining([...direct, ...cached, ...there]));
});

test('one bio that reads on over a hole of the file names the ranges that it serves', () => {
  const kinds = ['vda', 'HOLE', 'vda', 'vda', 'UNWRITTEN', 'vda', 'HOLE', 'HOLE'] as const;
  const { scenario } = parseDocument(
    JSON.stringify({
      format: 1,
      devices: { vda: { contents: 'pattern' } },
      inodes: { a: { size: FILE } },
      steps: [
        { do: 'backing_open' },
        {
          do: 'pread',
          length: FILE,
          direct: false,
          // The unwritten block lies elsewhere, so that the blocks around it continue on the device.
          replies: kinds.map((kind, block) => {
            const { addr, ...rest } = replyFor(kinds, block, true) as { addr: number | string };
            const moved =
              kind === 'UNWRITTEN' ? 0 : block > 4 && typeof addr === 'number' ? addr - 4096 : addr;
            return { read: { ...rest, addr: moved } };
          }),
        },
      ],
    }),
  );
  const { io } = run(core, scenario!).executions[1]!;
  const bios = io!.events.filter((event) => event.kind === 'bio');
  expect(bios.map(({ sector, lengthBytes, segments }) => ({ sector, lengthBytes, segments }))).toEqual([
    {
      sector: BigInt(BASE / 512),
      lengthBytes: 16_384n,
      segments: [
        { pos: 0n, lengthBytes: 4096n },
        { pos: 8192n, lengthBytes: 8192n },
        { pos: 20_480n, lengthBytes: 4096n },
      ],
    },
  ]);
  const told = io!.origins.map(({ pos, lengthBytes, origin, sector }) => [pos, lengthBytes, origin, sector]);
  const sector = BigInt(BASE / 512);
  expect(told).toEqual([
    [0n, 4096n, 'device', sector],
    [4096n, 4096n, 'hole', null],
    [8192n, 8192n, 'device', sector + 8n],
    [16_384n, 4096n, 'unwritten', null],
    [20_480n, 4096n, 'device', sector + 24n],
    [24_576n, 8192n, 'hole', null],
  ]);
});
