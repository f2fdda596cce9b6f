// SPDX-License-Identifier: MIT
import { expect, test } from 'vitest';
import { parseDocument } from '#engine/scenario/parse.ts';
import { beginsOf, readReply, withReply } from './replies.ts';

const TEXT = '{"format":1,"steps":[{"do":"unmount"},{"do":"iomap_begin","reply":{"error":"-EIO"}}]}';

test('the steps that are answered with mappings, and the document with another reply in one', () => {
  expect(beginsOf(parseDocument(TEXT).value)).toEqual([1]);
  expect(beginsOf(null)).toEqual([]);
  const other = parseDocument(withReply(TEXT, 1, { read: { length: 4096n } }));
  expect(other.scenario?.steps[1]).toMatchObject({ reply: { read: { length: 4096n } } });
  expect(withReply(TEXT, 1, undefined)).not.toContain('reply');
});

test('a reply is read from JSON, C and a hexdump; anything else is reported', async () => {
  expect(await readReply('{ "error": "-ENOSPC" }')).toEqual({ reply: { error: '-ENOSPC' } });
  expect(await readReply('struct fuse_iomap_io read = { .length = 4096, .type = 2 };')).toMatchObject({
    reply: { read: { type: 'MAPPED' } },
  });
  const dump = '00000000: 1000 0000 fbff ffff 0200 0000 0000 0000';
  expect(await readReply(dump)).toMatchObject({ reply: { error: '-EIO' } });
  expect(await readReply(TEXT)).toEqual({ trouble: expect.stringContaining('This is not a reply') });
});
