// SPDX-License-Identifier: MIT
/**
 * Whether two plain values (objects, arrays, bytes, bigints) are deeply equal. The order of an object's keys counts:
 * that of a scenario's devices and inodes has a meaning.
 */
export function sameValue(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
  if (a instanceof Uint8Array || b instanceof Uint8Array) {
    return a instanceof Uint8Array && b instanceof Uint8Array && sameBytes(a, b);
  }
  const keys = Object.keys(a);
  const others = Object.keys(b);
  if (keys.length !== others.length) return false;
  return keys.every(
    (key, i) =>
      key === others[i] &&
      sameValue((a as { [key: string]: unknown })[key], (b as { [key: string]: unknown })[key]),
  );
}

function sameBytes(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((byte, i) => byte === b[i]);
}
