// SPDX-License-Identifier: MIT
import { expect, test } from 'vitest';
import { READING } from '../scenario/caps.ts';
import { mailText } from './patch-body.ts';

/** A mail whose text lies in so many parts within each other. */
function nested(depth: number): string {
  let part = 'Content-Type: text/plain\nContent-Transfer-Encoding: base64\n\nZm91bmQ=\n';
  for (let at = 0; at < depth; at++)
    part = `Content-Type: multipart/mixed; boundary=b${at}-\n\n--b${at}-\n${part}\n--b${at}---\n`;
  return `From: a\nMIME-Version: 1.0\n${part}`;
}

test('parts within parts are read up to a depth, and a mail that goes deeper stays as it is', async () => {
  expect((await mailText(nested(READING.mailDepth - 1))).trim()).toBe('found');
  expect(await mailText(nested(READING.mailDepth + 2))).toBe(nested(READING.mailDepth + 2));
});

test('headers are read up to a size, and a mail with more stays as it is', async () => {
  const mail = (chars: number) =>
    `From: a\nX: ${'a'.repeat(chars)}\nContent-Transfer-Encoding: base64\n\nZm91bmQ=\n`;
  expect((await mailText(mail(READING.mailHeaderChars - 100))).trim()).toBe('found');
  expect(await mailText(mail(READING.mailHeaderChars))).toBe(mail(READING.mailHeaderChars));
});
