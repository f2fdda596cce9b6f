// SPDX-License-Identifier: GPL-2.0-only
import fc from 'fast-check';
import { beforeAll, expect, test } from 'vitest';
import { run } from '../../engine/run.ts';
import type { Execution } from '../../engine/run/types.ts';
import { parseDocument } from '../../engine/scenario/parse.ts';
import { loadCore } from '../core-module.ts';

/** Each byte that a read hands out is the one that lies where its origin says. */

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

function replyFor(kind: (typeof KINDS)[number], block: number): object {
  const place = { offset: block * 4096, length: 4096 };
  if (kind === 'HOLE') return { ...place, addr: 'NULL_ADDR' };
  const dev = kind === 'vdb' ? 2 : 1;
  return { ...place, addr: BASE + block * 4096, type: kind === 'UNWRITTEN' ? kind : 'MAPPED', dev };
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

test('every byte of every read, after writes, write-back, truncation and direct I/O', () => {
  const origins = new Set<string>();
  fc.assert(
    fc.property(layout, fc.array(operation, { minLength: 1, maxLength: 10 }), (kinds, operations) => {
      const steps = operations.map((op, i) => {
        const { do: name, offset, length, direct } = op;
        const replies = kinds.map((kind, block) => ({ read: replyFor(kind, block) }));
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
      const { executions } = run(core, scenario);
      const writes = new Set<string>();
      for (const execution of executions) {
        for (const event of execution.io?.events ?? []) {
          if (event.kind !== 'bio' || event.op !== 'write') continue;
          for (let s = event.sector; s < event.sector + (event.lengthBytes >> 9n); s++) {
            writes.add(`${event.device} ${s}`);
          }
        }
        const step = scenario.steps[execution.step]!;
        if (step.do === 'pread') check(execution, executions, Number(step.offset), writes);
        for (const { origin, cached } of execution.io?.origins ?? []) origins.add(`${origin} ${cached}`);
      }
    }),
    { numRuns: 150 },
  );
  const direct = ['device false', 'hole false', 'unwritten false'];
  const cached = ['device true', 'hole true', 'unwritten true', 'written true'];
  expect([...origins]).toEqual(expect.arrayContaining([...direct, ...cached]));
});
