// SPDX-License-Identifier: MIT
import { REVISIONS } from '../scripts/core-settings.mjs';
import { constantsOf, knownOf, parse } from '../scripts/fold-known.mjs';

/** `1 << 11`, `0x800` or `65_535`; null for what is not a plain number. */
function numberIn(text: string): number | null {
  const [, base, shift] = /^(\d[\w]*)(?: << (\d+))?$/.exec(text) ?? [];
  return base === undefined ? null : Number(base.replaceAll('_', '')) * 2 ** Number(shift ?? 0);
}

/**
 * The plain numbers that a file of the core declares, by name, as the core of a revision has them. A number may follow
 * from the names of assembly/config.ts, however many: `A ? 1 : B ? 2 : 3`.
 */
export function coreConstants(path: string, revision: string): Map<string, number> {
  const known = knownOf(REVISIONS.find(({ name }) => name === revision)!);
  const chosen = (text: string): string => {
    const [, name, yes, no] = /^(\w+) \? ([^?:]+) : (.+)$/s.exec(text) ?? [];
    return name === undefined ? text : chosen(known.get(name) === true ? yes! : no!);
  };
  return new Map(
    constantsOf(parse(path)).flatMap(([name, value]) => {
      const number = numberIn(chosen(value.getText()));
      return number === null ? [] : [[name, number] as [string, number]];
    }),
  );
}
