// SPDX-License-Identifier: MIT
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { NoLinkError, decodeLink, encodeLink } from '#engine/link/codec.ts';
import type { LinkState, RecordedVerdict } from '#engine/link/codec.ts';
import { LIMITS } from '#engine/link/limits.ts';
import { parseDocument } from '#engine/scenario/parse.ts';
import { canonicalValue, minifyScenario } from '#engine/scenario/print.ts';
import type { JsonValue } from '#engine/scenario/json.ts';
import { randomState } from '../link-generator.ts';
import { scenarioDocument } from './scenario-arbitrary.ts';

/** The value as a link returns it: integers are bigint. */
function asRead(value: JsonValue): JsonValue {
  if (typeof value === 'number') return Number.isInteger(value) ? BigInt(value) : value;
  if (Array.isArray(value)) return value.map(asRead);
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, asRead(item)]));
}

const integers = fc.oneof(
  fc.bigInt({ min: -(1n << 66n), max: 1n << 66n }),
  fc.bigInt({ min: 0n, max: 1n << 43n }).map((blocks) => blocks << 12n),
  fc.bigInt({ min: (1n << 64n) - 5000n, max: (1n << 64n) + 10n }),
  fc.bigInt({ min: (1n << 63n) - 5000n, max: (1n << 63n) + 10n }),
  fc.nat(300).map(BigInt),
  fc.constantFrom(1n << 53n, (1n << 53n) + 1n, 10n ** 400n, -(10n ** 30n)),
);
const strings = fc.oneof(
  fc.string({ unit: 'grapheme' }),
  fc.string(),
  fc.constantFrom(
    'read',
    'iomap_begin',
    '0x1f00',
    '0x0',
    '0x01',
    '0X1',
    '17',
    '017',
    '64K',
    '064K',
    '64k',
    '0K',
  ),
  fc.constantFrom(
    '18446744073709551615',
    '0xffffffffffffffff',
    '0x10000000000000000',
    '99999999999999999999',
  ),
  fc.constantFrom(
    'deadbeef00',
    'deadbeef0',
    'DEADBEEF',
    '-5',
    '-EIO',
    '',
    '\u0000',
    '\n',
    '\ufeffx',
    'toString',
  ),
  fc.uint8Array({ minLength: 4, maxLength: 90 }).map((bytes) => Buffer.from(bytes).toString('hex')),
);
const json = fc.letrec<{ value: JsonValue; list: JsonValue; object: JsonValue }>((tie) => ({
  value: fc.oneof(
    { depthSize: 'medium', withCrossShrink: true },
    fc.oneof(
      integers,
      strings,
      fc.boolean(),
      fc.constant(null),
      fc.double({ noDefaultInfinity: true, noNaN: true }),
    ),
    tie('list'),
    tie('object'),
  ),
  list: fc.array(tie('value'), { maxLength: 8 }),
  object: fc.dictionary(
    strings.filter((key) => key !== '__proto__'),
    tie('value'),
    { maxKeys: 8 },
  ),
})).value;

const verdicts: fc.Arbitrary<RecordedVerdict | null> = fc.option(
  fc.record({
    ret: fc.oneof(fc.constantFrom('-EFSCORRUPTED', '0', 'waiting', 'not-called'), strings),
    check: fc.option(fc.oneof(fc.constantFrom('dev-not-found', 'a-check-of-the-future'), strings)),
    which: fc.constantFrom('read' as const, 'write' as const, null),
    revision: fc.constantFrom('v6-04', 'v9'),
  }),
);

function opens(text: string): LinkState {
  const result = decodeLink(text);
  if (!result.ok) throw new Error(`${result.error.kind}: ${result.error.message}`);
  return result.state;
}

describe('what goes in comes out', () => {
  test('any JSON, any step, verdict and view', () => {
    fc.assert(
      fc.property(json, fc.nat(), verdicts, strings, (scenario, step, verdict, view) => {
        const state = opens(encodeLink({ scenario, step, verdict, view }));
        expect(state).toEqual({ scenario: asRead(scenario), step, verdict, view });
      }),
      { numRuns: 300 },
    );
  });

  test('any edit of the core goes along, in format 2', () => {
    const edits = fc.record({ revision: fc.constantFrom('v6-04', 'v9'), diff: strings });
    fc.assert(
      fc.property(json, verdicts, edits, (scenario, verdict, edit) => {
        const link = encodeLink({ scenario, step: 0, verdict, view: '', edit });
        expect(link.startsWith('#2.')).toBe(true);
        expect(opens(link)).toEqual({ scenario: asRead(scenario), step: 0, verdict, view: '', edit });
        expect(encodeLink({ scenario, step: 0, verdict, view: '' }).startsWith('#1.')).toBe(true);
      }),
    );
  });

  test('any scenario, as written and canonical, with its keys in order', () => {
    fc.assert(
      fc.property(scenarioDocument(), (document) => {
        for (const scenario of [document, canonicalValue(document)]) {
          const back = opens(encodeLink({ scenario, step: 0, verdict: null, view: '' })).scenario;
          expect(back).toEqual(asRead(scenario));
          expect(minifyScenario(back)).toBe(minifyScenario(scenario));
        }
      }),
      { numRuns: 60 },
    );
  });

  test('a scenario out of a link is one that the parser takes', () => {
    const state = randomState(7, 3);
    const { scenario } = opens(encodeLink({ ...state, scenario: canonicalValue(state.scenario) }));
    const parsed = parseDocument(minifyScenario(scenario));
    expect(parsed.problems.filter(({ severity }) => severity === 'error')).toEqual([]);
    expect(parsed.value).toEqual(scenario);
  });

  test('equal states have equal links', () => {
    expect(encodeLink(randomState(3, 4))).toBe(encodeLink(randomState(3, 4)));
  });

  test('objects are plain, and their keys their own', () => {
    const { scenario } = opens(
      encodeLink({ scenario: { constructor: 1, toString: 2, a: {} }, step: 0, verdict: null, view: '' }),
    );
    expect(Object.getPrototypeOf(scenario)).toBe(Object.prototype);
    expect(Object.keys(scenario as object)).toEqual(['constructor', 'toString', 'a']);
  });
});

describe('what has no link', () => {
  const link = (scenario: JsonValue, step = 0) => encodeLink({ scenario, step, verdict: null, view: '' });
  const nested = (depth: number): JsonValue => (depth === 0 ? null : [nested(depth - 1)]);

  test('a key __proto__', () => {
    expect(() => link(JSON.parse('{"__proto__": {"x": 1}}') as JsonValue)).toThrow(NoLinkError);
  });

  test('text that is not JSON', () => {
    expect(() => link(NaN)).toThrow(NoLinkError);
    expect(() => link('\ud800')).toThrow(NoLinkError);
    expect(() => link(null, -1)).toThrow(NoLinkError);
  });

  test('nesting that would not open again', () => {
    expect(opens(link(nested(LIMITS.depth))).scenario).toEqual(nested(LIMITS.depth));
    expect(() => link(nested(LIMITS.depth + 1))).toThrow(/nested/);
  });

  test('more than a link may hold, with both numbers in the message', () => {
    const noise = Array.from(
      { length: 12_000 },
      (_, i) => (BigInt(i) * 0x9e37_79b9_7f4a_7c15n) & ((1n << 64n) - 1n),
    );
    expect(() => link(noise)).toThrow(/too large for a link: it would have [\d,]+ characters, and 65,536/);
    expect(() => link(Array.from({ length: 1_100_000 }, () => null))).toThrow(/1,048,576/);
    expect(() => link(Array.from({ length: 9000 }, () => 'x'.repeat(1000)))).toThrow(/8,388,608/);
  });
});

describe('a link that lost its end', () => {
  const hash = encodeLink(randomState(11, 1));
  const whole = hash.length - 1;
  const headChars = hash.indexOf('.', 3);

  test('says how many characters arrived, of how many, wherever it is cut', () => {
    for (let arrived = 1; arrived < whole; arrived++) {
      const result = decodeLink(hash.slice(0, arrived + 1));
      const expected = arrived < headChars ? null : whole;
      expect(result).toMatchObject({
        ok: false,
        error: { kind: 'truncated', details: { arrivedChars: arrived, expectedChars: expected } },
      });
      const words = expected === null ? `its first ${arrived} ` : `${arrived} of ${whole} characters arrived`;
      expect(!result.ok && result.error.message).toContain(words);
    }
  });

  test.each(['…', '...', ') and', '>', '"'])('whatever stands for the rest: %j', (mark) => {
    expect(decodeLink(`https://example.org/${hash.slice(0, 100)}${mark}`)).toMatchObject({
      ok: false,
      error: { kind: 'truncated', details: { arrivedChars: 99, expectedChars: whole } },
    });
  });
});

describe('a damaged link', () => {
  const state = randomState(12, 1);
  const hash = encodeLink(state);

  test('with any one character changed is reported, and never opens', () => {
    const others = [...'ABCXYZabcxyz0123456789-_.#%=/+ \n>"\u00e9'];
    for (let at = 1; at < hash.length; at++)
      for (const other of others)
        if (other !== hash[at])
          expect(decodeLink(hash.slice(0, at) + other + hash.slice(at + 1)).ok).toBe(false);
  });

  test('with any two neighbours exchanged is reported', () => {
    for (let at = 1; at + 1 < hash.length; at++) {
      const exchanged = hash.slice(0, at) + hash.charAt(at + 1) + hash.charAt(at) + hash.slice(at + 2);
      if (exchanged !== hash) expect(decodeLink(exchanged).ok).toBe(false);
    }
  });

  test('with a character more is reported', () => {
    for (let at = 1; at <= hash.length; at++)
      expect(decodeLink(`${hash.slice(0, at)}Q${hash.slice(at)}`).ok).toBe(false);
  });
});

describe('out of mail and chat', () => {
  const state = randomState(13, 2);
  const hash = encodeLink(state);
  const url = `https://example.org/iomap/${hash}`;
  const lines = (text: string, width: number) => text.match(new RegExp(`.{1,${width}}`, 'g')) ?? [];
  const cases: Record<string, string> = {
    bare: hash.slice(1),
    hash,
    url,
    blanks: `  ${url} \r\n`,
    wrapped: lines(url, 72).join('\n'),
    'wrapped by CRLF and indented': lines(url, 60).join('\r\n    '),
    quoted: lines(url, 70)
      .map((line) => `> ${line}`)
      .join('\n'),
    'quoted twice': lines(hash, 50)
      .map((line) => `>> ${line}`)
      .join('\r\n'),
    'quoted-printable': lines(url, 75).join('=\r\n'),
    'soft breaks whose line ends went': lines(url, 75).join('= '),
    'percent-encoded': encodeURIComponent(url),
    'percent-encoded twice': encodeURIComponent(encodeURIComponent(url)),
    'every character percent-encoded': [...url].map((c) => `%${c.charCodeAt(0).toString(16)}`).join(''),
    'behind a redirector': `https://safe.example/?url=${encodeURIComponent(url)}&data=05%7C02`,
    'full stop': `See ${url}.`,
    parentheses: `(the case: ${url}),`,
    'angle brackets': `<${url}>`,
    'URL: in angle brackets': `<URL:${url}>`,
    quotes: `"${url}"`,
    markdown: `[a case](${url})`,
    emphasis: `_${url}_`,
    'text around': `Hi,\n\nthis one refuses: ${url}\n\nbest regards\n`,
    'text right after': `${url} shows it`,
    'another hash before': `Fixes #12, see also #1.2.3 and ${url}`,
    'zero-width blanks': lines(url, 40).join('\u200b'),
  };

  test.each(Object.entries(cases))('%s', (_, text) => {
    expect(opens(text)).toEqual({ ...state, scenario: asRead(state.scenario) });
  });
});

describe('fuzz', () => {
  test('any text has an answer', () => {
    const pieces = fc.constantFrom(
      '#',
      '1.',
      '1.8.',
      '.',
      '%',
      '%25',
      '>',
      '\n',
      '=',
      ' ',
      '/',
      'AAAAAAAA',
      'Qq',
      '9',
    );
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string({ unit: 'binary' }),
          fc.array(pieces).map((parts) => parts.join('')),
        ),
        (text) => {
          const result = decodeLink(text);
          if (!result.ok) expect(result.error.message).toMatch(/^[A-Z].*\.$/s);
        },
      ),
      { numRuns: 2000 },
    );
  });

  test('long runs of what is skipped are looked at once', () => {
    for (const piece of ['#', '\n> ', '%25', '1.', '#1.', '= ', '#1.9. ', ')', '#1.8.AAAAAAAA'])
      expect(decodeLink(piece.repeat(Math.floor(LIMITS.textChars / piece.length))).ok).toBe(false);
  });
});
