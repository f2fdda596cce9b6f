// SPDX-License-Identifier: MIT

/**
 * What a terminal is told between the characters: colours and "erase to the end of the line", as `git diff --color`
 * and `grep --color` print them; also as `cat -v` and `less` show them.
 */
const CONTROL = /(?:\x1b|\^\[|ESC)\[[0-9;:]{0,40}[A-Za-z]/g; // eslint-disable-line no-control-regex -- they are controls
/** The same where a program dropped the control character itself; the first line of a diff tells. */
const BARE = /\[[0-9;:]{0,40}[mK]/g;
const BARE_DIFF = /^\[[0-9;]{1,20}m(?:diff --git |--- |\+\+\+ |@@ -)/m;

/** A text without the colours of a terminal. */
export function withoutColours(text: string): string {
  const plain = text.replace(CONTROL, '');
  return BARE_DIFF.test(plain) ? plain.replace(BARE, '') : plain;
}
