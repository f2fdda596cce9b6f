// SPDX-License-Identifier: MIT

/** The two names of a file in a diff, as `git diff` would have them without their `a/` and `b/`. */
export interface FileNames {
  from: string;
  to: string;
}

const DEV_NULL = '/dev/null';
/** What `diff` and its kin write after a name: a tab and a date, a date alone where the tab was eaten, a revision. */
const AFTER =
  /[ \t](?:\t.*|\d{4}-\d\d-\d\d(?:[ T]\d\d:.*)?|(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun) .*|\((?:revision|working copy|rev)\b.*)$/;
/** What is put at the end of the old file's name by those who keep one. */
const KEPT = /(?:\.orig|\.old|\.new|\.bak|\.mod|~)$/;
/** The folders at the top of the kernel's tree: what stands before one of them is the tree. */
const TOP = new Set(
  'Documentation LICENSES arch block certs crypto drivers fs include init io_uring ipc kernel lib mm net rust samples scripts security sound tools usr virt'.split(
    ' ',
  ),
);

/**
 * The names of a file out of the two lines above its hunks (`--- …`, `+++ …`): of git with any prefix or none, of
 * quilt (`linux.orig/…`, `linux/…`), of `diff -Nur` (dates, `.orig`), of Subversion.
 */
export function fileNames(oldLine: string, newLine: string): FileNames {
  const [from, to] = [nameIn(oldLine), nameIn(newLine)];
  if (from === DEV_NULL || to === DEV_NULL) return { from: withoutTree(from), to: withoutTree(to) };
  const [old, next] = [from.split('/'), to.split('/')];
  const differ = old[0] !== next[0] && old.length > 1;
  if (differ && old.slice(1).join('/') === next.slice(1).join('/')) {
    old.shift();
    next.shift();
  }
  return { from: withoutTree(old.join('/')), to: withoutTree(next.join('/')) };
}

function nameIn(line: string): string {
  const name = line
    .slice(4, 4 + 1000)
    .replace(AFTER, '')
    .trimEnd();
  return name === DEV_NULL ? name : name.replace(/^"(.*)"$/, '$1').replace(KEPT, '');
}

/** Without the folder that the tree lies in, or the `a/` of git. */
function withoutTree(name: string): string {
  const parts = name.split('/');
  const at = parts.findIndex((part) => TOP.has(part));
  if (at > 0 && at < parts.length - 1 && name !== DEV_NULL) return parts.slice(at).join('/');
  return /^[abciow]\//.test(name) ? name.slice(2) : name;
}
