// SPDX-License-Identifier: GPL-2.0-only
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { decodeLink } from '../../engine/link/decode.ts';
import { fromBase64Url } from '../../engine/link/envelope.ts';
import type { LinkState } from '../../engine/link/types.ts';
import { readJson } from '../../engine/scenario/json.ts';
import { minifyScenario } from '../../engine/scenario/print.ts';

/**
 * Links that were made once and open for ever. The file only grows: append `{"link": …, "state": …}` lines, then
 * set FROZEN to the new count and digest. What stands in it is never edited.
 */
const FROZEN = { lines: 15, sha256: 'a0de89a4348ba3f37dcffd447aa147c048f4a1313089ffeb0b4f5b75ea21e905' };

const file = readFileSync(new URL('../data/links/1.jsonl', import.meta.url), 'utf8');
const lines = file.split('\n').slice(0, -1);

interface Golden {
  link: string;
  state: LinkState;
}

/** Integers of a golden line are exact; the step is a plain number, as in a LinkState. */
function golden(line: string): Golden {
  const { root, faults } = readJson(line);
  expect(faults).toEqual([]);
  const { link, state } = root?.value as unknown as Golden;
  return { link, state: { ...state, step: Number(state.step) } };
}

test('the file still begins with the lines that were frozen', () => {
  const frozen = lines.slice(0, FROZEN.lines).map((line) => `${line}\n`);
  expect(frozen.length).toBe(FROZEN.lines);
  expect(createHash('sha256').update(frozen.join('')).digest('hex')).toBe(FROZEN.sha256);
});

describe('each opens as the state it was made from', () => {
  test.each(lines.map((line, index) => [index + 1, line] as const))('line %i', (_, line) => {
    const { link, state } = golden(line);
    const result = decodeLink(link);
    expect(result).toEqual({ ok: true, state });
    if (result.ok) expect(minifyScenario(result.state.scenario)).toBe(minifyScenario(state.scenario));
  });
});

test('they hold every form of a payload and every kind of step', () => {
  const flags = lines.map((line) => fromBase64Url(golden(line).link.split('.')[2]?.slice(0, 4) ?? '')?.[0]);
  expect([...new Set(flags)].sort()).toEqual([0, 1, 2, 3]);
  const kinds = [...file.matchAll(/"do":"([a-z_]+)"/g)].map(([, kind]) => kind);
  expect([...new Set(kinds)].sort()).toEqual([
    'backing_close',
    'backing_open',
    'bmap',
    'fiemap',
    'fsync',
    'funshare',
    'fzero',
    'ioctl',
    'iomap_begin',
    'iomap_end',
    'passthrough_open',
    'passthrough_release',
    'pread',
    'pwrite',
    'seek',
    'truncate',
    'unmount',
  ]);
});
