// SPDX-License-Identifier: MIT
import { describe, expect, test } from 'vitest';
import { readDiff } from '#engine/core-edit/read-diff.ts';
import { arrayBytes, signsIn } from '#engine/import/array-bytes.ts';
import { cTokens } from '#engine/import/c-tokens.ts';
import { gatherScenarios } from '#engine/import/gather.ts';
import { importC } from '#engine/import/import-c.ts';
import { importHexdump } from '#engine/import/import-hexdump.ts';
import { importTrace } from '#engine/import/import-trace.ts';
import { cleanDiff } from '#engine/import/patch-hunks.ts';
import { decodeLink } from '#engine/link/codec.ts';
import { LIMITS } from '#engine/link/limits.ts';
import { plainLines } from '#engine/mail/quotes.ts';
import { CAPS } from '#engine/scenario/caps.ts';
import { parseDocument } from '#engine/scenario/parse.ts';
import { transpile } from '#engine/server-code/transpile.ts';
import { readCard } from '#engine/text/card.ts';
import { visitsOf } from '../visits.ts';

/**
 * Readers of a stranger's text look at each character so often, however long the text is. More sizes, which take
 * minutes: LINEAR_CHARS=250000,500000,1000000.
 */
const SIZES = (process.env['LINEAR_CHARS'] ?? '50000').split(',').map(Number);
/** The sizes at which those are always read that once took longest. */
const LARGE = [250_000, 500_000, 1_000_000];

/** Visits for each character, at most. */
const MOST = 8;

interface Reader {
  read: (text: string) => unknown;
  /** What the text begins with. */
  head?: string;
  /** And what it ends with. */
  tail?: string;
  /** What is repeated. */
  units: string[];
  mostChars?: number;
  /** Visits for each character, where a library reads it in more than one pass, or several readers do. */
  most?: number;
  /** A shorter text may be read more often. */
  leastChars?: number;
}

const tokensOf = (text: string) =>
  cTokens(text.split('\n').map((line, i) => ({ text: line, line: i + 1, depth: 0 })));
const CARD = 'iomap-playground card 1-aa\n\n';

const READERS: Record<string, Reader> = {
  'a scenario in JSON': {
    read: parseDocument,
    units: ['{"a":', '{"a" ', ' ', '[1.5,', '"', '{"format":1,"steps":[1,', '\n', '"\\'],
  },
  'a scenario whose keys come again': {
    read: parseDocument,
    head: '{"format":1,"steps":[{',
    units: ['"a":1,', '"toString":1,', '"a":1.5,'],
  },
  'a share link': {
    read: decodeLink,
    units: ['#1.', '#1.1.', '#', '\t', '# ', '#1=', '#1.65000.A', '%25', '\n> '],
    mostChars: LIMITS.textChars,
  },
  'a text without a link': {
    read: decodeLink,
    head: 'x',
    units: ['\t', '\n'],
    tail: 'x',
    mostChars: LIMITS.textChars,
  },
  'words of C': {
    read: tokensOf,
    units: ['/*', '/* ', '/**/', '//', '"', '"\\', "'", 'a ', '0x', '->', ' '],
  },
  'a diff of the core': {
    read: readDiff,
    units: ['@@ -1,9 +1,9 @@\n a\n', '--- a\n+++ b\n', '\n'],
  },
  'lines without quote marks': {
    read: plainLines,
    units: [
      '>',
      '> ',
      ' >',
      'Jane> x\n',
      '> Jane> x\n',
      '\n',
      'x\n',
      '| |   ',
      '| x\n',
      '\r',
      '\r\n',
      '> x\r\n',
      '\u00a0',
      '\u200b\n',
      'é\r',
      'Jane> Jack> x\n',
      'abcdefghijklmnopqrstu\n',
      '| |\n',
      ' \n',
      '-----BEGIN PGP SIGNED MESSAGE-----\n',
      '- x\n',
    ],
  },
  'a reply in C': {
    read: importC,
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
      ' ',
      '\n',
      '#define a b\n',
      "'a",
      'a=b;',
      'struct fuse_iomap_io a = { .offset = 1 };\n',
      'read.offset = read.offset;\n',
      'memset(&a, 0, 1);\n',
      '((',
      'a->a->a = 1;\n',
      '*a = *b;\n',
    ],
  },
  'a hexdump': {
    // Three readers: of bytes, of numbers, and of the commands that print numbers.
    read: importHexdump,
    most: 3 * MOST,
    units: [
      '00 ',
      '00000000  50 00\n',
      '"\\x50',
      '00:',
      '} ',
      '{ ',
      '0000: ab  ',
      '*\n',
      'x: ',
      '00000010: 0010 0000 0000 0000  ........\n',
      '0000   50 00 00   ...\n',
      '0000000 50 00\n',
      '0000000 0050\n',
      '0000000 120 000\n',
      '00000000 zz\n',
      '0000: zz\n',
      'a: b: c: d: e\n',
      '0123456789abcdef0\n',
      '0x00000000 <a>: 0x\n',
      '00000000 50 00 z\n',
      '0000000 0050 0050 0050 0050 z\n',
      '12: 12: 12: 12: 12345678 \n',
      '0x7ffe01: 0x50 0x00\n',
      '| 00000  50 00  P. |\n',
      '[  1.0] x: 00000000: 50 00\n',
      '0000:zz\n',
      '\n',
      '"\\1 ',
      ' ',
      '0123456789 ',
      '00000000  50 00 00 00  |....|\n',
      'The quick brown fox. ',
    ],
  },
  'a list of numbers': {
    read: (text) => (signsIn(text), arrayBytes(text)),
    units: [
      '{1,',
      '[1, ',
      '{/*',
      '{1,[1]=2,',
      '{0x50,0x00,}',
      "{'a',",
      '{1,//\n',
      '{#\n',
      '[1',
      '{ ',
      "{'\\",
    ],
  },
  'an strace': {
    read: importHexdump,
    head: 'write(6, "P", 1) = 1\n',
    units: [
      'write(6, "P\\0"..., 80) = 80\n',
      'writev(6, [{iov_base="P\\0", iov_len=16}], 1) = 16\n',
      '[pid 1] 12:00:00 write(6, "',
      ' * 16 bytes in buffer 0\n | 00000  50 00  P. |\n',
      '{iov_base="',
      '"',
      '\\',
      ')= 1 ',
    ],
  },
  'a trace': {
    read: importTrace,
    units: [
      'fuse_iomap_begin: ',
      '-1 [1] : fuse_iomap_begin:',
      'fuse_',
      'fuse_iomap_begin:   \n ',
      'fio-42 [001] 7.1: fuse_iomap_begin: ino 12 opflags (write|direct) pos 0x0 length 0x1000\n',
      '-1 [1] a:b:c:d:e:f: fuse_iomap_begin: ',
      '1 1 1 1 1 1 1 1 : fuse_iomap_begin: ',
      '1: 1: fuse_backing_open:',
      'a-1 [001] \nb-1 1: fuse_iomap_end:',
      '1 1.1: fuse_iomap_end:',
      '[1]1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 : fuse_iomap_begin: ',
      '\n',
      ' ',
    ],
  },
  'a diff in a mail': {
    read: cleanDiff,
    units: [
      '@@ -1,9 +1,9 @@\n a\n',
      '@@ -1,99999 +1,9999 @@\n',
      'diff --git a/f b/f\n',
      '--- a/f\n+++ b/f\n',
    ],
  },
  'the code of a server': {
    read: transpile,
    mostChars: CAPS.serverChars,
    most: 24,
    units: [
      'export const a = 1, b = 2;\n',
      'export function iomap_begin(pos: bigint) { return { read: { offset: 0n } }; }\n',
      "import { A } from 'iomap-playground';\n",
      'enum A { a, b = a }\n',
      'class A<T> { private a: T = 1 as any; }\n',
      'const a = <T,>(x: T) => x;\n',
      'interface A { a: string }\n',
      'type A = B extends C ? D : E;\n',
      'async<T>(x=',
      'f<(a=',
      '<T>(x=',
      '(',
      '{',
      '`${',
      '`',
      "'",
      '/*',
      '// a\n',
      'a?.b;',
      'export ',
      ' ',
      '\n',
    ],
  },
  'a text with many scenarios': { read: gatherScenarios, units: ['{\n', '{"steps":\n', '#1.1.'] },
  'a text card': {
    read: readCard,
    leastChars: 250_000,
    head: CARD,
    units: [
      '"',
      'a| ',
      '"x ',
      '(a) ',
      CARD,
      `${CARD}"`,
      '{"a":1} ',
      'iomap-playground ',
      'iomap-playground\n',
      'é\r',
      '-\n',
      '> Jane> -\r\n',
    ],
  },
  'a text card that does not end': {
    read: readCard,
    leastChars: 250_000,
    head: `> ${CARD}> kernel: `,
    units: [
      'x ',
      'xy-\n',
      '> x-\n',
      '> > x-\n',
      `${CARD}kernel: `,
      `> ${CARD}kernel: x-\n`,
      `${CARD}kernel: x-\n`,
      '> a\n',
      '"x" ',
      '{"a":1} ',
      '{"a":1} answer ',
      '[1] answer\n',
      '> {"a":1}\nanswer\n',
      'step ',
      '“x” ',
      'step 1: ',
      `> ${CARD}step 1: do-\n`,
      'a:1 ',
      'é-\r\n',
    ],
  },
};

describe.each(Object.entries(READERS))(
  '%s',
  (_, { read, head = '', tail = '', units, mostChars = Infinity, leastChars = 0, most = MOST }) => {
    test.each(units)('is read in one go: %j', (unit) => {
      for (const size of SIZES) {
        const chars = Math.max(leastChars, Math.min(size, mostChars));
        const text =
          (head + unit.repeat(Math.ceil(chars / unit.length))).slice(0, chars - tail.length) + tail;
        expect(visitsOf(() => read(text)) / chars).toBeLessThanOrEqual(most);
      }
    });
  },
);

test.each([
  ['a scenario in JSON', '[1.5,'],
  ['a scenario whose keys come again', '"toString":1,'],
  ['words of C', '/* '],
  ['lines without quote marks', '>'],
  ['a diff in a mail', '@@ -1,9 +1,9 @@\n a\n'],
  ['a text card that does not end', 'x '],
])('%s is read in one go at its worst, however long it is: %j', (name, unit) => {
  const { read, head = '' } = READERS[name]!;
  for (const chars of LARGE) {
    const text = (head + unit.repeat(chars)).slice(0, chars);
    expect(visitsOf(() => read(text)) / chars).toBeLessThanOrEqual(MOST);
  }
});

test.each([
  ['async functions with types', 'async<T>(x=', ')'],
  ['types of calls', 'f<(a=', ')>'],
  ['arrow functions with types', '<T>(x=', ')=>1'],
])('code whose %s are nested is given up before it is read again and again', (_, open, close) => {
  for (const deep of [20, 60, 200]) {
    const text = `${open.repeat(deep)}1${close.repeat(deep)}`;
    // What a short text may have in any case, in each of the two passes, is on top.
    expect(visitsOf(() => transpile(text))).toBeLessThanOrEqual(24 * text.length + 24_000);
  }
});

test('the counter sees a pattern that tries again from each place, and a search from each place', () => {
  const text = '/* '.repeat(1_000);
  expect(visitsOf(() => text.replace(/\/\*[^]*?\*\//g, '')) / text.length).toBeGreaterThan(400);
  expect(visitsOf(() => ' '.repeat(2_000).concat('x').replace(/\s+$/, '')) / 2_000).toBeGreaterThan(400);
  const search = () => {
    for (let at = 0; at < text.length; at++) text.indexOf('*/x', at);
  };
  expect(visitsOf(search) / text.length).toBeGreaterThan(400);
});
