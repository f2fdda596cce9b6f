// SPDX-License-Identifier: MIT
import { CATALOGUE } from '../checks/catalogue.ts';
import { checksOf } from '../checks/of-revision.ts';
import type { CheckId } from '../kernel/checks.ts';
import { DEFAULT_REVISION, type Revision } from '../kernel/features.ts';
import { has } from '../kernel/has-feature.ts';
import { isObject } from '../scenario/path.ts';
import type { JsonValue } from '../scenario/json.ts';

/** Checks whose smallest refused case opens an iomap device, which not every revision has. */
const OPENS_DEVICE: ReadonlySet<CheckId> = new Set([
  'device-range-overflow',
  'open-not-permitted',
  'open-flags',
  'open-padding',
  'open-badfd',
  'open-may-open',
  'open-nomem',
  'open-id',
  'close-busy',
]);

/** The smallest scenario that a check refuses on a revision, or in a sentence why there is none. */
export type CheckCase = { document: JsonValue } | { missing: string };

/** The catalogue's smallest refused case of a check, answered by a revision. */
export function refusedCase(check: CheckId, revision: Revision): CheckCase {
  if (!checksOf(revision).includes(check))
    return { missing: `${revision} does not make the check ${check}.` };
  if (OPENS_DEVICE.has(check) && !has(revision, 'HAS_IOMAP_DEVICES'))
    return { missing: `The smallest refused case of ${check} opens an iomap device: ${revision} has none.` };
  const { failing, cannotFail } = CATALOGUE[check].examples;
  if (failing === null || !isObject(failing)) return { missing: cannotFail ?? 'No scenario fails it.' };
  const kernel = isObject(failing['kernel']) ? failing['kernel'] : {};
  const { revision: _, ...rest } = kernel as Record<string, JsonValue>;
  const own = revision === DEFAULT_REVISION ? rest : { revision, ...rest };
  // A device can be closed there unless an inode may have a mapping to it.
  const busy = check === 'close-busy' && has(revision, 'IOMAP_CAN_CLOSE');
  const machine = busy ? { connection: { iomapInodes: 1 } } : {};
  return { document: { ...failing, ...machine, kernel: own } as JsonValue };
}
