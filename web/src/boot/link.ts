// SPDX-License-Identifier: MIT
import type { CoreEdit } from '#engine/core-edit/types.ts';
import type { RecordedVerdict } from '#engine/link/types.ts';

/** A state that came by link. */
export interface Opened {
  hash: string;
  text: string;
  step: number;
  view: string;
  verdict: RecordedVerdict | null;
  /** An edit of the core that came along. */
  edit?: CoreEdit;
}

/** A hash that begins with a digit is a link; `#/…` is a place in the page. */
export const isLink = (hash: string): boolean => /^#[0-9]/.test(hash);

/** Reads a link; the codec loads with the first one. A link that can't be used gives the reason, in words. */
export async function decode(hash: string): Promise<Opened | string> {
  const { decodeLink, printScenario } = await import('./codec.ts');
  const result = decodeLink(hash);
  if (!result.ok) return result.error.message;
  const { scenario, ...rest } = result.state;
  return { hash, text: printScenario(scenario), ...rest };
}
