// SPDX-License-Identifier: MIT
// Words for an address that is neither a link nor a place: few visits need them, so they come when one does.

/** Why an address that leads nowhere shows nothing, in words. */
export const nowhereWords = (hash: string): string =>
  `“${shownHash(hash)}” is neither a share link, which begins with #1. and a length, nor a place on this page.`;

/** An address as a message shows it, cut to a length that fits. */
export function shownHash(hash: string): string {
  let plain = hash;
  try {
    plain = decodeURIComponent(hash);
  } catch {
    // Not encoded as addresses are: it is shown as it came.
  }
  return plain.length > 60 ? `${plain.slice(0, 60)}…` : plain;
}
