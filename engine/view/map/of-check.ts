// SPDX-License-Identifier: MIT
/** Which two fields show a check best: what it looks at, and what goes with that. */
import type { CheckId } from '../../kernel/checks.ts';
import { CHECK_PLACES, type MappingField } from '../../kernel/check-places.ts';
import type { MapAxes } from '../../map/fields.ts';

/** The field that goes with another where a check looks at one alone. */
const BESIDE: Readonly<Record<MappingField, MappingField>> = {
  offset: 'length',
  length: 'offset',
  addr: 'length',
  type: 'dev',
  flags: 'type',
  dev: 'type',
};

/** Null for a check that no field of a reply decides. */
export function axesOfCheck(check: CheckId): MapAxes | null {
  const { blames } = CHECK_PLACES[check];
  if (blames?.in !== 'mapping') return null;
  const slot = blames.slot ?? 'read';
  const [first] = blames.fields;
  const second = blames.fields[1] ?? BESIDE[first];
  // What lies in the file goes across.
  const [across, up] = second === 'offset' ? [second, first] : [first, second];
  return [`${slot}.${across}`, `${slot}.${up}`];
}
