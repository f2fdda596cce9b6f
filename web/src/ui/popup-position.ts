// SPDX-License-Identifier: MIT
import type { Attachment } from 'svelte/attachments';

/**
 * Shows a `popover="manual"` element under `anchor` (or over it, where there is more room) while it exists.
 * @param clear what stays uncovered where there is room below it
 */
export function under(
  anchor: () => HTMLElement | null,
  clear: () => readonly Element[] = () => [],
): Attachment<HTMLElement> {
  return (element) => {
    element.showPopover();
    const box = anchor()?.getBoundingClientRect();
    if (!box) return;
    const below = innerHeight - box.bottom;
    const height = Math.min(element.scrollHeight + 2, Math.max(below, box.top) - 12);
    const over = below < height + 8 && box.top > below;
    element.style.maxHeight = `${height}px`;
    element.style.top = over ? `${box.top - height - 4}px` : `${box.bottom + 4}px`;
    element.style.left = `${Math.max(8, Math.min(box.left, innerWidth - element.offsetWidth - 8))}px`;
    const own = element.getBoundingClientRect();
    const covered = clear()
      .map((link) => link.getBoundingClientRect())
      .filter(
        ({ left, right, top, bottom }) =>
          right > own.left && left < own.right && bottom > own.top && top < own.bottom,
      );
    const lower = Math.max(own.top, ...covered.map(({ bottom }) => bottom + 4));
    if (lower + own.height < innerHeight) element.style.top = `${lower}px`;
  };
}
