// SPDX-License-Identifier: MIT
import { expect, test } from 'vitest';
import { checksOf } from '../../checks/of-revision.ts';
import { allRevisions } from '../../kernel/revisions.ts';
import { MESSAGES, messageIdIn } from './messages.ts';

const ID = '176169810437.1424854.11837235220839490843.stgit@frogsfrogsfrogs';

test.each([
  ID,
  `<${ID}>`,
  ` <${ID}>\n`,
  `Message-ID: <${ID}>`,
  `Message-Id: ${ID}`,
  `https://lore.kernel.org/r/${ID}`,
  `https://lore.kernel.org/linux-fsdevel/${ID}/`,
  `https://lore.kernel.org/all/${ID}/?x=1`,
  ...['raw', 'raw?x=1', 'T/#u', 't/#u', 'T/', 't.mbox.gz', 't.atom', '#t', 'R/'].map(
    (view) => `https://lore.kernel.org/all/${ID}/${view}`,
  ),
  `https://patchwork.kernel.org/project/linux-fsdevel/patch/${ID}/mbox/`,
  `lore.kernel.org/r/${ID}`,
  `LORE.kernel.org/all/${ID}/T/#u`,
  `message-id: <${ID}>`,
  `message-ID: ${ID}`,
  `https://patch.msgid.link/${ID.replace('@', '%40')}`,
])('%j is a message-id', (text) => expect(messageIdIn(text)).toBe(ID));

test.each([
  '',
  'see <a@b> there',
  'https://example.org/',
  `https://lore.kernel.org/r/${ID} and more`,
  `From: a@b\n<${ID}>`,
  '#1.5.abc',
  `https://lore.kernel.org/all/${ID}/something/else`,
  `https://example.org/?of=${ID}`,
  '{"format":1}',
])('%j is none', (text) => expect(messageIdIn(text)).toBeNull());

test('long text is not looked at', () => expect(messageIdIn(`<${'a'.repeat(500)}@b>`)).toBeNull());

test('each mail of a revision is known, and leads to it', () => {
  for (const { mail, name } of allRevisions())
    if (mail) expect(MESSAGES[mail.messageId]?.revision).toBe(name);
});

test('a mail names checks that its revision makes', () => {
  for (const { revision, checks } of Object.values(MESSAGES)) {
    if (revision === null) expect(checks).toEqual([]);
    else expect(checksOf(revision)).toEqual(expect.arrayContaining([...checks]));
  }
});

test('the covers and all mails of the record are known', () => {
  const what = Object.values(MESSAGES).map((message) => message.what);
  expect(what.filter((one) => one.startsWith('the cover of')).length).toBe(7);
  for (const id of [
    'CAJfpeguoMuRH3Q4QEiBLHkWPghFH+XVVUuRWBa3FCkORoFdXGQ@mail.gmail.com',
    'CAOQ4uxgW4=6KRuR6Qh3uMQyxtdRPLwAXZ8VY4yuduzTVqz7+dA@mail.gmail.com',
    '176169809828.1424693.658681539435984766.stgit@frogsfrogsfrogs',
  ])
    expect(MESSAGES[id]).toBeDefined();
});

test('each is read as it is written', () => {
  for (const id of Object.keys(MESSAGES)) expect(messageIdIn(`<${id}>`)).toBe(id);
});
