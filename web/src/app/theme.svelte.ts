// SPDX-License-Identifier: MIT
import { writeLocal } from '../boot/storage.ts';
import { THEMES, THEME_KEY, applyTheme, keptTheme, type Theme } from '../boot/theme.ts';

export class ThemeStore {
  #theme = $state.raw<Theme>(keptTheme());

  get theme(): Theme {
    return this.#theme;
  }

  set(theme: Theme): void {
    this.#theme = theme;
    applyTheme(theme);
    writeLocal(THEME_KEY, theme);
  }

  next(): void {
    this.set(THEMES[(THEMES.indexOf(this.#theme) + 1) % THEMES.length]!);
  }
}
