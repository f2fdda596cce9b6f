// SPDX-License-Identifier: MIT
import { expect, test } from 'vitest';
import type { Stage } from '../import/import-any.ts';
import { read } from './reading.ts';

const TEXT = '{"format":1,"steps":[{"do":"unmount"},{"do":"iomap_begin","reply":{"error":"-EIO"}}]}';
const PATCH = 'diff --git a/f.c b/f.c\n--- a/f.c\n+++ b/f.c\n@@ -1 +1 @@\n-a\n+b\n';

const deaf = () => {};
const reply = (text: string) => read('reply', text, deaf);

test('a reply is read from JSON, C and a hexdump; anything else is reported', async () => {
  expect(await reply('{ "error": "-ENOSPC" }')).toEqual({ reply: { error: '-ENOSPC' } });
  expect(await reply('struct fuse_iomap_io read = { .length = 4096, .type = 2 };')).toMatchObject({
    reply: { read: { type: 'MAPPED' } },
  });
  const dump = '00000000: 1000 0000 fbff ffff 0200 0000 0000 0000';
  expect(await reply(dump)).toMatchObject({ reply: { error: '-EIO' } });
  expect(await reply(TEXT)).toEqual({ trouble: expect.stringContaining('This is not a reply') });
});

test('anything is read and described; what can’t be used has no description', async () => {
  expect(await read('paste', TEXT, deaf)).toMatchObject({
    found: { kind: 'scenario', ok: true },
    described: { becomes: 'The scenario of 2 steps, shown at step 1.' },
  });
  expect(await read('paste', 'nothing', deaf)).toMatchObject({ found: { ok: false }, described: null });
});

test('a patch is taken; a card that quotes one and anything else is not', async () => {
  expect(await read('patches', PATCH, deaf)).toMatchObject([{ files: [{ newPath: 'f.c' }] }]);
  expect(await read('patches', `iomap-playground card 1-aa\n${PATCH}`, deaf)).toBeNull();
  expect(await read('patches', TEXT, deaf)).toBeNull();
});

test('a document is told by its first fault, or is without one', async () => {
  expect(await read('document', TEXT, deaf)).toEqual({ fault: null, step: 0 });
  expect(await read('document', '{"format":1,\n"steps":7}', deaf)).toMatchObject({
    fault: { line: 2, column: 9 },
  });
  expect(await read('document', '', deaf)).toMatchObject({ fault: { line: 1 }, step: 0 });
});

test('a document that names the step to show is opened there', async () => {
  const text = TEXT.replace('"format"', '"show": 1, "format"');
  expect(await read('document', text, deaf)).toEqual({ fault: null, step: 1 });
  expect(await read('paste', text, deaf)).toMatchObject({
    described: { becomes: 'The scenario of 2 steps, shown at step 2.', scenario: { step: 1 } },
  });
});

test('scenarios are gathered, or one alone is taken', async () => {
  expect(await read('scenarios', `${TEXT}\nand\n${TEXT}`, deaf)).toMatchObject({
    documents: [{ name: 'document in line 1' }, { name: 'document in line 3' }],
    troubles: [],
  });
  expect(await read('scenarios', 'nothing', deaf)).toMatchObject({
    documents: [],
    troubles: [expect.stringContaining('There is no link')],
  });
  expect(await read('scenario', TEXT, deaf)).toMatchObject({ text: TEXT });
  expect(await read('scenario', `${TEXT}\n${TEXT}`, deaf)).toEqual({
    trouble: 'There are 2 scenarios in this text; one is expected.',
  });
});

test('whoever waits hears what the text is taken for before it is read', async () => {
  const stages: Stage[] = [];
  await read('paste', PATCH, (stage) => stages.push(stage));
  expect(stages).toEqual(['mail', 'sniffing', 'patch']);
});
