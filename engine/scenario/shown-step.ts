// SPDX-License-Identifier: MIT
import { at, isObject, type JsonValue } from './path.ts';
import { parseInteger } from './integers.ts';

/** The step that a document names with `show`, an index from 0; null if it names none that it has. */
export function namedStep(document: JsonValue | undefined): number | null {
  const steps = at(document, ['steps']);
  const written = at(document, ['show']);
  const show = typeof written === 'string' ? parseInteger(written) : written;
  if (!Array.isArray(steps) || typeof show !== 'bigint') return null;
  return show >= 0n && show < BigInt(steps.length) ? Number(show) : null;
}

/**
 * The step that a case is about, an index from 0: the one that the document names, else the last that has an
 * expectation, else the last. A document need not be a scenario; what can't be used counts as left out.
 */
export function shownStep(document: JsonValue | undefined): number {
  const steps = at(document, ['steps']);
  if (!Array.isArray(steps)) return 0;
  const last = steps.findLastIndex((step) => isObject(step) && ('expect' in step || 'expectOn' in step));
  return namedStep(document) ?? Math.max(0, last < 0 ? steps.length - 1 : last);
}
