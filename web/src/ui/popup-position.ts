// SPDX-License-Identifier: MIT
import type { Attachment } from 'svelte/attachments';

/** Shows a `popover="manual"` element under `anchor` (or over it, where there is more room) while it exists. */
export function under(anchor: () => HTMLElement | null): Attachment<HTMLElement> {
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
  };
}
