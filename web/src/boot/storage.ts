// SPDX-License-Identifier: MIT
/** Storage belongs to an origin: names carry the folder that the page lies in, so that two copies stay apart. */
export const named = (name: string): string =>
  `iomap-playground:${location.pathname.replace(/[^/]*$/, '')}:${name}`;

/** Web storage that may be full, forbidden or absent: a read then returns null, and a write returns false. */
function read(storage: () => Storage, name: string): string | null {
  try {
    const kept = storage().getItem(named(name));
    if (kept !== null) return kept;
    // Names were without the folder once: what is found there is taken over.
    const before = `iomap-playground:${name}`;
    const old = storage().getItem(before);
    // The old one goes when the new one is in: where there is no room, it stays.
    if (old !== null && write(storage, name, old)) storage().removeItem(before);
    return old;
  } catch {
    return null;
  }
}

function write(storage: () => Storage, name: string, value: string | null): boolean {
  try {
    if (value === null) storage().removeItem(named(name));
    else storage().setItem(named(name), value);
    return true;
  } catch {
    return false;
  }
}

const local = () => localStorage;
const session = () => sessionStorage;

export const readLocal = (name: string) => read(local, name);
export const writeLocal = (name: string, value: string | null) => write(local, name, value);
export const readSession = (name: string) => read(session, name);
export const writeSession = (name: string, value: string | null) => write(session, name, value);
