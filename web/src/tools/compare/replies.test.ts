// SPDX-License-Identifier: MIT
import { expect, test } from 'vitest';
import { parseDocument } from '#engine/scenario/parse.ts';
import { beginsOf, withReply } from './replies.ts';

const TEXT = '{"format":1,"steps":[{"do":"unmount"},{"do":"iomap_begin","reply":{"error":"-EIO"}}]}';

test('the steps that are answered with mappings, and the document with another reply in one', () => {
  expect(beginsOf(parseDocument(TEXT).value)).toEqual([1]);
  expect(beginsOf(null)).toEqual([]);
  const other = parseDocument(withReply(TEXT, 1, { read: { length: 4096n } }));
  expect(other.scenario?.steps[1]).toMatchObject({ reply: { read: { length: 4096n } } });
  expect(withReply(TEXT, 1, undefined)).not.toContain('reply');
});
