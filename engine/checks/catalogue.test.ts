// SPDX-License-Identifier: MIT
import { describe, expect, it } from 'vitest';
import { parseDocument } from '../scenario/parse.ts';
import { CATALOGUE } from './catalogue.ts';
import { CHECKS } from '../kernel/checks.ts';

const IDS = CHECKS;

it('has an entry for each check and no other', () => {
  expect(Object.keys(CATALOGUE).sort()).toEqual([...IDS].sort());
});

describe.each(IDS)('%s', (id) => {
  const { title, refuses, why, fix, fn, file, since, examples } = CATALOGUE[id];

  it('has all its prose', () => {
    expect(title).toMatch(/^\S.{4,60}[^.]$/);
    for (const text of [refuses, why, fix]) expect(text).toMatch(/^[A-Z].{10,}[.]$/);
    expect(fn).toMatch(/^fuse_[a-z_]+$/);
    expect(file).toMatch(/^fs\/fuse\/[a-z_]+\.c$/);
  });

  it('links to the mail that brought it, or says why there is none', () => {
    expect(since.subject).not.toBe('');
    if (since.messageId === null) {
      expect(since.url).toBeNull();
      expect(since.note).toMatch(/no (mail|posting)/);
    } else {
      expect(since.messageId).toMatch(/^[^<>\s]+@[^<>\s]+$/);
      expect(since.url).toBe(`https://lore.kernel.org/r/${since.messageId}`);
    }
  });

  it('has examples that are scenarios', () => {
    expect(examples.failing === null).toBe(examples.cannotFail !== undefined);
    for (const example of [examples.passing, examples.failing]) {
      if (example !== null) expect(parseDocument(JSON.stringify(example)).problems).toEqual([]);
    }
  });
});
