// SPDX-License-Identifier: MIT
import { expect, test } from 'vitest';
import { gatherScenarios } from '../import/gather.ts';
import { importAnything } from '../import/import-any.ts';
import { parseDocument } from '../scenario/parse.ts';
import { encodeLink } from './codec.ts';
import { openLink } from './open.ts';
import type { LinkState } from './types.ts';

const STATE: LinkState = {
  scenario: {
    format: 1n,
    title: 'All of it',
    steps: [{ do: 'backing_open' }, { do: 'backing_close', id: 7n }],
  },
  step: 1,
  verdict: { ret: '-EBUSY', check: 'close-busy', which: null, revision: 'v6-04' },
  view: 'document',
  edit: { revision: 'v6-04', diff: '--- a/assembly/x.ts\n+++ b/assembly/x.ts\n@@ -1 +1 @@\n-a\n+b\n' },
};
const LINK = encodeLink(STATE);

test('a link opens with its scenario as a document, and all that it carries beside', () => {
  const opened = openLink(LINK);
  expect(opened).toMatchObject({ ok: true, link: STATE });
  expect(opened.ok && parseDocument(opened.link.text).value).toEqual(STATE.scenario);
});

test.each([LINK, `> see https://example.org/${LINK}\n> there`, LINK.replace(/.{70}/g, '$&\n> ')])(
  'a pasted link is the opened one: %#',
  async (text) => {
    const opened = openLink(LINK);
    expect(await importAnything(text)).toEqual({ kind: 'link', ok: true, ...(opened.ok && opened.link) });
  },
);

test('a link among others has the same document and step', () => {
  const opened = openLink(LINK);
  const { text, step } = opened.ok ? opened.link : { text: '', step: -1 };
  expect(gatherScenarios(`one ${LINK} and`).scenarios).toEqual([{ name: 'All of it', text, step }]);
});

test('a link that is cut has the reason', () => {
  expect(openLink(LINK.slice(0, -5))).toMatchObject({ ok: false, error: { kind: 'truncated' } });
});
