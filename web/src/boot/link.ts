// SPDX-License-Identifier: MIT
import type { OpenedLink } from '#engine/link/open.ts';

/** A link that the page was opened with. */
export interface Opened extends OpenedLink {
  hash: string;
}

/** A hash that begins with a digit is a link; `#/…` is a place in the page. */
export const isLink = (hash: string): boolean => /^#[0-9]/.test(hash);

/** Whether something stands after the # that is neither. */
export const leadsNowhere = (hash: string): boolean =>
  hash.length > 1 && !isLink(hash) && !hash.startsWith('#/');

/** Reads a link; the codec loads with the first one. Returns the reason, in words, if it can't be used. */
export async function decode(hash: string): Promise<Opened | string> {
  const { openLink } = await import('./codec.ts');
  const result = openLink(hash);
  return result.ok ? { ...result.link, hash } : result.error.message;
}
