// SPDX-License-Identifier: MIT
import { describe, expect, it } from 'vitest';
import { execution } from '../testing/fixture.ts';
import { checkStates, readPatch } from './patch.ts';
import type { Patch, PatchLine } from './patch.ts';

// A patch of our own making, in the shape of those that the mailing lists carry.
const DIFF = `diff --git a/fs/fuse/file_iomap.c b/fs/fuse/file_iomap.c
index 1111111111111..2222222222222 100644
--- a/fs/fuse/file_iomap.c
+++ b/fs/fuse/file_iomap.c
@@ -300,9 +300,13 @@ static inline bool fuse_iomap_check_mapping(const struct inode *inode,
 	uint64_t sum;

 	/* an empty mapping helps nobody */
-	if (BAD_DATA(map->length == 0))
+	if (BAD_DATA(!map->length))
 		return false;

+	if (BAD_DATA(check_add_overflow(map->offset,
+					map->length, &sum)))
+		return false;
+
 	switch (map->type) {
 	case FUSE_IOMAP_TYPE_HOLE:
 		if (BAD_DATA(map->dev != FUSE_IOMAP_DEV_NULL))
@@ -400,6 +404,15 @@ static int fuse_iomap_begin(struct inode *inode, loff_t pos, loff_t count,
 	return err;
 }

+static int fuse_iomap_may_admin(struct fuse_conn *fc, unsigned int flags)
+{
+	return fc->iomap ? 0 : -EPERM;
+}
+
+const struct fuse_backing_ops fuse_iomap_backing_ops = {
+	.id_end = 33,
+};
+
 static int unrelated(struct inode *inode)
 {
 	return 0;
`;
const MAIL = `From 0123456789abcdef0123456789abcdef01234567 Mon Sep 17 00:00:00 2001
From: A Hacker <a@example.org>
Date: Mon, 1 Jun 2026 10:00:00 +0200
Subject: [PATCH 2/3] fuse: refuse what nobody
 can use

Empty mappings, and those that wrap.

Signed-off-by: A Hacker <a@example.org>
---
 fs/fuse/file_iomap.c | 15 +++++++++++++--
 1 file changed, 13 insertions(+), 2 deletions(-)

${DIFF}-- 
2.50.0
`;

async function patch(text: string): Promise<Patch> {
  const result = await readPatch(text);
  if (!result.ok) throw new Error(result.message);
  return result;
}
const linesOf = ({ files }: Patch): PatchLine[] =>
  files.flatMap(({ hunks }) => hunks.flatMap(({ lines }) => lines));
const checksAt = (result: Patch, words: string) =>
  linesOf(result)
    .filter(({ text }) => text.includes(words))
    .map(({ checks }) => checks.join(' '));
/** The patch without the blanks that a web archive eats. */
const squeezed = (result: Patch) =>
  linesOf(result).map(({ kind, text, oldLine, newLine, checks }) => [
    kind,
    text.replace(/\s+/g, ' ').trim(),
    oldLine,
    newLine,
    checks,
  ]);

describe('a format-patch mail', () => {
  it('returns files, hunks and lines with their numbers', async () => {
    const result = await patch(MAIL);
    expect(result.subject).toBe('[PATCH 2/3] fuse: refuse what nobody can use');
    expect(result.incomplete).toBe(0);
    expect(result.files.map(({ newPath, hunks }) => [newPath, hunks.length])).toEqual([
      ['fs/fuse/file_iomap.c', 2],
    ]);
    expect(linesOf(result)[3]).toMatchObject({ kind: 'delete', oldLine: 303, newLine: null });
    expect(linesOf(result)[4]).toMatchObject({ kind: 'add', oldLine: null, newLine: 303 });
    expect(linesOf(result).at(-1)).toMatchObject({
      kind: 'context',
      text: '\treturn 0;',
      oldLine: 405,
      newLine: 418,
    });
  });

  it('puts the checks beside the lines that they live in', async () => {
    const result = await patch(MAIL);
    expect(checksAt(result, '!map->length')).toEqual(['length-zero']);
    expect(checksAt(result, 'length == 0')).toEqual(['length-zero']);
    expect(checksAt(result, 'check_add_overflow')).toEqual(['file-range-overflow']);
    expect(checksAt(result, 'map->length, &sum')).toEqual(['file-range-overflow']);
    expect(checksAt(result, 'map->dev !=')).toEqual(['dev-forbidden']);
    expect(checksAt(result, '-EPERM')).toEqual(['open-not-permitted']);
    expect(checksAt(result, '.id_end')).toEqual(['open-id']);
    expect(checksAt(result, 'unrelated')).toEqual(['']);
    expect(checksAt(result, 'helps nobody')).toEqual(['']);
  });

  it('names the functions of the core that a hunk touches', async () => {
    const { hunks } = (await patch(MAIL)).files[0]!;
    expect(hunks.map(({ models }) => models)).toEqual([
      ['fuse_iomap_check_mapping'],
      ['fuse_iomap_begin', 'fuse_iomap_may_admin', 'fuse_iomap_backing_ops'],
    ]);
    expect(hunks[0]!.checks).toEqual(['length-zero', 'file-range-overflow', 'dev-forbidden']);
  });
});

const quoted = (text: string, mark: string) => text.replace(/^/gm, mark);
/** As a mail program wraps what is longer than it likes; the rest of a line has no quote mark. */
const wrap = (text: string, columns: number, rest: string) =>
  text
    .split('\n')
    .map((line) => {
      const cut = line.length > columns ? line.lastIndexOf(' ', columns) : -1;
      return cut > 20 ? `${line.slice(0, cut)}\n${rest}${line.slice(cut + 1)}` : line;
    })
    .join('\n');

describe('comes out the same', () => {
  it.each([
    ['the diff alone', DIFF],
    ['with CRLF', MAIL.replaceAll('\n', '\r\n')],
    ['quoted', quoted(MAIL, '> ')],
    ['quoted thrice', quoted(MAIL, '> >> ')],
    [
      'quoted, with answers between',
      quoted(DIFF, '> ').replace(/^> ([+]\tif \(BAD_DATA\(check)/m, '\nWhat of this?\n\nBest,\n\n> $1'),
    ],
    ['wrapped', wrap(DIFF, 72, '')],
    ['quoted and wrapped', wrap(quoted(DIFF, '> '), 72, '')],
    ['quoted, wrapped and quoted', wrap(quoted(DIFF, '> '), 72, '> ')],
    [
      'blanks eaten',
      DIFF.replace(/^([ +-]?)[ \t]+/gm, (_, mark: string) => (mark.trim() === '' ? '' : `${mark} `)),
    ],
    ['blanks eaten and quoted', quoted(DIFF.replace(/^ \t*/gm, ''), '> ')],
    [
      'in a mailbox after another mail',
      `From a@b Mon Jun  1 10:00:00 2026\nSubject: hello\n\nNo patch here.\n\n${MAIL}`,
    ],
    [
      'as base64',
      `Subject: x\nMIME-Version: 1.0\nContent-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: base64\n\n${Buffer.from(DIFF).toString('base64').replace(/.{76}/g, '$&\n')}\n`,
    ],
    [
      'as quoted-printable',
      `Subject: x\nMIME-Version: 1.0\nContent-Type: text/plain\nContent-Transfer-Encoding: quoted-printable\n\n${DIFF.replaceAll(
        '=',
        '=3D',
      )
        .replaceAll('\t', '=09')
        .replace(/^(.{60})(?=.)/gm, '$1=\n')}`,
    ],
    [
      'as an attachment',
      `Subject: x\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=B\n\n--B\nContent-Type: text/plain\n\nSee below.\n--B\nContent-Type: text/x-patch; name=a.patch\nContent-Disposition: attachment; filename=a.patch\nContent-Transfer-Encoding: base64\n\n${Buffer.from(DIFF).toString('base64')}\n--B--\n`,
    ],
  ])('%s', async (_, text) => {
    const result = await patch(text);
    expect(result.incomplete).toBe(0);
    expect(squeezed(result)).toEqual(squeezed(await patch(DIFF)));
  });
});

it('says that a hunk lost lines', async () => {
  const result = await patch(
    DIFF.replace(/^-.*\n/m, (line) => (line.startsWith('---') ? line : '')).replace('\n-\tif', '\n+\tif'),
  );
  expect(result.incomplete).toBe(1);
  expect(result.files[0]!.hunks).toHaveLength(2);
});

it('refuses what has no diff in it', async () => {
  expect(await readPatch('Subject: hello\n\nNo patch here.\n')).toMatchObject({
    ok: false,
    message: expect.stringMatching(/diff --git/),
  });
});

it('tells what became of each check in a run, the mapping that failed first', () => {
  const record = { operands: [] as bigint[], which: 'read' as const };
  const states = checkStates(
    execution({
      path: [
        { check: 'type-unknown', result: 'pass', ...record },
        { check: 'length-zero', result: 'pass', ...record },
        { check: 'length-zero', result: 'fail', ...record, which: 'write' as const },
        { check: 'dev-missing', result: 'would-pass', ...record },
        { check: 'dev-missing', result: 'would-fail', ...record, which: 'write' as const },
      ],
    }),
  );
  expect([...states]).toEqual([
    ['type-unknown', 'passed'],
    ['length-zero', 'decided'],
    ['dev-missing', 'would-fail'],
  ]);
});
