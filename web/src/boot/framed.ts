// SPDX-License-Identifier: MIT
/**
 * The page within a page of another origin. Who frames it could lay something over it and lead the reader's clicks, and a
 * policy in a `<meta>` can't forbid framing: so there is nothing to click but the way out. embed.html is made for frames.
 */
export function onlyLink(): void {
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
}
