// SPDX-License-Identifier: MIT
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { CAPS } from '#engine/scenario/caps.ts';
import { uncard } from './commands/uncard.ts';
import { loadEvery, load } from './common/files.ts';
import type { Terminal } from './common/terminal.ts';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'iomap-playground-'));
});
afterAll(() => {
  rmSync(folder, { recursive: true });
});

function file(text: string): string {
  const path = join(folder, 'case.txt');
  writeFileSync(path, text);
  return path;
}

function terminal(): Terminal & { told: string } {
  return {
    told: '',
    out() {},
    err(text) {
      this.told += text;
    },
    lines() {},
    width: 80,
  };
}

describe.each(['>', '"', '{', '{"a":', 'To: a:a:a:', 'iomap-playground card 1\n"', '#1.1.', '\n'])(
  'a file of nothing but %j',
  (unit) => {
    const text = unit.repeat(3_500_000 / unit.length);

    test('is refused in words by each command that reads one', async () => {
      const path = file(text);
      const told = terminal();
      expect(await uncard.run([path], told)).toBe(2);
      expect(told.told).toContain('case.txt');
      expect('reasons' in (await load(path, told))).toBe(true);
    });

    test('holds nothing for the matrix', async () => {
      const told = terminal();
      const found = await loadEvery(file(text.slice(0, 400_000)), told);
      expect(found.length).toBeGreaterThan(0);
      expect(found.every((one) => 'reasons' in one)).toBe(true);
      expect(told.told).toContain('case.txt');
    });
  },
);

test('a file larger than any text that is read is refused before it is read', async () => {
  const told = terminal();
  const path = file('a'.repeat(3 * CAPS.textChars + 1));
  const loaded = await load(path, told);
  expect(loaded).toMatchObject({ reasons: [expect.stringContaining('at most 24,000,000 are read')] });
});
