// SPDX-License-Identifier: MIT
import { isDeepStrictEqual } from 'node:util';
import { crc32 as zlibCrc } from 'node:zlib';
import { beforeAll, describe, expect, test } from 'vitest';
import { loadCore } from '../../tests/core-module.ts';
import { Runner, run, stateAt } from './runner.ts';
import { parseDocument } from '../scenario/parse.ts';
import type { Scenario } from '../scenario/schema.ts';
import { crc32 } from './crc32.ts';
import { deviceOrigins } from './device-origins.ts';
import { IO_BYTES_IN_FULL, IO_BYTES_KEPT, IO_BYTES_KEPT_LATE } from './io-limits.ts';

let core: WebAssembly.Module;
beforeAll(() => {
  core = loadCore();
});

function scenario(steps: object[], rest: object = {}): Scenario {
  const { scenario, problems } = parseDocument(JSON.stringify({ format: 1, ...rest, steps }));
  if (scenario === null) throw new Error(problems.map(({ message }) => message).join(' '));
  return scenario;
}

const OPEN = { do: 'backing_open' };
const BIG = { inodes: { a: { size: '16M' } } };
const mapped = (offset: number, length: number, addr: number) => ({
  read: { offset, length, addr, type: 'MAPPED', dev: 1 },
});
const whole = { read: { length: '16M', type: 'MAPPED', dev: 1 } };
const inline = { read: { length: 4096, addr: 'NULL_ADDR', type: 'INLINE' } };
/** Plain reading as in a scenario that is taken over from a link. */
const reused = ({ reused: _, ...rest }: ReturnType<typeof run>) => rest;

describe('replies', () => {
  test('a reply with times answers so many requests, then comes the next', () => {
    const hole = { read: { length: '16M', addr: 'NULL_ADDR' } };
    const parts = [{ ...mapped(0, 4096, 0), times: 2 }, hole];
    const read = { do: 'pread', length: 4096, direct: true, replies: parts };
    const { executions } = run(
      core,
      scenario([OPEN, { do: 'pread', length: 8192, direct: true, replies: parts }, read]),
    );
    // The second time the position is past the same mapping.
    expect(executions[1]?.io?.calls.filter(({ do: name }) => name === 'iomap_begin')).toHaveLength(2);
    expect(executions[1]?.io?.calls.at(-1)?.decided?.check).toBe('read-before-pos');
    expect(executions[2]?.ret).toBe(4096n);
  });

  test('a request without an answer waits, and is an expectation that is not met', () => {
    const read = { do: 'pread', length: 8192, direct: true, replies: [mapped(0, 4096, 0)] };
    const { executions, expectations } = run(
      core,
      scenario([OPEN, read, { ...read, expect: { ret: 'waiting' } }]),
    );
    expect(executions[1]).toMatchObject({ outcome: 'waiting', ret: null });
    expect(executions[1]?.remark).toContain('FUSE_IOMAP_BEGIN pos 4096 count 4096 op DIRECT');
    expect(expectations).toEqual({
      met: 1,
      unmet: [
        {
          execution: 1,
          step: 1,
          path: ['replies'],
          expected: 'a reply to FUSE_IOMAP_BEGIN pos 4096 count 4096 op DIRECT',
          actual: 'none is left',
        },
      ],
    });
  });

  test('says which answers left write out, and answers ends and ioends from their own lists', () => {
    const write = {
      do: 'pwrite',
      direct: true,
      replies: [{ ...mapped(0, 4096, 0), write: { length: 4096, type: 'UNWRITTEN', dev: 1 } }],
      ioendReplies: [{ error: '-ENOSPC' }],
    };
    const { executions } = run(
      core,
      scenario([OPEN, write, { do: 'pread', direct: true, replies: [whole] }]),
    );
    expect(executions[1]?.ret).toBe(-28n);
    expect(executions[1]?.io?.calls[0]?.reply?.writeFilledIn).toBe(false);
    expect(executions[2]?.io?.calls[0]?.reply?.writeFilledIn).toBe(true);
  });
});

describe('an oops', () => {
  const steps = [{ do: 'pread', replies: [inline], expect: { ret: 'oops' } }, { do: 'fsync' }];

  test('ends the run with the step that meets it, and with what led to it', () => {
    const result = run(core, scenario(steps));
    expect(result.stopped).toMatchObject({ execution: 0, reason: 'oops' });
    expect(result.executions).toHaveLength(1);
    expect(result.executions[0]).toMatchObject({ outcome: 'oops', ret: null, unmet: [] });
    expect(result.executions[0]?.io?.calls).toHaveLength(1);
    expect(result.expectations.met).toBe(1);
  });

  test('does not make the next edit begin anew', () => {
    const begins = Array.from({ length: 600 }, () => ({ do: 'fsync' }));
    const runner = new Runner(core);
    runner.run(scenario([...begins, ...steps]));
    expect(runner.run(scenario([...begins, { do: 'fsync' }])).reused).toBe(512);
  });
});

describe('expectations', () => {
  const devices = { devices: { vda: { contents: 'pattern' } } };
  const read = { do: 'pread', length: 512, direct: true, replies: [whole] };
  const unmet = (expectation: object, step: object = read) =>
    run(core, scenario([OPEN, { ...step, expect: expectation }], devices)).expectations.unmet.map(
      ({ path, expected, actual }) => [path.join('.'), expected, actual],
    );

  test('of data: hex, a digest, the pattern, with the place of the first difference', () => {
    const line = 'vda         :0000000000000000  \n'.repeat(16);
    const bytes = new TextEncoder().encode(line);
    expect(unmet({ data: { hex: Buffer.from(bytes).toString('hex') } })).toEqual([]);
    expect(unmet({ data: { crc32: zlibCrc(bytes) } })).toEqual([]);
    expect(unmet({ data: { device: 'vda' } })).toEqual([]);
    expect(unmet({ data: { device: 'vda', sector: 1 } })).toEqual([
      ['data', '31 20 20 0a 76 64 61 20 at byte 28', '30 20 20 0a 76 64 61 20 there'],
    ]);
    expect(unmet({ data: { hex: '00' } })).toEqual([['data', '1 byte', '512 bytes']]);
    expect(unmet({ data: { crc32: 1 } })[0]?.[1]).toBe('crc32 0x00000001');
  });

  test('of requests, of bios and of sizes', () => {
    expect(unmet({ requests: 2, bios: 0, size: 1, diskSize: 2 })).toEqual([
      ['requests', '2', '1'],
      ['bios', '0', '1'],
      ['size', '1', '65536'],
      ['diskSize', '2', '65536'],
    ]);
    expect(
      unmet({ requests: [{ pos: 0, opflags: ['DIRECT'] }], bios: [{ device: 'vda', sector: 1 }] }),
    ).toEqual([['bios.0.sector', '1', '0']]);
    expect(unmet({ requests: [{}, {}] })).toEqual([['requests.length', '2', '1']]);
  });

  test('of what lies on a device afterwards, and of extents', () => {
    const write = { do: 'pwrite', length: 512, direct: true, replies: [whole] };
    expect(
      unmet(
        {
          contents: {
            vda: [
              { fill: 0xcd, length: 512 },
              { at: 512, fill: 0, length: 1 },
            ],
          },
        },
        write,
      ),
    ).toEqual([['contents.vda.1', '00 at byte 0', '76 there']]);
    const map = { do: 'fiemap', length: 4096, replies: [whole] };
    expect(unmet({ extents: [{ logical: 0, flags: [] }] }, map)).toEqual([
      ['extents.0.flags', '[]', '[LAST]'],
    ]);
  });

  test('of I/O look for nothing in a step that does none', () => {
    expect(unmet({ data: { fill: 0 }, requests: 1, size: 0 }, OPEN)).toEqual([
      ['data', 'bytes', 'nothing'],
      ['requests', '1', 'null'],
      ['size', '0', 'null'],
    ]);
  });
});

test('crc32 is that of zlib', () => {
  for (const text of ['', 'a', '123456789', 'x'.repeat(70_000)]) {
    const bytes = new TextEncoder().encode(text);
    expect(crc32(bytes)).toBe(zlibCrc(bytes));
  }
});

describe('state', () => {
  const write = (offset: number) => ({ do: 'pwrite', offset, length: 4096, direct: true, replies: [whole] });

  test('has the sectors that were reached and the sizes, the same on both sides of a checkpoint', () => {
    const last = {
      do: 'pwrite',
      offset: '16M',
      length: 512,
      direct: true,
      replies: [{ ...whole, read: { ...whole.read, length: '32M' } }],
    };
    const steps = [...Array.from({ length: 300 }, (_, i) => write(i * 8192)), last];
    const result = run(core, scenario([OPEN, ...steps], { ...BIG, devices: { vda: { size: '32M' } } }));
    for (const at of [100, 255, 256, 300]) {
      const { devices, files } = stateAt(result, at);
      expect(devices).toMatchObject([{ device: 'vda', bios: at, read: { runs: [] } }]);
      expect(devices[0]?.written.runs).toHaveLength(at);
      expect(devices[0]?.written.runs.at(-1)).toEqual({ sector: BigInt(at - 1) * 16n, sectors: 8n });
      expect(files).toEqual([]);
    }
    const size = (16n << 20n) + 512n;
    expect(stateAt(result, 301).files).toEqual([{ inode: 'a', sizeBytes: size, diskSizeBytes: size }]);
  });

  test('a failed request reaches the device, and no sector', () => {
    const fault = { devices: { vda: { faults: [{}] } } };
    const { devices } = stateAt(run(core, scenario([OPEN, write(0)], fault)), 1);
    expect(devices).toMatchObject([{ bios: 1, written: { runs: [] } }]);
  });
});

describe('what is kept', () => {
  test('of a long read: its first bytes, and where all of them come from', () => {
    const read = { do: 'pread', length: '1M', direct: true, replies: [whole] };
    const { io } = run(core, scenario([OPEN, read], BIG)).executions[1]!;
    expect(io?.data).toHaveLength(IO_BYTES_KEPT);
    expect(io?.origins).toMatchObject([{ lengthBytes: 1n << 20n, origin: 'device', sector: 0n }]);
  });

  test('of late reads in a run that reads a lot: less', () => {
    const full = IO_BYTES_IN_FULL / IO_BYTES_KEPT;
    const read = { do: 'pread', length: IO_BYTES_KEPT, direct: true, times: full + 2, replies: [whole] };
    const { executions } = run(core, scenario([OPEN, read], BIG));
    const lengths = executions.slice(1).map(({ io }) => io?.data?.length);
    expect(lengths).toEqual([
      ...Array<number>(full).fill(IO_BYTES_KEPT),
      ...Array<number>(2).fill(IO_BYTES_KEPT_LATE),
    ]);
  });
});

describe('2,000 I/O steps', () => {
  const step = (i: number) =>
    i % 2 === 0
      ? { do: 'pwrite', offset: i * 4096, fill: i % 256, replies: [whole], endReplies: [0] }
      : { do: 'pread', offset: (i - 1) * 4096, expect: { data: { fill: (i - 1) % 256 } } };
  const steps: object[] = [OPEN, ...Array.from({ length: 1999 }, (_, i) => step(i))];

  test('run again from the checkpoint before the edit, with the same result', () => {
    const runner = new Runner(core);
    const first = runner.run(scenario(steps, BIG));
    expect(first.expectations.unmet).toEqual([]);
    const edited = scenario(steps.with(1990, { do: 'fsync', replies: [whole] }), BIG);
    const again = runner.run(edited);
    expect(again.reused).toBe(1792);
    expect(isDeepStrictEqual(reused(again), reused(run(core, edited)))).toBe(true);
  });
});

test('a step that does more than is kept: its bios are counted, and its bytes on the device are known as its own', () => {
  const pages = 4096;
  const length = pages * 4096;
  const file = { devices: { vda: { size: '32M' } }, inodes: { a: { size: '32M' } } };
  const replies = [{ read: { length: '32M', type: 'MAPPED', dev: 1 }, times: 9 }];
  // A direct write over cached pages: they are written back by one bio, dropped with a record for each page, and a
  // bio goes out for each MiB.
  const big = { do: 'pwrite', length, fill: 1, replies };
  const direct = { ...big, direct: true, expect: { ret: length, bios: 17 } };
  const given = scenario([OPEN, big, direct], file);
  const done = run(core, given);
  expect(done.executions[2]?.io?.eventsLeftOut).toBeGreaterThan(0);
  expect(done.expectations.unmet).toEqual([]);
  const spans = deviceOrigins(done, given, 2, 'vda', BigInt(length - 4096), 8192);
  expect(spans.map(({ pos, end, how, execution }) => [pos, end, how, execution])).toEqual([
    [BigInt(length - 4096), BigInt(length), 'written', 2],
    [BigInt(length), BigInt(length + 4096), 'zeros', null],
  ]);
});
