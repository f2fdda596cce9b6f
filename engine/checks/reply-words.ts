// SPDX-License-Identifier: MIT
/** The checks on what a server writes to /dev/fuse, in fs/fuse/dev.c. */

import { errnoText } from '../kernel/errno.ts';
import { num } from './format.ts';
import { words } from './entry.ts';

const signed = (value: bigint) => errnoText(BigInt.asIntN(32, value));

export const REPLY_WORDS = {
  'reply-short-header': words(
    'header complete',
    ([bytes, header]) => `bytes ${num(bytes)} < ${num(header)}`,
    ([bytes, header]) =>
      `The server wrote ${num(bytes)} bytes; struct fuse_out_header alone has ${num(header)}.`,
  ),
  'reply-length': words(
    'len matches',
    ([len, bytes]) => `header.len ${num(len)} != bytes ${num(bytes)}`,
    ([len, bytes]) => `The header says len ${num(len)}, but the server wrote ${num(bytes)} bytes.`,
  ),
  'reply-error-range': words(
    'error in range',
    ([error]) => `error ${signed(error)} <= -512 || > 0`,
    ([error]) => `The header's error is ${signed(error)}. It must be 0 or a negative errno above -512.`,
  ),
  'reply-unique': words(
    'unique known',
    ([unique, expected]) => `unique ${num(unique)} != ${num(expected)}`,
    ([unique, expected]) =>
      `The answer is for request ${num(unique)}; the one that waits is ${num(expected)}.`,
  ),
  'reply-error-payload': words(
    'error alone',
    ([error, payload]) => `error ${signed(error)} with ${num(payload)} bytes`,
    ([error, payload]) =>
      `The answer is the error ${signed(error)} and carries ${num(payload)} more bytes. An error is the header alone.`,
  ),
  'reply-size': words(
    'size exact',
    ([bytes, expected]) => `bytes ${num(bytes)} != ${num(expected)}`,
    ([bytes, expected]) =>
      `The answer has ${num(bytes)} bytes, header included. This request's answer has exactly ${num(expected)}.`,
  ),
} as const;
