// SPDX-License-Identifier: MIT

/**
 * Keeps the keys that are pressed before the page is mounted: who knows it need not wait for it. Gives the way to
 * hand them to the page, in their order, which ends this.
 */
export function earlyKeys(): () => void {
  const keys: KeyboardEvent[] = [];
  const keep = (event: KeyboardEvent) => {
    keys.push(event);
    // Of what the page takes, the browser would do something else with these.
    if ((event.ctrlKey || event.metaKey) && /^[kso]$/i.test(event.key)) event.preventDefault();
  };
  addEventListener('keydown', keep);
  return () => {
    removeEventListener('keydown', keep);
    for (const key of keys) document.body.dispatchEvent(new KeyboardEvent('keydown', key));
  };
}
