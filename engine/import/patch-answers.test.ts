// SPDX-License-Identifier: MIT
import { expect, test } from 'vitest';
import { copiedChecks, inlineWriteChecks, writtenChecks } from './patch-answers.ts';

test.each([
  [inlineWriteChecks, 'if (BAD_DATA(pos + written > map->offset + map->length))', 'inline-past-mapping'],
  [inlineWriteChecks, 'if (BAD_DATA(out.size > in.size))', 'inline-written-more'],
  [inlineWriteChecks, 'if (in.size < out.size)', 'inline-written-more'],
  [inlineWriteChecks, 'while (in.size > 0)', ''],
  [writtenChecks, 'if (nbytes < sizeof(struct fuse_out_header))', 'reply-short-header'],
  [writtenChecks, 'if (sizeof(oh) > nbytes)', 'reply-short-header'],
  [writtenChecks, 'if (oh.len != nbytes)', ''],
  [writtenChecks, 'err = nbytes != sizeof(oh) ? -EINVAL : 0;', 'reply-error-payload'],
  [writtenChecks, 'if (oh.error && nbytes != sizeof(oh))', 'reply-error-payload'],
  [copiedChecks, 'if (size < nbytes || (size > nbytes && !args->out_argvar))', 'reply-size'],
  [copiedChecks, 'if (nbytes != size)', 'reply-size'],
  [copiedChecks, 'else if (size > nbytes)', ''],
])('%o: %s is of %s', (read, statement, checks) => {
  expect(read(statement).join(' ')).toBe(checks);
});
