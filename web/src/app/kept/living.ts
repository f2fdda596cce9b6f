// SPDX-License-Identifier: MIT
import { named } from '../../boot/storage.ts';

const lockOf = (id: string) => named(`tab:${id}`);

export const freshId = (): string => crypto.getRandomValues(new Uint32Array(2)).join('-');

/**
 * Holds the lock of a tab for as long as the page lives, by which others see that it does.
 *
 * @returns the tab's name: another where a duplicate of the tab has the lock, and where there are no locks, since
 *   nobody knows then whether there is a duplicate
 */
export async function hold(id: string): Promise<string> {
  if (!('locks' in navigator)) return freshId();
  if (await held(id, { ifAvailable: true })) return id;
  const other = freshId();
  await held(other, {});
  return other;
}

/** Names of the tabs that live. */
export async function livingTabs(): Promise<Set<string>> {
  const locks = 'locks' in navigator ? ((await navigator.locks.query()).held ?? []) : [];
  const prefix = lockOf('');
  return new Set(
    locks.flatMap(({ name = '' }) => (name.startsWith(prefix) ? [name.slice(prefix.length)] : [])),
  );
}

function held(id: string, options: LockOptions): Promise<boolean> {
  const forever = new Promise<void>(() => {});
  return new Promise((resolve) => {
    navigator.locks
      .request(lockOf(id), options, (lock) => {
        resolve(lock !== null);
        return lock ? forever : undefined;
      })
      .catch(() => resolve(true));
  });
}
