// SPDX-License-Identifier: MIT
/**
 * The page within a page of another origin. Who frames it could lay something over it and lead the reader's clicks, and a
 * policy in a `<meta>` can't forbid framing: so there is nothing to click but the way out. embed.html is made for frames.
 */

/** Whether the topmost page is of another origin. */
function isForeign(): boolean {
  try {
    return !top!.location.href;
  } catch {
    return true;
  }
}

/** In a frame of another origin puts a link in the place of the page; returns whether it did. */
export function onlyLink(): boolean {
  if (!isForeign()) return false;
  (globalThis as { early?: { worker: Worker | null } }).early?.worker?.terminate();
  const link = document.createElement('a');
  link.href = location.href;
  link.target = '_blank';
  link.rel = 'noopener noreferrer';
  link.textContent = 'Open in the playground';
  const main = document.createElement('main');
  main.className = 'framed';
  main.append(link);
  document.body.replaceChildren(main);
  return true;
}
