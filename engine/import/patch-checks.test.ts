// SPDX-License-Identifier: MIT
import { expect, test } from 'vitest';
import { CHECKS } from '../kernel/checks.ts';
import { KNOWN_BY_LINES, checksOf } from './patch-checks.ts';

test('each check is known by its lines in a patch', () => {
  expect(CHECKS.filter((check) => !KNOWN_BY_LINES.has(check))).toEqual([]);
});

test.each([
  ['ioctl-unknown', 'fuse_dev_ioctl', '\t\treturn -ENOTTY;'],
  ['ioctl-unknown', 'fuse_dev_ioctl', '\tdefault:'],
  ['ioctl-no-connection', 'fuse_dev_ioctl_backing_open', '\tif (!fud)'],
  ['ioctl-no-connection', 'fuse_dev_ioctl_backing_close', '\tif (IS_ERR(fud))'],
  ['dev-not-found', 'fuse_iomap_find_bdev', '\tif (BAD_DATA(ret == NULL))'],
  ['reply-short-header', 'fuse_dev_do_write', '\tif (nbytes < sizeof(oh))'],
  ['reply-length', 'fuse_dev_do_write', '\tif (oh.len != nbytes)'],
  ['reply-size', 'fuse_copy_out_args', '\tif (room < nbytes)'],
  ['inline-written-more', 'fuse_iomap_inline_write', '\tif (out.size > in.size)'],
  ['', 'fuse_dev_ioctl_clone', '\tif (!fud)'],
  ['', 'fuse_iomap_begin', '\tif (out.size > in.size)'],
])('%s is in %s at %s', (check, func, line) => {
  expect(checksOf(line, func, null).join(' ')).toBe(check);
});
