// SPDX-License-Identifier: GPL-2.0-only
import { readLocal, writeLocal } from './storage.ts';

export type Theme = 'system' | 'light' | 'dark';
export const THEMES: readonly Theme[] = ['system', 'light', 'dark'];
const KEY = 'iomap-playground:theme';

/** Light, dark, or as the system has it. */
export class ThemeStore {
  #theme = $state.raw<Theme>('system');

  constructor() {
    const kept = readLocal(KEY);
    if (kept === 'light' || kept === 'dark') this.set(kept);
  }

  get theme(): Theme {
    return this.#theme;
  }

  set(theme: Theme): void {
    this.#theme = theme;
    const root = document.documentElement;
    if (theme === 'system') delete root.dataset['theme'];
    else root.dataset['theme'] = theme;
    writeLocal(KEY, theme);
  }

  next(): void {
    this.set(THEMES[(THEMES.indexOf(this.#theme) + 1) % THEMES.length]!);
  }
}
