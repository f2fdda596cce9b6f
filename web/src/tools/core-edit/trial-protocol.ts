// SPDX-License-Identifier: MIT
import type { MatrixRow } from '#engine/compare/matrix.ts';
import type { Revision } from '#engine/kernel/features.ts';
import type { NamedText } from '#engine/view/search-protocol.ts';

/** The messages between the page and the worker that tries an edited core on many scenarios. */
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
  /** The shipped core's answer: all that is known if the edited core does not end. */
  (
    | { kind: 'shipped'; index: number; row: MatrixRow }
    | { kind: 'row'; index: number; row: MatrixRow }
    | { kind: 'refused'; index: number; why: string }
    | { kind: 'end' }
  );

/** Names of the two columns, the shipped one being called after its revision. */
export const EDITED = 'edited';

/** The message about a core that was stopped. */
export const ENDLESS = 'does not end';
