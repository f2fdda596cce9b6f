// SPDX-License-Identifier: MIT
/** Characters that turn the direction of a text, take no room, or steer a terminal. A tab stays one. */
// eslint-disable-next-line no-control-regex
const HIDDEN = /[\u0000-\u0008\u000a-\u001f\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/g;

/** An untrusted line with every hidden character named, so that a reader sees what a compiler would read. */
export function visible(text: string): string {
  return text.replace(
    HIDDEN,
    (character) => `⟨U+${character.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}⟩`,
  );
}
