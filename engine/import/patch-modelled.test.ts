// SPDX-License-Identifier: MIT
import { readFileSync, readdirSync } from 'node:fs';
import parseDiff from 'parse-diff';
import { expect, test } from 'vitest';
import { annotateHunk } from './patch-annotate.ts';
import { isModelled } from './patch-modelled.ts';

test('each function of the core that can be one of the kernel is known', () => {
  const names = readdirSync('assembly/fs', { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts'))
    .flatMap((file) =>
      [
        ...readFileSync(`assembly/fs/${file}`, 'utf8').matchAll(
          /^(?:export )?function ((?:fuse|iomap)_\w+)/gm,
        ),
      ].map(([, name]) => name!),
    );
  expect(names.length).toBeGreaterThan(100);
  expect(names.filter((name) => !isModelled(name))).toEqual([]);
});

test.each(['fuse_iomap_find_bdev', 'fuse_iomap_find_dev', 'fuse_iomap_inline_write', 'fuse_iomap_ioend'])(
  '%s is modelled',
  (name) => expect(isModelled(name)).toBe(true),
);

test('a hunk counts by the function that it is in', () => {
  const hunk = (name: string) =>
    annotateHunk(
      parseDiff(
        `--- a/f.c\n+++ b/f.c\n@@ -1,3 +1,3 @@ static int ${name}(void)\n \tint a;\n-\tif (a)\n+\tif (!a)\n \t\tb();\n`,
      )[0]!.chunks[0]!,
    ).models;
  expect(hunk('fuse_iomap_find_bdev')).toEqual(['fuse_iomap_find_bdev']);
  expect(hunk('fuse_iomap_inline_write')).toEqual(['fuse_iomap_inline_write']);
  expect(hunk('fuse_open_common')).toEqual([]);
});

test.each(['fuse_iomap_begin_in', 'fuse_iomap', 'fuse_open', 'iomap_'])('%s is not', (name) =>
  expect(isModelled(name)).toBe(false),
);
