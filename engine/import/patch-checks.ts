// SPDX-License-Identifier: MIT
import type { CheckId } from '../kernel/checks.ts';

/**
 * Where each check lives in the kernel's C: the function, and what a statement of it names. These are our own
 * descriptions of the conditions (engine/checks has them in words), loose enough for code that was never seen:
 * a statement that names the fields and constants of a check, in its function, is taken to be that check.
 */
interface Home {
  check: CheckId;
  /** The functions that the check is in, or is called from. */
  in: RegExp;
  /** All of these are in the statement, none of those in `not`. */
  has: readonly RegExp[];
  not?: RegExp;
  /** Of a switch on the mapping's type: only below one of its labels, or only where none is seen. */
  label?: 'below' | 'none';
}

const MAPPING = /^fuse_iomap_check_mapping$/;
const VALIDATE = /^fuse_iomap_begin_validate$/;
const FIND = /^fuse_iomap_find_dev$/;
const BEGIN = /^fuse_iomap_begin$/;
const OPEN = /^fuse_backing_open$/;
const CLOSE = /^fuse_backing_close$/;
const OPS = /_backing_ops$/;

const field = (name: string) => new RegExp(`(?:->|\\.)${name}\\b`);
const OVERFLOW = /check_add_overflow/;
const ALIGNED = /IS_ALIGNED|%|blocksize|blkbits|block_?mask/i;
const START = /offset\s*(?:>|>=)\s*pos\b|\bpos\s*(?:<|<=)[^<]{0,80}offset/;
const END = /(?:length|\bend)[^<>]{0,80}<=?\s*pos\b|\bpos\s*>=?[^>]{0,80}(?:length|\bend)/;

const HOMES: readonly Home[] = [
  {
    check: 'type-unknown',
    in: MAPPING,
    has: [
      field('type'),
      /(?:check|valid|known|bad)\w{0,80}type|type\w{0,80}(?:check|valid|known|ok)\b|type\s*[<>]=?/i,
    ],
  },
  { check: 'flags-unknown', in: MAPPING, has: [field('flags'), /~|(?:check|valid|known|bad)\w{0,80}flags/i] },
  {
    check: 'length-zero',
    in: MAPPING,
    has: [
      /length\s*==\s*0|\b0\s*==\s*[\w>.-]{0,80}length|!\s*[A-Za-z_][\w>.-]{0,80}length\b|length\s*<\s*1\b/,
    ],
    not: OVERFLOW,
  },
  { check: 'offset-unaligned', in: MAPPING, has: [field('offset'), ALIGNED] },
  { check: 'length-unaligned', in: MAPPING, has: [field('length'), ALIGNED] },
  {
    check: 'file-range-overflow',
    in: MAPPING,
    has: [field('offset'), field('length'), /check_add_overflow|\+[^<]{0,80}</],
  },
  { check: 'offset-past-maxbytes', in: MAPPING, has: [field('offset'), /maxbytes/i] },
  { check: 'dev-missing', in: MAPPING, has: [/dev\s*==\s*\w{0,80}DEV_NULL|!\s*\w+(?:->|\.)dev\b/] },
  { check: 'addr-missing', in: MAPPING, has: [/addr\s*==\s*\w{0,80}NULL_ADDR/] },
  { check: 'dev-forbidden', in: MAPPING, has: [/dev\s*!=\s*\w{0,80}DEV_NULL/], label: 'below' },
  { check: 'addr-forbidden', in: MAPPING, has: [/addr\s*!=\s*\w{0,80}NULL_ADDR/], not: OVERFLOW },
  { check: 'overwrite-on-read', in: MAPPING, has: [/PURE_OVERWRITE|iodir|(?:READ|WRITE)_MAPPING/] },
  { check: 'dev-unsupported', in: MAPPING, has: [/dev\s*!=\s*\w{0,80}DEV_NULL/], label: 'none' },
  {
    check: 'device-range-overflow',
    in: MAPPING,
    has: [field('addr'), field('length'), /check_add_overflow|\+[^<]{0,80}</],
  },
  { check: 'cache-unavailable', in: MAPPING, has: [/RETRY_CACHE/] },
  { check: 'nocache-on-begin', in: VALIDATE, has: [/NOCACHE/] },
  { check: 'read-after-pos', in: VALIDATE, has: [/read/, START] },
  { check: 'write-after-pos', in: VALIDATE, has: [/write/, START] },
  { check: 'read-before-pos', in: VALIDATE, has: [/read/, END] },
  { check: 'write-before-pos', in: VALIDATE, has: [/write/, END] },
  {
    check: 'dev-not-found',
    in: FIND,
    has: [/==\s*NULL|!\s*\w+\s*\)|IS_ERR|lookup|DEV_NULL|INT_MAX|EFSCORRUPTED/],
  },
  { check: 'dev-not-found', in: BEGIN, has: [/fuse_iomap_find_dev\s*\(|IS_ERR\s*\(\s*\w{0,80}dev/] },
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
    in: /^fuse_dev_do_write$/,
    has: [/\.len\b[^;]{0,80}nbytes|nbytes[^;]{0,80}\.len\b/],
  },
  { check: 'reply-error-range', in: /^fuse_dev_do_write$/, has: [/\.error\s*(?:<=|>|<|>=)/] },
  { check: 'reply-unique', in: /^fuse_dev_do_write$/, has: [/request_find|ENOENT/] },
];

/** Functions and tables that the core has under the same name, beside those that checks live in. */
const MODELLED =
  /^(?:fuse_iomap_(?:begin|end|begin_validate|check_mapping|find_dev|find_backing_id|from_server|to_server|should_send_end|type_from_server|type_to_server|flags_from_server|flags_to_server|may_admin|may_open|may_close|post_open|backing_ops|ops)|fuse_is_iomap_file_write|fuse_backing_(?:open|close|lookup|get|put|free|id_alloc|id_free|id_remove|ops|ops_from_map|files_init|files_free)|fuse_passthrough_(?:open|release|may_admin|may_open|backing_ops)|fuse_dev_ioctl\w*|fuse_get_dev|fuse_dev_do_write|fuse_copy_out_args)$/;

/** Whether the core models a function or table of that name. */
export const isModelled = (name: string): boolean => MODELLED.test(name);

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

/** The checks that a statement is about, in the order of the list above. */
export function checksOf(statement: string, name: string, belowLabel: boolean): CheckId[] {
  const code = withoutComments(statement).replace(/\/\/.*$/gm, ' ');
  const found = HOMES.filter(
    (home) =>
      home.in.test(name) &&
      home.has.every((pattern) => pattern.test(code)) &&
      !home.not?.test(code) &&
      (home.label === undefined || (home.label === 'below') === belowLabel),
  );
  return [...new Set(found.map(({ check }) => check))];
}
