// SPDX-License-Identifier: MIT
import { readLocal } from './storage.ts';
import type { Start } from './start.ts';

/** Where it is kept that the introduction was closed. */
export const INTRO_KEY = 'intro';

/** Keeps room for the introduction on a first visit, until it is closed; whoever opens a link comes for its case. */
export function keepRoom(page: HTMLElement, { opened, trouble }: Start): void {
  page.classList.toggle('intro', !opened && !trouble && readLocal(INTRO_KEY) === null);
}
