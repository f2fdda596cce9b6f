// SPDX-License-Identifier: MIT
/** Things by their group, groups in the order in which they first come. */
export function grouped<T extends { group: string }>(things: readonly T[]): [group: string, things: T[]][] {
  const groups = new Map<string, T[]>();
  for (const thing of things) {
    const group = groups.get(thing.group);
    if (group) group.push(thing);
    else groups.set(thing.group, [thing]);
  }
  return [...groups];
}
