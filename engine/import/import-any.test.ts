// SPDX-License-Identifier: MIT
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { encodeLink } from '../link/codec.ts';
import { encodeAnswer } from '../kernel/wire.ts';
import { copyAsStructs, xxd } from '../text/copy-as.ts';
import { REFUSED } from '../testing/fixture.ts';
import { readFileSync } from 'node:fs';
import { importAnything } from './import-any.ts';

const SCENARIO = '{ "format": 1, "steps": [{ "do": "backing_open" }] }';
const link = encodeLink({
  scenario: { format: 1n, steps: [{ do: 'backing_open' }] },
  step: 0,
  verdict: null,
  view: '',
});
const CARD = readFileSync(new URL('../../tests/data/cards/1-passthrough-id.txt', import.meta.url), 'utf8');
const TRACE =
  'x-1 [000] ..... 1.5: fuse_iomap_begin: connection 1 ino 2 nodeid 2 isize 0x1000 opflags () pos 0x0 length 0x1000\n' +
  'x-1 [000] ..... 1.6: fuse_iomap_begin_error: connection 1 ino 2 nodeid 2 isize 0x1000 opflags () pos 0x0 length 0x1000 err -5\n';
const PATCH = 'diff --git a/x b/x\n--- a/x\n+++ b/x\n@@ -1 +1 @@\n-a\n+b\n';
const DUMP = xxd(encodeAnswer(4n, -5, new Uint8Array(0)));
const C = copyAsStructs(REFUSED)!;

const SAMPLES = [
  ['scenario', SCENARIO],
  ['link', `see https://example.org/${link} there`],
  ['card', CARD],
  ['card', CARD.replace(/^/gm, '> > ')],
  ['trace', TRACE],
  ['hexdump', DUMP],
  ['c', C],
  ['patch', PATCH],
  ['patch', PATCH.replace(/^/gm, '> ')],
] as const;

it.each(SAMPLES)('knows a %s', async (kind, text) => {
  expect(await importAnything(text)).toMatchObject({ kind, ok: true });
  expect(await importAnything(text.replaceAll('\n', '\r\n'))).toMatchObject({ kind, ok: true });
});

const base64 = (text: string) =>
  'From: a@example.org\nMIME-Version: 1.0\nContent-Type: text/plain\nContent-Transfer-Encoding: base64\n\n' +
  Buffer.from(text).toString('base64').replace(/.{76}/g, '$&\n');

it.each(SAMPLES)('knows a %s in an encoded mail', async (kind, text) => {
  expect(await importAnything(base64(text))).toMatchObject({ kind, ok: true });
});

/** As git send-email and many mail programs do it: `=` is `=3D`, and lines of more than 75 characters are cut. */
const quotedPrintable = (text: string) =>
  'From: a@example.org\nMIME-Version: 1.0\nContent-Type: text/plain\nContent-Transfer-Encoding: quoted-printable\n\n' +
  text
    .replaceAll('=', '=3D')
    .replace(/ $/gm, '=20')
    .replace(/^.{73,}$/gm, (line) => line.match(/(?:=..|[^=]){1,70}/g)!.join('=\n'));

it.each([...SAMPLES, ['c', 'out->read.offset = 4096;\nout->read.dev = 1;'] as const])(
  'reads a %s the same out of a mail in quoted-printable',
  async (kind, text) => {
    const whole = text.replace(/\n?$/, '\n');
    const plain = await importAnything(whole);
    expect(plain).toMatchObject({ kind, ok: true });
    expect(await importAnything(quotedPrintable(whole))).toEqual(plain);
  },
);

it('says of an encoded mail without anything in it what can be pasted', async () => {
  expect(await importAnything(base64('Good morning!'))).toMatchObject({
    kind: 'unknown',
    ok: false,
    message: expect.stringMatching(/patch mail/),
  });
});

it.each([
  ['scenario', '{ "format": 1, "steps": [{ "do": "x" }] }', /Expected one of/],
  ['scenario', '{ "format": 9 }', /newer|format/],
  ['link', link.slice(0, -3), /lost its end/],
  ['card', CARD.slice(0, 400), /card/],
  ['trace', TRACE.split('\n')[0]!, /read_map/],
  ['hexdump', '00 01 02 03', /4 bytes. Expected 80/],
  ['c', 'struct fuse_iomap_io read = { .offset = huh };', /"huh" is not known/],
  ['unknown', 'deadbeef', /does not read text of this kind/],
  ['unknown', '[ 12.345678] fuse: hello', /does not read text of this kind/],
  ['unknown', 'Good morning!', /share link.*hexdump.*patch mail/],
  ['unknown', ' \n', /nothing here/],
])('tells what was expected of a %s: %s', async (kind, text, message) => {
  expect(await importAnything(text)).toMatchObject({
    kind,
    ok: false,
    message: expect.stringMatching(message),
  });
});

/** The samples torn apart, doubled, quoted and mixed with noise. */
const torn = fc.constantFrom(...SAMPLES.map(([, text]) => text)).chain((text) =>
  fc
    .record({
      from: fc.nat(text.length),
      length: fc.nat(40),
      noise: fc.oneof(
        fc.string({ maxLength: 12 }),
        fc.constantFrom('>', '\n', '(', '{', '@@ -1,9 +1,9 @@\n', '0x', '/*', '"', '|', '\\', '*\n'),
      ),
      twice: fc.boolean(),
      quote: fc.constantFrom('', '> ', '>>> '),
    })
    .map(({ from, length, noise, twice, quote }) => {
      const cut = text.slice(0, from) + noise + text.slice(from + length);
      return (twice ? cut + text : cut).replace(/^/gm, quote);
    }),
);

it('answers whatever is pasted, with words if it is of no use', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.oneof(torn, fc.string({ unit: 'binary', maxLength: 60 }), fc.string()),
      async (text) => {
        const result = await importAnything(text);
        if (result.ok) return;
        expect(result.message).toMatch(/^[A-Z"].*[.")?]$/s);
        expect(result.line).toBeGreaterThanOrEqual(1);
        expect(result.line).toBeLessThanOrEqual(text.split(/\r\n|\r|\n/).length);
      },
    ),
    { numRuns: 500 },
  );
});

it('does not take longer than the text for what is built to hang it', async () => {
  const many = 200_000;
  const hostile = [
    '0'.repeat(many),
    '00 '.repeat(many),
    `00000000: ${'00 '.repeat(many)}`,
    `${'>'.repeat(many)}x`,
    `${'> '.repeat(many)}x`,
    `struct fuse_iomap_io r = { .dev = ${'('.repeat(many)}`,
    `struct fuse_iomap_io r = { .dev = ${'-'.repeat(many)}1 };`,
    `struct fuse_iomap_io r = ${'{ .read = '.repeat(many)}`,
    `fuse_iomap_begin: ${'('.repeat(many)}`,
    TRACE.split('\n')[0]!.repeat(2000),
    `@@ -1,${many} +1,${many} @@\n${'x\n'.repeat(many)}`,
    `iomap-playground card 1\n${'step 0: '.repeat(many)}`,
    `iomap-playground card 1\nstep 0: ${'a|'.repeat(many)}`,
    `iomap-playground card 1\ntitle: "${'\\ '.repeat(many)}`,
    'iomap-playground card 1 '.repeat(20_000),
    `Content-Type: text/plain\nContent-Transfer-Encoding: base64\n\n${'A'.repeat(many)}`,
  ];
  for (const text of hostile) {
    const result = await importAnything(text);
    expect(result.ok || result.message.length > 0).toBe(true);
  }
}, 120_000);

it.each(['>', '> ', '(', '{"a":', 'a:'])('answers to megabytes of %j in words, too', async (unit) => {
  const chars = 3_500_000;
  const result = await importAnything(unit.repeat(chars / unit.length));
  expect(result).toMatchObject({ ok: false, message: expect.stringMatching(/\S/) });
});
