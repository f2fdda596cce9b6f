// SPDX-License-Identifier: MIT

/**
 * What a terminal is told between the characters: colours and "erase to the end of the line", as `git diff --color`
 * and `grep --color` print them; also as `cat -v` shows them.
 */
const CONTROL = /(?:\x1b|\^\[)\[[0-9;:]{0,40}[A-Za-z]/g; // eslint-disable-line no-control-regex -- they are controls

/** A text without the colours of a terminal. */
export function withoutColours(text: string): string {
  return text.replace(CONTROL, '');
}
