// SPDX-License-Identifier: MIT
import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, test } from 'vitest';
import { loadCore } from '../../tests/core-module.ts';
import { explain } from '../checks/words.ts';
import { run } from '../run/runner.ts';
import type { Run } from '../run/types.ts';
import { parseDocument } from '../scenario/parse.ts';
import type { Scenario } from '../scenario/schema.ts';
import { runToJson } from './json.ts';
import { stepText } from './step.ts';

let core: WebAssembly.Module;
beforeAll(() => {
  core = loadCore();
});

function example(name: string): { run: Run; scenario: Scenario } {
  const { scenario } = parseDocument(
    readFileSync(new URL(`../../examples/io-${name}.json`, import.meta.url), 'utf8'),
  );
  if (scenario === null) throw new Error(`the example ${name} is none`);
  return { run: run(core, scenario), scenario };
}

const lines = (name: string, step: number) => {
  const { run: result, scenario } = example(name);
  return stepText(result.executions[step]!, scenario).map(({ text }) => text);
};

const words = (name: string, step: number) => {
  const { run: result, scenario } = example(name);
  return explain(result.executions[step]!, scenario);
};

describe('an I/O step as text', () => {
  test('has every call, every request to a device and the head of the data, each on its line', () => {
    const text = lines('read-three-mappings', 2);
    expect(text.filter((line) => line.startsWith('  begin'))).toEqual([
      '  begin     DIRECT  pos 0  count 12288  ok',
      '  begin     DIRECT  pos 4096  count 8192  ok',
      '  begin     DIRECT  pos 8192  count 4096  ok',
    ]);
    expect(text.filter((line) => line.startsWith('  bio'))).toEqual([
      '  bio       read  vda sector 2048  4096 bytes  pos 0',
      '  bio       read  vdb sector 4096  4096 bytes  pos 8192',
    ]);
    expect(text.filter((line) => line === '  end       not sent')).toHaveLength(3);
    expect(text).toContain('  data      76 64 61 20 20 20 20 20 20 20 20 20 3a 30 30 30  |vda         :000|');
    expect(text).toContain('  from      0+4096 from sector 2048 of vda');
    expect(text).toContain('            4096+4096 zeros of a hole');
    expect(text).toContain('            8192+4096 from sector 4096 of vdb');
  });

  test('has calls and requests in the order in which they happened', () => {
    const kinds = lines('zero-range-flush', 2).flatMap(
      (line) => /^ {2}(begin|end|ioend|bio)/.exec(line)?.[1] ?? [],
    );
    expect(kinds).toEqual(['begin', 'begin', 'bio', 'ioend', 'end', 'begin', 'end', 'begin', 'end']);
  });

  test('shows the reply that was refused, and by which check', () => {
    const text = lines('buffered-read-refused', 0);
    expect(text).toContain('  begin     0  pos 0  count 8192  -EFSCORRUPTED (dev-not-found, read)');
    expect(text).toContain('    reply   MAPPED  offset 0  length 8192  addr 0x100000  dev 1');
  });

  test('says what an ioend told, and what no device got', () => {
    expect(lines('direct-write-unaligned', 1)).toContain(
      '  ioend     pos 100  written 0  DIRECT  error -EINVAL  ok',
    );
    expect(lines('lost-writeback', 2)).toContain('  lost      4096 bytes  pos 0  on no device');
    expect(lines('fiemap-last', 1).filter((line) => line.includes('LAST'))).toEqual([
      '            logical 8192  physical 3145728  length 4096  LAST|SHARED',
    ]);
  });

  test('changes of devices and sizes are named', () => {
    expect(lines('buffered-write-two-mappings', 2)).toContain(
      '  changed   vda: written 2048+16 4096+8; a: size on disk 0 → 10000',
    );
  });
});

describe('an I/O step in words', () => {
  test('why it failed', () => {
    expect(words('hole-direct-write', 0)).toMatchObject({ headline: 'Failed' });
    expect(words('hole-direct-write', 0).sentence).toContain('A direct write at 0 was given a HOLE');
    expect(words('mapping-past-device', 1).sentence).toContain('ends past the end of vda');
    expect(words('device-fault', 2).sentence).toContain(
      'vda failed a read of 4096 bytes at sector 4096 with -EIO.',
    );
    expect(words('buffered-read-refused', 0).sentence).toContain('A reply was refused (dev-not-found)');
    expect(words('write-enospc', 2).sentence).toContain('The server answered -ENOSPC to FUSE_IOMAP_BEGIN.');
  });

  test('what is reported to nobody', () => {
    expect(words('lost-writeback', 2)).toMatchObject({ headline: 'Synced, data lost' });
    expect(words('lost-writeback', 2).sentence).toContain('4096 bytes reached no device');
    expect(words('refused-ioend', 2).sentence).toContain(
      'to an ioend of writeback, which the kernel ignores',
    );
    expect(words('read-only-device', 1).sentence).toContain('vda is read-only');
  });

  test('an oops, and where the bytes of a read come from', () => {
    expect(words('inline-oops', 1)).toMatchObject({ headline: 'Oops' });
    expect(words('inline-oops', 1).sentence).toContain('The kernel would oops here.');
    expect(words('read-three-mappings', 2).sentence).toBe(
      '4096 bytes from sector 2048 of vda; 4096 bytes: zeros of a hole; 4096 bytes from sector 4096 of vdb.',
    );
  });
});

test('JSON of a run has what I/O did', () => {
  const { run: result } = example('read-three-mappings');
  const { executions } = runToJson(result) as {
    executions: { io: { calls: object[]; data: string } | null }[];
  };
  expect(executions[0]?.io).toBeNull();
  expect(executions[2]?.io?.calls).toHaveLength(6);
  expect(executions[2]?.io?.data.slice(0, 6)).toBe('766461');
});
