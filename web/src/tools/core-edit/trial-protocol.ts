// SPDX-License-Identifier: MIT
import type { MatrixRow } from '#engine/compare/matrix.ts';
import type { Revision } from '#engine/kernel/features.ts';
import type { NamedText } from '#engine/view/search-protocol.ts';

/** What the page and the worker say to each other that tries an edited core on many scenarios. */
export interface TrialQuestion {
  revision: Revision;
  shipped: WebAssembly.Module;
  edited: WebAssembly.Module;
  scenarios: readonly NamedText[];
  /** Where to begin: those before it are answered. */
  first: number;
}

/** The scenarios are answered in their order; for each of them comes one `shipped`, and then one `row`. */
export type TrialAnswer = { seq: number } &
  /** What the shipped core said: all that is known, should the edited one not come to an end. */
  (
    | { kind: 'shipped'; index: number; row: MatrixRow }
    | { kind: 'row'; index: number; row: MatrixRow }
    | { kind: 'refused'; index: number; why: string }
    | { kind: 'end' }
  );

/** Names of the two columns, the shipped one being called after its revision. */
export const EDITED = 'edited';

/** What is said of a core that was stopped. */
export const ENDLESS = 'does not end';
