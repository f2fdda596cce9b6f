// SPDX-License-Identifier: MIT
import { expect, test } from 'vitest';
import { CHECKS } from '../kernel/checks.ts';
import { ERRNO } from '../kernel/errno.ts';
import { REVISIONS } from '../kernel/features.ts';
import { encodeLink } from './codec.ts';
import { checkPair, toBase64Url } from './envelope.ts';
import { openLink } from './open.ts';
import { pack } from './pack.ts';
import { recordProblem } from './recorded.ts';
import type { JsonValue, RecordedVerdict } from './types.ts';

const GOOD: RecordedVerdict = { ret: '0', check: null, which: null, revision: 'v6-04' };
/** A link whose record is any value, which encodeLink() would not write. */
function rawLink(verdict: JsonValue): string {
  const { bits, structure, numbers, text } = pack([{ format: 1n }, 0n, '', verdict], false);
  const lengths = [bits, structure, numbers].map(({ length }) => length);
  const payload = toBase64Url(Uint8Array.from([0, ...lengths, ...bits, ...structure, ...numbers, ...text]));
  const head = `1.${payload.length}.${payload}`;
  return `#${head}${checkPair(head)}`;
}

const linkOf = (verdict: RecordedVerdict) =>
  encodeLink({
    scenario: { format: 1n, steps: [{ do: 'backing_open' }] },
    step: 0,
    verdict,
    view: '',
  });

test('whatever a playground records is taken', () => {
  const rets = ['0', '1', '-1', '4096', '9223372036854775807', '-9223372036854775808'];
  const words = ['waiting', 'retry-cache', 'not-called', 'oops', 'error'];
  for (const ret of [...rets, ...words, ...Object.keys(ERRNO).map((name) => `-${name}`)])
    expect(recordProblem({ ...GOOD, ret }), ret).toBeNull();
  for (const check of CHECKS) expect(recordProblem({ ...GOOD, check }), check).toBeNull();
  for (const revision of REVISIONS) expect(recordProblem({ ...GOOD, revision }), revision).toBeNull();
});

test.each<[Partial<RecordedVerdict>, string]>([
  [{ ret: 'fine' }, 'return value is “fine”'],
  [{ ret: '' }, 'return value is “”'],
  [{ ret: '-ENOSUCH' }, 'return value is “-ENOSUCH”'],
  [{ ret: '007' }, 'return value is “007”'],
  [{ ret: '-0' }, 'return value is “-0”'],
  [{ ret: '9223372036854775808' }, 'return value is “9223372036854775808”'],
  [{ ret: '9'.repeat(30_000) }, `return value is “${'9'.repeat(40)}…”`],
  [{ ret: '0\u202e' }, 'return value is “0\\u{202e}”'],
  [{ check: 'no-such-check' }, 'check “no-such-check”'],
  [{ check: 'none' }, 'check “none”'],
  [{ check: 'constructor' }, 'check “constructor”'],
  [{ revision: 'v99' }, 'revision “v99”'],
  [{ revision: '\x1b[2J' }, 'revision “\\u{1b}[2J”'],
])('%j is left out of account, and told', (over, words) => {
  const opened = openLink(linkOf({ ...GOOD, ...over }));
  expect(opened).toMatchObject({ ok: true, link: { step: 0, verdict: null } });
  const trouble = opened.ok ? opened.link.recordTrouble : null;
  expect(trouble).toContain(words);
  expect(trouble).toMatch(/^The verdict that the link recorded is not compared with today's: .{1,120}\.$/);
});

const GOOD_JSON = { ret: '0', check: null, which: null, revision: 'v6-04' };

test('a link made by hand is read as any', () => {
  expect(openLink(rawLink(GOOD_JSON))).toMatchObject({
    ok: true,
    link: { verdict: GOOD, recordTrouble: null },
  });
});

test.each<[JsonValue]>([
  [{ ...GOOD_JSON, ret: 0n }],
  [{ ...GOOD_JSON, check: [] }],
  [{ ...GOOD_JSON, which: 'both' }],
  [{ ...GOOD_JSON, revision: null }],
  [{ ...GOOD_JSON, more: '' }],
  ['0'],
  [[GOOD_JSON]],
])('a record of another shape is no playground’s: %#', (verdict) => {
  expect(openLink(rawLink(verdict))).toMatchObject({
    ok: false,
    error: {
      kind: 'invalid',
      message: expect.stringMatching(/is not opened\. The verdict that it records is not one\.$/),
    },
  });
});
