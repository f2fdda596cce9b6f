// SPDX-License-Identifier: MIT
import { expect, test } from 'vitest';
import { parseDocument } from './parse.ts';

/** Line, column and words of each problem of a document. */
function problems(text: string): string[] {
  return parseDocument(text).problems.map(({ line, column, message }) => `${line}:${column} ${message}`);
}
const step = (json: string) => `{ "format": 1, "steps": [\n${json}\n] }`;

test.each([
  ['{ "do": "iomap_begin", "pos": "1MB" }', /^2:31 .*found "1MB"\. Write "1M": a suffix is one letter/],
  ['{ "do": "iomap_begin", "pos": "64KiB" }', /Write "64K"/],
  ['{ "do": "iomap_begin", "pos": "1_000" }', /Write 1000/],
  ['{ "do": "iomap_begin", "pos": "1.5M" }', /Write 1572864: fractions are not read\.$/],
  ['{ "do": "iomap_begin", "pos": "0.3K" }', /not a whole number of bytes\.$/],
  [
    '{ "do": "iomap_begin", "pos": "2048+1" }',
    /Products are read, .* "2049\*512"\. Nothing else is computed\.$/,
  ],
  ['{ "do": "iomap_begin", "pos": "2048 x 512" }', /Products are read/],
  ['{ "do": "iomap_begin", "pos": "1*2*3*4*5" }', /Products are read, of up to four numbers/],
  ['{ "do": "iomap_begin", "pos": "8*" }', /found "8\*"\.$/],
  ['{ "do": "bmap", "block": "2b" }', /its block size is known\. Write the number itself\.$/],
  ['{ "do": "iomap_begin", "pos": 0x10 }', /^2:31 A hexadecimal number stands in double quotes: "0x10"\.$/],
  ['{ "do": "iomap_begin", "pos": 010 }', /^2:31 A number has no 0 before it: write 10\.$/],
  ['{ "do": "iomap_begin", "pos": 10x2 }', /^2:33 Only decimal integers/],
  ['{ "do": "iomap_begin", "op": "WRITE|FUSE_IOMAP_OP_DIRECT" }', /a list: \["WRITE", "DIRECT"\]\.$/],
  [
    '{ "do": "iomap_begin", "reply": { "read": { "flags": "SHARED|NEW" } } }',
    /a list: \["SHARED", "NEW"\]\.$/,
  ],
  ['{ "do": "iomap_begin", "reply": { "read": { "flags": "SHARED|OLD" } } }', /found "SHARED\|OLD"\.$/],
  ['{ "do": "iomap_begin", "reply": { "read": { "addr": -1 } } }', /Write "NULL_ADDR": all bits set\.$/],
  ['{ "do": "iomap_begin", "reply": { "read": { "dev": -1 } } }', /All bits set is "0xffffffff"\.$/],
  ['{ "do": "iomap_begin", "reply": { "read": { "addr": "-1" } } }', /Write "NULL_ADDR": all bits set\.$/],
  ['{ "do": "iomap_begin", "reply": { "read": { "addr": "-4K" } } }', /are "0xfffffffffffff000"\.$/],
  ['{ "do": "iomap_begin", "reply": { "read": { "dev": "-1" } } }', /All bits set is "0xffffffff"\.$/],
  ['{ "do": "iomap_begin", "reply": { "read": { "type": -2 } } }', /without a sign are "0xfffe"\.$/],
  ['{ "do": "iomap_begin", "reply": { "read": { "flags": ["-1"] } } }', /All bits set is "0xffff"\.$/],
  ['{ "do": "iomap_begin", "op": "-1" }', /All bits set is "0xffffffff"\.$/],
  ['{ "do": "iomap_begin", "pos": "-4096" }', /from 0 to 0x7fffffffffffffff, found "-4096"\.$/],
  ['{ "do": "begin" }', /Write "iomap_begin"\.$/],
  ['{ "do": "end" }', /Write "iomap_end"\.$/],
  ['{ "do": "ioend" }', /Write "iomap_ioend"\.$/],
  ['{ "do": "open" }', /Write "backing_open" or "passthrough_open"\.$/],
  ['{ "do": "write" }', /Did you mean "pwrite"\?$/],
  ['{ "do": "iomap-begin" }', /Did you mean "iomap_begin"\?$/],
  ['{ "do": "fallocate" }', /Write "fzero"\.$/],
  ['{ "do": "FUSE_SETATTR" }', /Write "truncate"\.$/],
  ['{ "do": "pread", "expect": { "ret": "wait" } }', /Write "waiting"\.$/],
  ['{ "do": "pread", "expect": { "ret": "64KB" } }', /Write "64K"/],
  ['{ "do": "iomap_begin", "reply": { "read": { "addr": "NULL" } } }', /Write "NULL_ADDR"\.$/],
  ['{ "do": "iomap_begin", "op": "FUSE_IOMAP_OP_WRIT" }', /Did you mean "WRITE"\?$/],
  ['{ "do": "backing_open", "flags": "-1" }', /found "-1"\.$/],
  ['{ "do": "ioctl", "cmd": "-1" }', /All bits set is "0xffffffff"\.$/],
  ['{ "Do": "pread" }', /The key "do" is missing\. It is written so, and not "Do"\.$/],
  ['{ "do": "pread", "direct": "true" }', /Write true, without quotes\.$/],
  ['{ "do": "pread", "direct": 0 }', /Write false, without quotes\.$/],
  ['{ "do": "iomap_begin", "reply": { "read": { "dev": "vda" } } }', /the id that backing_open returned/],
  [
    '{ "do": "iomap_begin", "reply": { "error": "-EIO", "read": {} } }',
    /^2:52 "read" can't stand beside "error": .* Remove one of the two\.$/,
  ],
  [
    '{ "do": "iomap_begin", "reply": { "type": "MAPPED" } }',
    /^2:35 "type" is a field of a mapping, .* write "read": \{ "type": … \}, and "write" likewise\.$/,
  ],
  ['{ "do": "pread", "reply": {} }', /^2:18 A pread has no "reply", .* Write "replies": \[ … \]/],
  ['{ "do": "iomap_begin", "replies": [] }', /^2:24 An iomap_begin asks once\. Write "reply": \{ … \}\.$/],
  ['{ "do": "iomap_end", "of": 0 }', /There is no iomap_begin before this step: it has to come first\.$/],
  [
    '{ "do": "iomap_begin" }, { "do": "backing_open" }, { "do": "iomap_end", "of": 1 }',
    /steps\[1\] .* is backing_open\. Write 0, or leave it out\.$/,
  ],
])('%s is told what to write instead', (json, words) => {
  expect(problems(step(json))).toEqual([expect.stringMatching(words)]);
});

test('a list in place of names, and a revision that is only begun', () => {
  const told = problems(
    '{ "format": 1, "inodes": [{ "ino": 3 }], "kernel": { "revision": "v6" }, "steps": [] }',
  );
  expect(told).toEqual([
    expect.stringMatching(/^1:26 Expected an object, found a list\. Write \{ "NAME": …, … \}/),
    expect.stringMatching(/found "v6"\. Write "v6-03" or "v6-04"\.$/),
  ]);
});

test.each([
  ['V7', '"v7-04"'],
  ['v7', '"v7-04"'],
  ['6', '"v6-03" or "v6-04"'],
  ['2026-05-CASH', undefined],
])('a revision that is called %s', (name, meant) => {
  const [told] = problems(JSON.stringify({ format: 1, kernel: { revision: name }, steps: [] }));
  expect(told).toMatch(meant === undefined ? /Did you mean "2026-05-cache"\?$/ : / Write "v/);
  if (meant !== undefined) expect(told).toContain(` Write ${meant}.`);
});

test('a kind of descriptor in plain words', () => {
  const told = problems('{ "format": 1, "fds": { "3": { "kind": "block", "device": "vda" } }, "steps": [] }');
  expect(told).toEqual([expect.stringMatching(/found "block"\. Write "blk"\.$/)]);
});
