// SPDX-License-Identifier: MIT
import type { Attachment } from 'svelte/attachments';

const STEP: Readonly<Record<string, (at: number, last: number) => number>> = {
  ArrowDown: (at, last) => Math.min(at + 1, last),
  ArrowUp: (at) => Math.max(at - 1, 0),
  ArrowRight: (at, last) => Math.min(at + 1, last),
  ArrowLeft: (at) => Math.max(at - 1, 0),
  Home: () => 0,
  End: (_, last) => last,
};

/** Makes the words within an element one stop of the Tab key; the arrow keys go from one to the next. */
export const oneStop: Attachment<HTMLElement> = (element) => {
  const words = () => [...element.querySelectorAll<HTMLElement>('button[data-word]')];
  const focused = ({ target }: FocusEvent) => {
    const all = words();
    if (all.includes(target as HTMLElement)) for (const one of all) one.tabIndex = one === target ? 0 : -1;
  };
  const pressed = (event: KeyboardEvent) => {
    const to = event.altKey || event.ctrlKey || event.metaKey ? undefined : STEP[event.key];
    const all = words();
    const at = all.indexOf(event.target as HTMLElement);
    if (!to || at < 0) return;
    event.preventDefault();
    event.stopPropagation();
    all[to(at, all.length - 1)]?.focus();
  };
  element.addEventListener('focusin', focused);
  element.addEventListener('keydown', pressed);
  return () => {
    element.removeEventListener('focusin', focused);
    element.removeEventListener('keydown', pressed);
  };
};
