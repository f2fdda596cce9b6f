// SPDX-License-Identifier: MIT

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
