// SPDX-License-Identifier: MIT
/** Web storage that may be full, forbidden or absent: a read then returns null, and a write returns false. */
function read(storage: () => Storage, key: string): string | null {
  try {
    return storage().getItem(key);
  } catch {
    return null;
  }
}

function write(storage: () => Storage, key: string, value: string | null): boolean {
  try {
    if (value === null) storage().removeItem(key);
    else storage().setItem(key, value);
    return true;
  } catch {
    return false;
  }
}

const local = () => localStorage;
const session = () => sessionStorage;

export const readLocal = (key: string) => read(local, key);
export const writeLocal = (key: string, value: string | null) => write(local, key, value);
export const readSession = (key: string) => read(session, key);
export const writeSession = (key: string, value: string | null) => write(session, key, value);

export function localKeys(): string[] {
  try {
    return Object.keys(localStorage);
  } catch {
    return [];
  }
}
