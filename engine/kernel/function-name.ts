// SPDX-License-Identifier: MIT
import { has } from './has-feature.ts';
import type { Revision } from './features.ts';

/** What a kernel function of the core is called in a revision: in May 2026 one got another name. */
export const functionName = (fn: string, revision: Revision): string =>
  fn === 'fuse_iomap_find_dev' && has(revision, 'TESTS_ACCESS_MODE') ? 'fuse_iomap_find_bdev' : fn;
