// SPDX-License-Identifier: MIT
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { MUTANTS, mutated, stagesOf } from './mutants-table.mjs';

const ROOT = new URL('../', import.meta.url);

test.each(Object.entries(MUTANTS))('the mutant %s still applies', (_name, mutant) => {
  const [file, from, to] = mutant;
  const text = readFileSync(new URL(`assembly/${file}`, ROOT), 'utf8');
  expect(mutated(text, from, to)).not.toBeNull();
  expect(from).not.toBe(to);
  expect(stagesOf(mutant).length).toBeGreaterThan(0);
});

test('a mutant whose words are not there, or twice, does not apply', () => {
  expect(mutated('a + b', 'c', 'd')).toBeNull();
  expect(mutated('a + a', 'a', 'd')).toBeNull();
  // As it stands: the text may hold what replace() would take for a pattern.
  expect(mutated('a + b', 'b', '$&')).toBe('a + $&');
});

test('some mutants change the I/O of fs/iomap, and are put to its tests', () => {
  const io = Object.values(MUTANTS).filter(([file]) => file.startsWith('fs/iomap/'));
  expect(io.length).toBeGreaterThan(5);
  for (const mutant of io) expect(stagesOf(mutant).flat().join(' '), mutant[0]).toContain('tests/unit/io-');
});
