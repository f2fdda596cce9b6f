// SPDX-License-Identifier: MIT
import { printScenario } from '../scenario/print.ts';
import { decodeLink } from './decode.ts';
import { recordProblem } from './recorded.ts';
import type { LinkError, LinkState } from './types.ts';

/** A link that can be opened: all that it carries, and its scenario as a document. */
export interface OpenedLink extends LinkState {
  /** The scenario, printed. It is not validated: parseDocument does that. */
  text: string;
  /** Why the recorded verdict is left out of account (and null here), as a sentence; null if nothing is wrong. */
  recordTrouble: string | null;
}

/**
 * Reads a link that is to be opened: from the address bar, a pasted text or the command line. `text` may
 * be anything that decodeLink() finds a link in. Never throws.
 */
export function openLink(text: string): { ok: true; link: OpenedLink } | { ok: false; error: LinkError } {
  const decoded = decodeLink(text);
  if (!decoded.ok) return decoded;
  const { scenario, verdict, ...others } = decoded.state;
  const recordTrouble = verdict && recordProblem(verdict);
  const link = {
    ...others,
    scenario,
    verdict: recordTrouble === null ? verdict : null,
    recordTrouble,
    text: printScenario(scenario),
  };
  return { ok: true, link };
}
