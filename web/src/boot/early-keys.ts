// SPDX-License-Identifier: MIT
/**
 * The page with its keys loads after the first verdict, so as not to take bytes from it. A reader sees the page's head by
 * then, and a key that does nothing is one that they press again. Once the page is there, app/typed-ahead.ts does the
 * same for dialogs.
 */

/**
 * Records the keys that are pressed before the page is mounted, so that a reader who knows it need not wait.
 * Returns a function that hands them to the page, in their order, and stops recording.
 */
export function earlyKeys(): () => void {
  const keys: KeyboardEvent[] = [];
  const keep = (event: KeyboardEvent) => {
    keys.push(event);
    // Keys of the page that the browser would otherwise handle itself.
    if ((event.ctrlKey || event.metaKey) && /^[kso]$/i.test(event.key)) event.preventDefault();
  };
  addEventListener('keydown', keep);
  return () => {
    removeEventListener('keydown', keep);
    for (const key of keys) document.body.dispatchEvent(new KeyboardEvent('keydown', key));
  };
}
