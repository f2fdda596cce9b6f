// SPDX-License-Identifier: MIT
import { expect, test } from 'vitest';
import { CHECKS } from '../kernel/checks.ts';
import { KNOWN_BY_LINES } from './patch-checks.ts';

/** Those whose lines in a patch are shown without their name: docs/LIMITS.md says so. */
const UNKNOWN = [
  'ioctl-no-connection',
  'ioctl-unknown',
  'reply-short-header',
  'reply-error-payload',
  'reply-size',
  'overwrite-flags',
  'overwrite-dev',
  'overwrite-addr',
  'cache-type-flags',
  'cache-type-dev',
  'cache-type-addr',
  'retry-uncached-op',
  'atomic-not-mapped',
  'atomic-no-flag',
  'inline-past-mapping',
  'inline-written-more',
];

test('a check is known by its lines in a patch, or stands above', () => {
  expect(CHECKS.filter((check) => !KNOWN_BY_LINES.has(check))).toEqual(UNKNOWN);
});
