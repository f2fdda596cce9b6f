// SPDX-License-Identifier: MIT
// The ways in as a whole: what finds out what a text is counts, too, and so does each reader that is tried in vain.
import { describe, expect, test } from 'vitest';
import { applyDiff } from '#engine/core-edit/apply-diff.ts';
import { readExercise } from '#engine/exercises/read.ts';
import { importAnything } from '#engine/import/import-any.ts';
import { mailTexts } from '#engine/import/patch-body.ts';
import { readPatches } from '#engine/import/patch.ts';
import { readLesson } from '#engine/lessons/read.ts';
import { parseDocument } from '#engine/scenario/parse.ts';
import { isDrawable } from '#engine/text/notes.ts';
import { visitsWhile } from '../visits.ts';

interface Way {
  read: (text: string) => unknown;
  /** Visits for each character, at most: each of the readers that are tried may have its own 8. */
  most: number;
  units: string[];
  head?: string;
}

const WAYS: Record<string, Way> = {
  'whatever is pasted': {
    read: importAnything,
    most: 80,
    units: [
      '>', '> ', '\n', ' ', '\t', '\u001b[0m', '\u001b[', '\u001b', '/* ', '"', '00 ', '0', 'a', 'é\r', '\r\n', 'a: ',
      'a:b\n', '#1.', '{"a":', '[1,', 'From a 2024\n', 'Jane> x\n', 'fuse_iomap_begin: ', '@@ -1,9 +1,9 @@\n a\n',
      'diff --git a/f b/f\n', 'iomap-playground card 1\n', 'struct fuse_iomap_io ', '| x\n', '0000020   P  020\n',
      '[{"toString":1},', '\u200b', '\u00a0', 'content-transfer-encoding:', '1.1.', 'x=1;\n', '(', '*\n', '~~', '-\n',
    ], // prettier-ignore
  },
  'whatever is pasted, after a word': {
    read: (text) => importAnything(`${text}x`),
    most: 80,
    head: 'x',
    units: [' ', '\t', '\n', ' \n', '\n>'],
  },
  'patches of a mailbox': {
    read: readPatches,
    most: 64,
    units: [
      '\n', ' ', '>', '> ', 'a:b\n', 'From a 2024\n', 'From a 2024\nA: b\nC: d\n\n', '@@ -1,9 +1,9 @@\n a\n',
      'diff --git a/f b/f\n', '--- a/f\n+++ b/f\n', '+x\n', '+if (a->b) return -EINVAL;\n', '-- \n', '+(', '+a ',
      'Subject: a\n', '---\n', '\u001b[0m', '+/*\n', '+\tbad_data(', 'diff --git a/f b/f\n@@ -1 +1 @@\n-a\n+b\n',
    ], // prettier-ignore
  },
  'mails without an encoding': {
    read: mailTexts,
    most: 8,
    units: [
      '\n',
      'a: b\n',
      'From a 2024\n',
      'From a 2024\nA: b\nC: d\n\n',
      'From ',
      ' ',
      ' \n',
      'A:',
      'A: b\n c\n',
    ],
  },
  'steps with a name that objects have': {
    read: parseDocument,
    most: 8,
    head: '{"format":1,"steps":[',
    units: [
      '{"toString":1},',
      '{"__proto__":1},',
      '{"do":"toString"},',
      '{"constructor":{"a":1}},',
      '{"do":1},',
    ],
  },
  'an exercise': {
    read: readExercise,
    most: 16,
    units: ['{"a":', '"a":1,', '[1,', '"', ' ', '{"exercise":1,"steps":['],
  },
  'steps of an exercise': {
    read: readExercise,
    most: 16,
    head: '{"exercise":1,"steps":[',
    units: ['{"toString":1},', '{"a":1},', '1,'],
  },
  'a lesson': {
    read: readLesson,
    most: 16,
    units: ['{"a":', '"a":1,', '[1,', '"', ' ', '{"lesson":1,"steps":['],
  },
  'steps of a lesson': {
    read: readLesson,
    most: 16,
    head: '{"lesson":1,"steps":[',
    units: ['{"toString":1},', '{"a":1},', '1,'],
  },
  notes: {
    read: isDrawable,
    most: 16,
    units: ['a', 'a\n', ' ', '-', '- ', '|', '= ', 'ht', 'ww', '\t', 'h', '0'],
  },
  'a diff that is applied': {
    read: (text) => applyDiff({ f: 'a\n'.repeat(1_000) }, text),
    most: 16,
    units: [
      '--- a/f\n+++ b/f\n',
      '@@ -1,1 +1,1 @@\n-a\n+b\n',
      '\n',
      '--- a/f\n+++ b/f\n@@ -1 +1 @@\n-a\n+b\n',
      '@',
    ],
  },
};

const CHARS = 20_000;

describe.each(Object.entries(WAYS))('%s', (_, { read, most, units, head = '' }) => {
  test.each(units)('is read in one go: %j', async (unit) => {
    const rate = async (chars: number) =>
      (await visitsWhile(() => read((head + unit.repeat(chars)).slice(0, chars)))) / chars;
    const long = await rate(CHARS);
    expect(long).toBeLessThanOrEqual(most);
    // A longer text doesn't take more for each character.
    expect(long).toBeLessThanOrEqual((await rate(CHARS / 4)) * 1.2 + 1);
  });
});
