// SPDX-License-Identifier: MIT
import { describe, expect, test } from 'vitest';
import { readDiff } from '#engine/core-edit/read-diff.ts';
import { cTokens } from '#engine/import/c-tokens.ts';
import { gatherScenarios } from '#engine/import/gather.ts';
import { importC } from '#engine/import/import-c.ts';
import { importHexdump } from '#engine/import/import-hexdump.ts';
import { importTrace } from '#engine/import/import-trace.ts';
import { cleanDiff } from '#engine/import/patch-hunks.ts';
import { decodeLink } from '#engine/link/codec.ts';
import { LIMITS } from '#engine/link/limits.ts';
import { plainLines } from '#engine/mail/quotes.ts';
import { parseDocument } from '#engine/scenario/parse.ts';
import { readCard } from '#engine/text/card.ts';
import { visitsOf } from '../visits.ts';

/**
 * Readers of a stranger's text look at each character so often, however long the text is. More sizes, which take
 * minutes: LINEAR_CHARS=250000,500000,1000000.
 */
const SIZES = (process.env['LINEAR_CHARS'] ?? '250000').split(',').map(Number);

interface Reader {
  read: (text: string) => unknown;
  /** Visits for each character. */
  most: number;
  /** What the text begins with. */
  head?: string;
  /** And what it ends with. */
  tail?: string;
  /** What is repeated. */
  units: string[];
  mostChars?: number;
}

const tokensOf = (text: string) =>
  cTokens(text.split('\n').map((line, i) => ({ text: line, line: i + 1, depth: 0 })));
const CARD = 'iomap-playground card 1-aa\n\n';

const READERS: Record<string, Reader> = {
  'a scenario in JSON': {
    read: parseDocument,
    most: 8,
    units: ['{"a":', '{"a" ', ' ', '[1.5,', '"', '{"format":1,"steps":[1,', '\n', '"\\'],
  },
  'a scenario whose keys come again': {
    read: parseDocument,
    most: 8,
    head: '{"format":1,"steps":[{',
    units: ['"a":1,', '"toString":1,', '"a":1.5,'],
  },
  'a share link': {
    read: decodeLink,
    most: 8,
    units: ['#1.', '#1.1.', '#', '\t', '# ', '#1=', '#1.65000.A', '%25', '\n> '],
    mostChars: LIMITS.textChars,
  },
  'a text without a link': {
    read: decodeLink,
    most: 8,
    head: 'x',
    units: ['\t', '\n'],
    tail: 'x',
    mostChars: LIMITS.textChars,
  },
  'words of C': {
    read: tokensOf,
    most: 14,
    units: ['/*', '/* ', '/**/', '//', '"', '"\\', "'", 'a ', '0x', '->', ' '],
  },
  'a diff of the core': {
    read: readDiff,
    most: 16,
    units: ['@@ -1,9 +1,9 @@\n a\n', '--- a\n+++ b\n', '\n'],
  },
  // From here on twice two walks are those that take quote marks off.
  'lines without quote marks': {
    read: plainLines,
    most: 16,
    units: ['>', '> ', ' >', 'Jane> x\n', '> Jane> x\n', '\n', 'x\n', '| |   ', '| x\n', '\r'],
  },
  'a reply in C': {
    read: importC,
    most: 24,
    units: [
      '/*',
      '/**/',
      '"\\',
      'a = ',
      'a.a',
      '{.offset=1}',
      'out->read.offset=1;',
      'p=&p.a;p.read.offset=1;',
      'a[',
    ],
  },
  'a hexdump': {
    read: importHexdump,
    most: 24,
    units: ['00 ', '00000000  50 00\n', '"\\x50', '00:', '} ', '{ ', '0000: ab  ', '*\n', 'x: '],
  },
  'a trace': {
    read: importTrace,
    most: 24,
    units: ['fuse_iomap_begin: ', '-1 [1] : fuse_iomap_begin:', 'fuse_', 'fuse_iomap_begin:   \n '],
  },
  'a diff in a mail': {
    read: cleanDiff,
    most: 24,
    units: [
      '@@ -1,9 +1,9 @@\n a\n',
      '@@ -1,99999 +1,9999 @@\n',
      'diff --git a/f b/f\n',
      '--- a/f\n+++ b/f\n',
    ],
  },
  'a text with many scenarios': { read: gatherScenarios, most: 32, units: ['{\n', '{"steps":\n', '#1.1.'] },
  // Eight attempts at most, and what makes lines of the text.
  'a text card': {
    read: readCard,
    most: 64,
    head: CARD,
    units: ['"', 'a| ', '"x ', '(a) ', CARD, `${CARD}"`, '{"a":1} ', 'iomap-playground '],
  },
};

describe.each(Object.entries(READERS))(
  '%s',
  (_, { read, most, head = '', tail = '', units, mostChars = Infinity }) => {
    test.each(units)('is read in one go: %j', (unit) => {
      for (const size of SIZES) {
        const chars = Math.min(size, mostChars);
        const text =
          (head + unit.repeat(Math.ceil(chars / unit.length))).slice(0, chars - tail.length) + tail;
        expect(visitsOf(() => read(text)) / chars).toBeLessThanOrEqual(most);
      }
    });
  },
);

test('the counter sees a pattern that tries again from each place, and a search from each place', () => {
  const text = '/* '.repeat(1_000);
  expect(visitsOf(() => text.replace(/\/\*[^]*?\*\//g, '')) / text.length).toBeGreaterThan(400);
  expect(visitsOf(() => ' '.repeat(2_000).concat('x').replace(/\s+$/, '')) / 2_000).toBeGreaterThan(400);
  const search = () => {
    for (let at = 0; at < text.length; at++) text.indexOf('*/x', at);
  };
  expect(visitsOf(search) / text.length).toBeGreaterThan(400);
});
