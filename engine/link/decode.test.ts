// SPDX-License-Identifier: MIT
import { deflateSync } from 'fflate';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { decodeLink } from './decode.ts';
import { FIRST_WORD, TOKEN, WORDS, dictionary } from './dictionary-1.ts';
import { checkPair, toBase64Url } from './envelope.ts';
import { LIMITS } from './limits.ts';
import { CLASS } from './numbers-1.ts';

/** A link around any payload, its check pair right. */
function around(payload: Uint8Array, version = 1): string {
  const text = toBase64Url(payload);
  const head = `${version}.${text.length}.${text}`;
  return `#${head}${checkPair(head)}`;
}

const leb = (value: number): number[] => (value < 128 ? [value] : [(value & 127) | 128, ...leb(value >>> 7)]);

interface Parts {
  structure: number[];
  numbers?: number[];
  text?: number[];
  bits?: number[];
}

/** A link around streams, deflated. */
function packed({ structure, numbers = [], text = [], bits = [] }: Parts): string {
  const body = Uint8Array.from(structure.concat(numbers, text));
  const head = [1, ...leb(bits.length), ...leb(structure.length), ...leb(numbers.length), ...bits];
  const deflated = deflateSync(body, { level: 9, mem: 4, dictionary: dictionary() });
  return around(Uint8Array.from([...head, ...deflated]));
}

const word = (text: string) => FIRST_WORD + WORDS.indexOf(text);
/** Step 0, view '', no verdict: what follows the scenario. */
const REST = [TOKEN.NUMBER, TOKEN.TEXT, TOKEN.NULL];
const REST_NUMBERS = [0, 0];

const kindOf = (text: string) => {
  const result = decodeLink(text);
  return result.ok ? 'ok' : result.error.kind;
};

test('the hand-made link of these tests opens', () => {
  const link = packed({
    structure: [TOKEN.OBJECT, word('dev'), TOKEN.NUMBER, TOKEN.END, ...REST],
    numbers: [7, ...REST_NUMBERS],
  });
  expect(decodeLink(link)).toEqual({
    ok: true,
    state: { scenario: { dev: 7n }, step: 0, verdict: null, view: '' },
  });
});

test.each(['', '  \n ', '#', '<>'])('%j is empty', (text) => {
  expect(kindOf(text)).toBe('empty');
});

test.each([
  'hello',
  'https://example.org/',
  '#section-2',
  '#x1.8.AAAAAAAAab',
  'wait # what',
  '{"format": 1}',
])('%j is not a link', (text) => {
  expect(kindOf(text)).toBe('not-a-link');
});

test('a place is not a link, and is told so', () => {
  const result = decodeLink('#/check/length-zero');
  expect(result).toMatchObject({ ok: false, error: { kind: 'not-a-link' } });
  expect(!result.ok && result.error.message).toContain('not a share link');
});

test.each(['#1.x', '#1.4x8.AAAA', '#1..AAAA', '#1.08.AAAAAAAAab', '#1.-8.AAAAAAAAab'])(
  '%j has a broken head',
  (text) => {
    expect(kindOf(text)).toBe('damaged');
  },
);

test('a length has one spelling', () => {
  const [, , payload = ''] = packed({ structure: [TOKEN.NULL, ...REST], numbers: REST_NUMBERS }).split('.');
  const head = (length: string) => `1.${length}.${payload.slice(0, -2)}`;
  const length = String(payload.length - 2);
  expect(kindOf(head(length) + checkPair(head(length)))).toBe('ok');
  expect(kindOf(head(`0${length}`) + checkPair(head(`0${length}`)))).toBe('damaged');
});

test('over-long text is refused unread, an over-long link by its head', () => {
  expect(decodeLink('x'.repeat(LIMITS.textChars + 1))).toMatchObject({
    ok: false,
    error: { kind: 'too-long', details: { limit: LIMITS.textChars } },
  });
  expect(decodeLink('#1.65536.AAAA')).toMatchObject({
    ok: false,
    error: { kind: 'too-long', details: { limit: LIMITS.linkChars } },
  });
});

test('a link of a later format says so first, and then whether it is whole', () => {
  const link = around(Uint8Array.of(1, 2, 3), 3);
  const result = decodeLink(link);
  expect(result).toMatchObject({ ok: false, error: { kind: 'too-new', details: { version: 3 } } });
  expect(!result.ok && result.error.message).toContain('newer playground (link format 3');
  for (const [text, damage] of [
    [link.slice(0, -1), 'lost its end'],
    [link.replace('#3.', '#4.'), 'is damaged'],
  ] as const) {
    const broken = decodeLink(text);
    expect(kindOf(text)).toBe('too-new');
    expect(!broken.ok && broken.error.message).toMatch(new RegExp(`newer playground.*${damage}`));
  }
});

test('a character that no link has is named by its place', () => {
  const link = around(Uint8Array.of(0, 0, 0, 0, 0, 0));
  expect(decodeLink(link.slice(0, 8) + '!' + link.slice(9))).toMatchObject({
    ok: false,
    error: { kind: 'damaged', details: { position: 7, expectedChars: link.length - 1 } },
  });
});

test('a bomb is hostile', () => {
  const zeros = deflateSync(new Uint8Array(40 << 20), { level: 9, mem: 4 });
  const link = around(Uint8Array.from([1, 0, 0, 0, ...zeros]));
  expect(link.length).toBeLessThan(LIMITS.linkChars);
  expect(kindOf(link)).toBe('hostile');
});

test('nesting without end is hostile', () => {
  const structure = Array.from({ length: 500_000 }, () => TOKEN.ARRAY);
  expect(kindOf(packed({ structure }))).toBe('hostile');
});

test('a prototype as a key is hostile', () => {
  const key = [...new TextEncoder().encode('__proto__')];
  const structure = [TOKEN.OBJECT, TOKEN.TEXT, TOKEN.OBJECT, TOKEN.END, TOKEN.END, ...REST];
  expect(kindOf(packed({ structure, numbers: [key.length, ...REST_NUMBERS], text: key }))).toBe('hostile');
});

test('a long text that comes again and again is hostile before it is printed', () => {
  const times = 9000;
  const structure = [
    TOKEN.ARRAY,
    TOKEN.TEXT,
    ...Array.from({ length: times }, () => TOKEN.AGAIN),
    TOKEN.END,
    ...REST,
  ];
  // 1000 characters: the class of 10 bits, the highest left out.
  const numbers = [CLASS.PLAIN + 4, ...Array.from({ length: times }, () => 0), ...REST_NUMBERS];
  const bits = [(1000 & 511) >> 1, (1000 & 1) << 7];
  const text = Array.from({ length: 1000 }, () => 0x41);
  expect(kindOf(packed({ structure, numbers, bits, text }))).toBe('hostile');
});

test('an integer of too many digits is hostile', () => {
  const digits = Array.from({ length: 1001 }, () => 0x31);
  const numbers = [CLASS.DIGITS, CLASS.PLAIN + 4, ...REST_NUMBERS];
  const bits = [(1001 & 511) >> 1, (1001 & 1) << 7];
  expect(kindOf(packed({ structure: [TOKEN.NUMBER, ...REST], numbers, bits, text: digits }))).toBe('hostile');
});

const INVALID: Record<string, Parts> = {
  'nothing at all': { structure: [] },
  'a part missing': { structure: [TOKEN.NULL, TOKEN.NUMBER], numbers: [0] },
  'a structure that goes on': { structure: [TOKEN.NULL, ...REST, TOKEN.NULL], numbers: REST_NUMBERS },
  'numbers left over': { structure: [TOKEN.NULL, ...REST], numbers: [...REST_NUMBERS, 1] },
  'text left over': { structure: [TOKEN.NULL, ...REST], numbers: REST_NUMBERS, text: [0x41] },
  'bits left over': { structure: [TOKEN.NULL, ...REST], numbers: REST_NUMBERS, bits: [0] },
  'an object that does not end': { structure: [TOKEN.OBJECT] },
  'a key that is not a string': {
    structure: [TOKEN.OBJECT, TOKEN.NULL, TOKEN.NULL, TOKEN.END, ...REST],
    numbers: REST_NUMBERS,
  },
  'a key twice': {
    structure: [TOKEN.OBJECT, word('dev'), TOKEN.NULL, word('dev'), TOKEN.NULL, TOKEN.END, ...REST],
    numbers: REST_NUMBERS,
  },
  'a word beyond the list': { structure: [FIRST_WORD + WORDS.length, ...REST], numbers: REST_NUMBERS },
  'a repetition of nothing': { structure: [TOKEN.AGAIN, ...REST], numbers: [0, ...REST_NUMBERS] },
  'a recent number that never was': {
    structure: [TOKEN.NUMBER, ...REST],
    numbers: [CLASS.RECENT, ...REST_NUMBERS],
  },
  'a class beyond the list': { structure: [TOKEN.NUMBER, ...REST], numbers: [CLASS.END, ...REST_NUMBERS] },
  'two classes that change a number': {
    structure: [TOKEN.NUMBER, ...REST],
    numbers: [CLASS.BELOW_64, CLASS.BELOW_64, 0, ...REST_NUMBERS],
  },
  'text that is not UTF-8': { structure: [TOKEN.TEXT, ...REST], numbers: [1, ...REST_NUMBERS], text: [0xff] },
  'text longer than there is': {
    structure: [TOKEN.TEXT, ...REST],
    numbers: [9, ...REST_NUMBERS],
    text: [0x41],
  },
  'a number without its bits': {
    structure: [TOKEN.NUMBER, ...REST],
    numbers: [CLASS.PLAIN + 40, ...REST_NUMBERS],
  },
  'a step below zero': {
    structure: [TOKEN.NULL, ...REST],
    numbers: [CLASS.NEGATIVE, ...REST_NUMBERS],
  },
  'a view that is not a word': {
    structure: [TOKEN.NULL, TOKEN.NUMBER, TOKEN.NULL, TOKEN.NULL],
    numbers: [0],
  },
  'a verdict that is none': {
    structure: [TOKEN.NULL, TOKEN.NUMBER, TOKEN.TEXT, TOKEN.TRUE],
    numbers: [0, 0],
  },
};

test.each(Object.entries(INVALID))('%s is invalid', (_, parts) => {
  expect(kindOf(packed(parts))).toBe('invalid');
});

test('a payload of an unknown kind is invalid', () => {
  expect(kindOf(around(Uint8Array.of(4, 0, 0, 0)))).toBe('invalid');
});

test('any payload with a right check pair has an answer', () => {
  fc.assert(
    fc.property(fc.nat(4), fc.uint8Array({ maxLength: 200 }), (flag, bytes) => {
      const result = decodeLink(around(Uint8Array.of(flag, ...bytes)));
      if (!result.ok) expect(['invalid', 'hostile']).toContain(result.error.kind);
    }),
    { numRuns: 3000 },
  );
});
