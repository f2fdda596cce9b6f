// SPDX-License-Identifier: MIT

/** The index of the mark that closes a quotation whose words begin at `at`, skipping escaped characters; -1 for none. */
export function quotationEnd(text: string, at: number, mark: string): number {
  const close = mark.charCodeAt(0);
  for (let i = at; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code === close) return i;
    if (code === BACKSLASH) i++;
  }
  return -1;
}

const BACKSLASH = 0x5c;
