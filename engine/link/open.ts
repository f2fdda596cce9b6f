// SPDX-License-Identifier: MIT
import { printScenario } from '../scenario/print.ts';
import { decodeLink } from './decode.ts';
import type { LinkError, LinkState } from './types.ts';

/** A link that can be opened: all that it carries, and its scenario as a document. */
export interface OpenedLink extends LinkState {
  /** The scenario, printed. It is not validated: parseDocument does that. */
  text: string;
}

/**
 * Reads a link that is to be opened: from the address bar, a pasted text or the command line. `text` may
 * be anything that decodeLink() finds a link in. Never throws.
 */
export function openLink(text: string): { ok: true; link: OpenedLink } | { ok: false; error: LinkError } {
  const decoded = decodeLink(text);
  if (!decoded.ok) return decoded;
  return { ok: true, link: { ...decoded.state, text: printScenario(decoded.state.scenario) } };
}
