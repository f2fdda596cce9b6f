// SPDX-License-Identifier: MIT
import type { CheckId } from '../kernel/checks.ts';
import { ANSWER_CHECKS, copiedChecks, inlineWriteChecks, writtenChecks } from './patch-answers.ts';
import { MAPPING_CHECKS, mappingChecks, validateChecks } from './patch-mapping.ts';

/**
 * Where each check lives in the kernel's C: the function, and what a statement of it names. The checks of a mapping
 * (patch-mapping.ts) and of the size of an answer (patch-answers.ts) are told by their conditions; the others, most of
 * them of the backing table, by the words of a statement in their function, since they are made of calls and tables.
 */
interface Home {
  check: CheckId;
  /** The functions that the check is in, or is called from. */
  in: RegExp;
  /** All of these are in the statement. */
  has: readonly RegExp[];
}

const MAPPING = /^fuse_iomap_check_mapping$/;
const VALIDATE = /^fuse_iomap_begin_validate$/;
const INLINE_WRITE = /^fuse_iomap_inline_write$/;
/** It has another name in 2026-05. */
const FIND = /^fuse_iomap_find_b?dev$/;
const BEGIN = /^fuse_iomap_begin$/;
const DO_WRITE = /^fuse_dev_do_write$/;
const COPY_OUT = /^(?:fuse_)?copy_out_args$/;
const OPEN = /^fuse_backing_open$/;
const CLOSE = /^fuse_backing_close$/;
const OPS = /_backing_ops$/;

const HOMES: readonly Home[] = [
  { check: 'cache-unavailable', in: MAPPING, has: [/RETRY_CACHE/] },
  {
    check: 'dev-not-found',
    in: FIND,
    has: [/==\s*NULL|!\s*\w+\s*\)|IS_ERR|lookup|DEV_NULL|INT_MAX|EFSCORRUPTED/],
  },
  { check: 'dev-not-found', in: BEGIN, has: [/fuse_iomap_find_b?dev\s*\(|IS_ERR\s*\(\s*\w{0,80}dev/] },
  { check: 'ioctl-unknown', in: /^fuse_dev_ioctl$/, has: [/^\s*default\s*:|ENOTTY/] },
  {
    check: 'ioctl-no-connection',
    in: /^fuse_dev_ioctl_backing_(?:open|close)$/,
    has: [/fuse_get_dev\s*\(|!\s*fud\b|fud\s*==\s*NULL|ERR\s*\(\s*fud\b|EPERM/],
  },
  { check: 'ioctl-no-connection', in: /^fuse_get_dev$/, has: [/EPERM/] },
  { check: 'open-not-built', in: /^fuse_dev_ioctl_backing_open$/, has: [/IS_ENABLED|CONFIG_|EOPNOTSUPP/] },
  { check: 'open-copy', in: /^fuse_dev_ioctl_backing_open$/, has: [/copy_from_user|get_user|EFAULT/] },
  { check: 'close-not-built', in: /^fuse_dev_ioctl_backing_close$/, has: [/IS_ENABLED|CONFIG_|EOPNOTSUPP/] },
  { check: 'close-copy', in: /^fuse_dev_ioctl_backing_close$/, has: [/copy_from_user|get_user|EFAULT/] },
  {
    check: 'open-type-unknown',
    in: /^fuse_backing_ops_from_map$/,
    has: [/case|default|CONFIG_|_backing_ops|_TYPE_/],
  },
  { check: 'open-type-unknown', in: OPEN, has: [/ops_from_map|!\s*ops\b/] },
  { check: 'open-type-unknown', in: OPS, has: [/^\s*\.type\s*=/] },
  { check: 'open-not-permitted', in: OPEN, has: [/may_admin|EPERM|capable/] },
  { check: 'open-not-permitted', in: /_may_admin$/, has: [/EPERM|capable|fc->(?:iomap|passthrough)/] },
  { check: 'open-not-permitted', in: OPS, has: [/\.may_admin\s*=/] },
  { check: 'open-flags', in: /_may_admin$/, has: [/\(\s*!?\s*flags\b|EINVAL/] },
  { check: 'open-flags', in: OPEN, has: [/may_admin\s*\([^;]{0,80}flags|FLAGS_ALL/] },
  { check: 'open-padding', in: OPEN, has: [/padding/] },
  { check: 'open-badfd', in: OPEN, has: [/\bfget\w{0,80}\s*\(|EBADF/] },
  { check: 'open-may-open', in: OPEN, has: [/may_open/] },
  {
    check: 'open-may-open',
    in: /_may_open$/,
    has: [/S_IS\w+|stack_depth|ENODEV|EISDIR|ELOOP|EINVAL|EACCES|FMODE/],
  },
  { check: 'open-may-open', in: OPS, has: [/\.may_open\s*=/] },
  { check: 'open-nomem', in: OPEN, has: [/k[mz]alloc|ENOMEM/] },
  { check: 'open-post', in: OPEN, has: [/post_open/] },
  { check: 'open-post', in: /_post_open$/, has: [/return|=/] },
  { check: 'open-post', in: OPS, has: [/\.post_open\s*=/] },
  { check: 'open-id', in: /^fuse_backing_id_alloc$/, has: [/idr_alloc|id_start|id_end|ENOSPC/] },
  { check: 'open-id', in: OPEN, has: [/id_alloc/] },
  { check: 'open-id', in: OPS, has: [/\.id_(?:start|end)\s*=/] },
  { check: 'close-badid', in: CLOSE, has: [/id\s*<=?\s*[01]\b|EINVAL/] },
  { check: 'close-noent', in: CLOSE, has: [/lookup|idr_find|id_remove|ENOENT/] },
  { check: 'close-not-permitted', in: CLOSE, has: [/may_admin|EPERM/] },
  { check: 'close-busy', in: CLOSE, has: [/may_close|EBUSY/] },
  { check: 'close-busy', in: /_may_close$/, has: [/return|EBUSY/] },
  { check: 'close-busy', in: OPS, has: [/\.may_close\s*=/] },
  { check: 'passthrough-badid', in: /^fuse_passthrough_open$/, has: [/id\s*<=?\s*[01]\b|EINVAL/] },
  { check: 'passthrough-noent', in: /^fuse_passthrough_open$/, has: [/lookup|ENOENT|!\s*fb\b/] },
  {
    check: 'reply-length',
    in: DO_WRITE,
    has: [/\.len\b[^;]{0,80}nbytes|nbytes[^;]{0,80}\.len\b/],
  },
  { check: 'reply-error-range', in: DO_WRITE, has: [/\.error\s*(?:<=|>|<|>=)/] },
  { check: 'reply-unique', in: DO_WRITE, has: [/request_find|ENOENT/] },
];

/** Without its comments, except one that continues after the statement. */
function withoutComments(statement: string): string {
  let [code, at] = ['', 0];
  for (;;) {
    const open = statement.indexOf('/*', at);
    const close = open < 0 ? -1 : statement.indexOf('*/', open + 2);
    if (close < 0) return code + statement.slice(at);
    code += `${statement.slice(at, open)} `;
    at = close + 2;
  }
}

/** The checks that can be known by their lines. */
export const KNOWN_BY_LINES: ReadonlySet<CheckId> = new Set([
  ...HOMES.map(({ check }) => check),
  ...MAPPING_CHECKS,
  ...ANSWER_CHECKS,
]);

/** Who is asked about the conditions of a function. */
const CONDITIONS: readonly (readonly [RegExp, (code: string, label: string | null) => CheckId[]])[] = [
  [MAPPING, (code, label) => mappingChecks(code, { label })],
  [VALIDATE, validateChecks],
  [INLINE_WRITE, inlineWriteChecks],
  [DO_WRITE, writtenChecks],
  [COPY_OUT, copiedChecks],
];

/**
 * The checks that a statement of the function `name` is about; `label` is that of the switch on the mapping's type
 * above it (see Place).
 */
export function checksOf(statement: string, name: string, label: string | null): CheckId[] {
  const code = withoutComments(statement).replace(/\/\/.*$/gm, ' ');
  const said = HOMES.filter(
    (home) => home.in.test(name) && home.has.every((pattern) => pattern.test(code)),
  ).map(({ check }) => check);
  const made = CONDITIONS.find(([home]) => home.test(name))?.[1](code, label) ?? [];
  return [...new Set([...made, ...said])];
}
