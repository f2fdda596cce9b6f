// SPDX-License-Identifier: MIT
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { loadCore } from '../../tests/core-module.ts';
import { run } from '../run/runner.ts';
import { parseDocument } from '../scenario/parse.ts';
import { isSilent, silentTrouble } from './silent.ts';
import { explain } from './words.ts';

const root = new URL('../../', import.meta.url);
const core = loadCore();

function example(name: string) {
  const { scenario } = parseDocument(readFileSync(new URL(`examples/io-${name}.json`, root), 'utf8'));
  if (scenario === null) throw new Error(`${name} is not a scenario`);
  return run(core, scenario).executions.map((execution) => ({
    silently: execution.io && silentTrouble(execution.io, scenario),
    headline: explain(execution, scenario).headline,
    sentence: explain(execution, scenario).sentence,
  }));
}

test('data that no device got is lost, though fsync says 0', () => {
  expect(example('lost-writeback')[2]).toMatchObject({ silently: 'lost', headline: 'Synced, data lost' });
  expect(example('lost-writeback')[1]?.silently).toBeNull();
});

test('the remainder of an addr brings other bytes than meant', () => {
  const [, misplaced, good] = example('addr-misaligned');
  expect(misplaced).toMatchObject({
    silently: 'misplaced',
    headline: 'Read 512 bytes, other bytes than meant',
  });
  expect(good?.silently).toBeNull();
});

test('a refused ioend of writeback, and a warning, are told though the call succeeded', () => {
  expect(example('refused-ioend')[2]?.headline).toBe('Synced, an error ignored');
  expect(example('read-only-device')[1]?.headline).toBe('Wrote 4096 bytes, with a warning');
});

test('a seek that finds nothing says what -ENXIO means', () => {
  expect(example('seek-unwritten-cache')[1]?.sentence).toContain('-ENXIO. There is nothing');
});

test('a mapping for no bytes does not say that it answers for all of them', () => {
  const { scenario } = parseDocument(
    '{"format":1,"steps":[{"do":"backing_open"},{"do":"iomap_begin","count":0,' +
      '"reply":{"read":{"type":"MAPPED","length":4096,"addr":"1M","dev":1}}}]}',
  );
  if (scenario === null) throw new Error('no scenario');
  const { executions } = run(core, scenario);
  expect(explain(executions[1]!, scenario).sentence).toContain('No bytes were asked about.');
});

test.each([
  ['late', true],
  ['v6-04', true],
  ['2026-05-cache', null],
] as const)(
  'on %s I/O on a device by an O_PATH descriptor alone is on no block device: %s',
  (revision, told) => {
    const replies = [{ read: { type: 'MAPPED', length: 4096, addr: 0, dev: 1 } }];
    const play = (fds: object) => {
      const steps = [{ do: 'backing_open' }, { do: 'pwrite', direct: true, replies }];
      const { scenario } = parseDocument(JSON.stringify({ format: 1, kernel: { revision }, fds, steps }));
      const [, write] = run(loadCore('trace', revision), scenario!).executions;
      return {
        silent: write?.outcome === 'ok' ? isSilent(write, scenario!) : null,
        words: explain(write!, scenario!),
      };
    };
    const path = { kind: 'blk-path', device: 'vda' };
    expect(play({ 3: path }).silent).toBe(told);
    if (told) expect(play({ 3: path }).words.headline).toBe('Wrote 4096 bytes, on no block device');
    expect(play({ 3: { kind: 'blk', device: 'vda' }, 4: path }).silent).toBe(false);
  },
);
