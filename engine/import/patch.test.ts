// SPDX-License-Identifier: MIT
import { describe, expect, it } from 'vitest';
import { execution } from '../testing/fixture.ts';
import { checkStates, readPatches } from './patch.ts';
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
  const result = await readPatches(text);
  if (!result.ok) throw new Error(result.message);
  expect(result.patches).toHaveLength(1);
  return result.patches[0]!;
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

it('tells the same test apart by the label that it is below', async () => {
  const body = ['flags != 0', 'dev != FUSE_IOMAP_DEV_NULL', 'addr != FUSE_IOMAP_NULL_ADDR'].map(
    (test) => `+\t\tif (BAD_DATA(map->${test}))\n+\t\t\treturn false;\n`,
  );
  const labels = ['INLINE', 'PURE_OVERWRITE', 'NOCACHE'];
  const result = await patch(
    `--- a/fs/fuse/f.c\n+++ b/fs/fuse/f.c\n@@ -9,3 +9,21 @@ static bool fuse_iomap_check_mapping(const struct inode *inode,\n${labels.map((label) => ` \tcase FUSE_IOMAP_TYPE_${label}:\n${body.join('')}`).join('')}`,
  );
  expect(checksAt(result, 'BAD_DATA')).toEqual([
    '',
    'dev-forbidden',
    'addr-forbidden',
    'overwrite-flags',
    'overwrite-dev',
    'overwrite-addr',
    'cache-type-flags',
    'cache-type-dev',
    'cache-type-addr',
  ]);
});

it('says that a hunk lost lines', async () => {
  const result = await patch(
    DIFF.replace(/^-.*\n/m, (line) => (line.startsWith('---') ? line : '')).replace('\n-\tif', '\n+\tif'),
  );
  expect(result.incomplete).toBe(1);
  expect(result.files[0]!.hunks).toHaveLength(2);
});

it('refuses what has no diff in it', async () => {
  expect(await readPatches('Subject: hello\n\nNo patch here.\n')).toMatchObject({
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

const HUNK = `@@ -40,3 +40,3 @@ static inline bool fuse_iomap_check_mapping(const struct inode *inode,
 \tuint64_t sum;
-\tif (BAD_DATA(map->length == 0))
+\tif (BAD_DATA(!map->length))
 \t\treturn false;
`;
const FILE = 'fs/fuse/file_iomap.c';

describe('the names of a file', () => {
  it.each([
    ['quilt', `Index: linux/${FILE}\n${'='.repeat(67)}\n--- linux.orig/${FILE}\n+++ linux/${FILE}\n`],
    [
      'quilt, dated',
      `--- linux-7.1.orig/${FILE}\t2026-01-02 03:04:05.0 +0000\n+++ linux-7.1/${FILE}\t2026-01-03 03:04:05.0 +0000\n`,
    ],
    [
      'two trees',
      `diff -Nur linux-old/${FILE} linux-new/${FILE}\n--- linux-old/${FILE}\tMon Jan  5 10:00:00 2026\n+++ linux-new/${FILE}\tMon Jan  5 11:00:00 2026\n`,
    ],
    ['a copy beside it', `--- ${FILE}.orig 2026-01-02 03:04:05\n+++ ${FILE} 2026-01-02 03:04:06\n`],
    ['a copy in one tree', `--- linux/${FILE}~\n+++ linux/${FILE}\n`],
    ['no prefix', `diff --git ${FILE} ${FILE}\nindex 1..2 100644\n--- ${FILE}\n+++ ${FILE}\n`],
    ['mnemonic prefixes', `diff --git i/${FILE} w/${FILE}\n--- i/${FILE}\n+++ w/${FILE}\n`],
    [
      'Subversion',
      `Index: ${FILE}\n${'='.repeat(67)}\n--- ${FILE}\t(revision 12)\n+++ ${FILE}\t(working copy)\n`,
    ],
    ['git', `diff --git a/${FILE} b/${FILE}\n--- a/${FILE}\n+++ b/${FILE}\n`],
  ])('%s', async (_, header) => {
    for (const text of [header, quoted(header, '> ')]) {
      const hunk = text === header ? HUNK : quoted(HUNK, '> ');
      const { files } = await patch(
        `Hello\n${text}${hunk}${text.replaceAll('file_iomap', 'backing')}${hunk}`,
      );
      expect(files.map(({ oldPath, newPath, hunks }) => [oldPath, newPath, hunks.length])).toEqual([
        [FILE, FILE, 1],
        ['fs/fuse/backing.c', 'fs/fuse/backing.c', 1],
      ]);
    }
  });

  it('a new file', async () => {
    const { files } = await patch(`--- /dev/null\n+++ b/${FILE}\n@@ -0,0 +1,2 @@\n+int a;\n+int b;\n`);
    expect(files[0]).toMatchObject({ oldPath: '/dev/null', newPath: FILE });
  });
});

describe('says what it mended', () => {
  const header = `--- a/${FILE}\n+++ b/${FILE}\n`;
  it('nothing of a patch that is whole', async () => expect((await patch(MAIL)).repairs).toEqual([]));

  it('wrapped hunk headers, also where the context could be read as one line more', async () => {
    const wrapped = HUNK.replace('(const', '(\nconst')
      .replace('bool ', 'bool  ')
      .replace('-40,3 +40,3', '-40,4 +40,4');
    const result = await patch(`${header}${wrapped}\n`);
    expect(result.repairs).toEqual(['A wrapped "@@" line was joined.']);
    expect(result.files[0]!.hunks[0]!.lines.map(({ text }) => text)).toEqual([
      '\tuint64_t sum;',
      '\tif (BAD_DATA(map->length == 0))',
      '\tif (BAD_DATA(!map->length))',
      '\t\treturn false;',
      '',
    ]);
    expect(result.incomplete).toBe(0);
  });

  it('wrapped lines and lost blanks', async () => {
    const long = ' \t/* this comment is longer than most mail programs let a line be: ten eleven twelve */\n';
    const whole = `${header}@@ -1,4 +1,4 @@ int f(int a)\n${long} int a;\n-int b;\n+int c;\n int d;\n`;
    for (const [broken, repairs] of [
      [whole.replace('ten eleven', 'ten\neleven'), ['A wrapped line was joined.']],
      [whole.replace(/^ int/gm, 'int'), ['2 lines got their lost blanks back.']],
    ] as const) {
      const result = await patch(broken);
      expect(result.repairs).toEqual(repairs);
      expect(squeezed(result)).toEqual(squeezed(await patch(whole)));
    }
  });

  it('the colours of a terminal', async () => {
    const red = (text: string) => `\x1b[31m${text}\x1b[m`;
    const coloured = `${header}${HUNK}`.replace(/^[-+@].*$/gm, red);
    for (const escape of ['\x1b', '^[', 'ESC', '']) {
      const text = coloured.replaceAll('\x1b', escape);
      const result = await patch(text);
      expect(result.repairs).toEqual(['The colours of a terminal were taken out.']);
      expect(result.files).toEqual((await patch(header + HUNK)).files);
    }
  });

  it.each([
    ['', ''],
    ['quoted', '> '],
  ])('a signature in the clear, %s', async (_, mark) => {
    const escaped = `${header}${HUNK}`.replace(/^-/gm, '- -');
    const signed = `-----BEGIN PGP SIGNED MESSAGE-----\nHash: SHA512\n\nHello\n${escaped}-----BEGIN PGP SIGNATURE-----\n\niQ==\n-----END PGP SIGNATURE-----\n`;
    const result = await patch(quoted(signed, mark));
    expect(result.repairs).toEqual(['The frame of a signature and its dash escapes were taken out.']);
    expect(result.files).toEqual((await patch(header + HUNK)).files);
  });
});

it('reads each patch of a mailbox for itself', async () => {
  const mail = (number: number) =>
    `From a@b Mon Jun  1 10:00:00 2026\nFrom: A <a@example.org>\nSubject: [PATCH ${number}/3] part ${number}\n\n${number === 0 ? 'A cover letter.\n' : DIFF}`;
  const result = await readPatches([0, 1, 2, 3].map(mail).join('\n'));
  if (!result.ok) throw new Error(result.message);
  expect(result.patches.map(({ subject }) => subject)).toEqual([
    '[PATCH 1/3] part 1',
    '[PATCH 2/3] part 2',
    '[PATCH 3/3] part 3',
  ]);
  for (const one of result.patches) expect(squeezed(one)).toEqual(squeezed(await patch(DIFF)));
});

it('says of an answer that was trimmed that its hunk headers are missing', async () => {
  const trimmed = MAIL.replace(/^@@.*$/gm, '[ ... ]');
  for (const text of [trimmed, quoted(trimmed, '> ')])
    expect(await readPatches(text)).toMatchObject({
      ok: false,
      message: expect.stringMatching(/"@@ .* are not here/),
    });
});
