// SPDX-License-Identifier: MIT
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { applyDiff } from '#engine/core-edit/apply-diff.ts';
import { readDiff } from '#engine/core-edit/read-diff.ts';
import { gatherScenarios } from '#engine/import/gather.ts';
import { importAnything } from '#engine/import/import-any.ts';
import { importC } from '#engine/import/import-c.ts';
import { importHexdump } from '#engine/import/import-hexdump.ts';
import { importTrace } from '#engine/import/import-trace.ts';
import { readPatches } from '#engine/import/patch.ts';
import { decodeLink } from '#engine/link/codec.ts';
import { CAPS, READING } from '#engine/scenario/caps.ts';
import { MAX_PROBLEMS, parseDocument } from '#engine/scenario/parse.ts';
import { readCard } from '#engine/text/card.ts';
import { isDrawable } from '#engine/text/notes.ts';

const PIECES = [
  ...[
    '>',
    ' ',
    '\t',
    '\n',
    '\r\n',
    '"',
    "'",
    '\\',
    '/*',
    '*/',
    '//',
    '{',
    '}',
    '[',
    ']',
    '(',
    ')',
    ',',
    ':',
    ';',
    '=',
  ],
  ...[
    '#',
    '#1.',
    '#1.418.',
    '%25',
    '0',
    '00 ',
    '0x',
    '1.5',
    'a',
    'a:',
    'a.b',
    '->',
    '|',
    '*',
    '_',
    '`',
    '<',
    '\u2028',
  ],
  ...[
    '"a":1,',
    '{"format":1,"steps":[',
    '{"toString":1},',
    '"format"',
    'struct fuse_iomap_io r = {',
    '.offset = 1,',
  ],
  ...[
    'out->read.offset = 1;',
    'p = &p.a;',
    'memset(&out, 0, 1);',
    '#define A A A\n',
    'fuse_iomap_begin: ',
    'opflags (',
    'pos 0x0 ',
  ],
  ...[
    'diff --git a/f b/f\n',
    '--- a/f\n',
    '+++ b/f\n',
    '@@ -1,9 +1,9 @@ int fuse_iomap_begin(int a)\n',
    '-- \n',
    '+x\n',
    '-x\n',
  ],
  ...[
    'iomap-playground card 1\n',
    'step 0: ',
    'iomap_begin ',
    'answer 0:\n',
    'device vda: ',
    'From a 2024\n',
    'To: a:a:a:',
  ],
  ...[
    'MIME-Version: 1.0\n',
    'Content-Type: multipart/mixed; boundary=b\n\n',
    '--b\n',
    'Content-Transfer-Encoding: base64\n',
  ],
];
/** A few pieces, some of them again and again. */
const nasty = fc
  .array(fc.tuple(fc.constantFrom(...PIECES), fc.constantFrom(1, 1, 2, 40, 700)), { maxLength: 8 })
  .map((parts) => parts.map(([piece, times]) => piece.repeat(times)).join(''));

const READERS: [string, (text: string) => unknown][] = [
  ['parseDocument', parseDocument],
  ['importAnything', importAnything],
  ['importC', importC],
  ['importHexdump', importHexdump],
  ['importTrace', importTrace],
  ['readPatches', readPatches],
  ['gatherScenarios', gatherScenarios],
  ['readCard', readCard],
  ['decodeLink', decodeLink],
  ['readDiff', readDiff],
  ['applyDiff', (text) => applyDiff({ f: 'x\n' }, text)],
  ['isDrawable', isDrawable],
];

test.each(READERS)('%s reads anything', async (_, read) => {
  await fc.assert(
    fc.asyncProperty(nasty, async (text) => {
      await read(text);
    }),
    { numRuns: 60 },
  );
});

test('what importAnything() returns can be sent from a worker, and tells no fault of its own', async () => {
  await fc.assert(
    fc.asyncProperty(nasty, async (text) => {
      const result = await importAnything(text);
      structuredClone(result);
      if (!result.ok) expect(result.message).not.toContain('The reader failed');
    }),
    { numRuns: 60 },
  );
});

describe('long texts', () => {
  const most = (unit: string) => unit.repeat(READING.importChars / unit.length);

  test.each(['>', '> ', '"', '00:', 'a,'])(
    'eight million characters of %j are refused in words',
    async (unit) => {
      const result = await importAnything(most(unit));
      expect(result.ok).toBe(false);
      if (!result.ok) expect(result.message).not.toContain('The reader failed');
    },
  );

  test('an encoded mail that is too long says so', async () => {
    const head = 'MIME-Version: 1.0\nContent-Transfer-Encoding: base64\n\n';
    const result = await importAnything(head + 'QUJD\n'.repeat(READING.mailLines + 1));
    expect(result).toMatchObject({ ok: false, message: expect.stringContaining('50,000 lines') as string });
  });

  test('macros that come to nothing in ever more steps are given up', () => {
    const macros = Array.from({ length: 40 }, (_, i) => `#define A${i} A${i + 1} A${i + 1}\n`).join('');
    const result = importC(`${macros}#define A40\nstruct fuse_iomap_io r = { .offset = A0 };`);
    expect(result).toMatchObject({
      ok: false,
      message: expect.stringContaining('grow too large') as string,
    });
  });

  test('a diff of too many hunks is rejected as one', () => {
    const hunks = '@@ -1 +1 @@\n-x\n+x\n'.repeat(READING.diffHunks + 1);
    const { applied, rejected } = applyDiff({ f: 'x\n' }, `--- a/f\n+++ b/f\n${hunks}`);
    expect([applied, rejected.length]).toEqual([0, 1]);
  });
});

describe('a document with more faults than are told', () => {
  const list = (count: number, item: string) => `{"format":1,"steps":[${Array(count).fill(item).join(',')}]}`;

  test.each([
    ['reserved keys', list(CAPS.steps, '{"toString":1}')],
    ['keys that come again', `{"format":1,"steps":[{"do":"unmount"${',"a":1'.repeat(100_000)}}]}`],
    ['numbers that are none', list(CAPS.steps, '1.5')],
  ])('tells the first: %s', (_, text) => {
    const { problems, scenario } = parseDocument(text);
    expect(scenario).toBeNull();
    expect(problems).toHaveLength(MAX_PROBLEMS);
    const starts = problems.map(({ start }) => start);
    expect(starts).toEqual(starts.toSorted((a, b) => a - b));
    // Each has its own path, the last as well.
    expect(problems.at(-1)!.path[0]).toBe('steps');
  });

  test('looks at none of more steps than fit', () => {
    const { problems } = parseDocument(list(CAPS.steps + 1, '{"do":1}'));
    expect(problems.map(({ message }) => message)).toEqual(['At most 10,000 fit here; these are 10,001.']);
  });
});
