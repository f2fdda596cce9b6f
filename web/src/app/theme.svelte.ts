// SPDX-License-Identifier: MIT
import { MediaQuery } from 'svelte/reactivity';
import { writeLocal } from '../boot/storage.ts';
import { THEMES, THEME_KEY, applyTheme, keptTheme, type Theme } from '../boot/theme.ts';

export class ThemeStore {
  #theme = $state.raw<Theme>(keptTheme());
  readonly #systemDark = new MediaQuery('(prefers-color-scheme: dark)');

  get theme(): Theme {
    return this.#theme;
  }

  /** What is drawn: of `system`, what that is now. For what does not follow the page's styles by itself. */
  get drawn(): 'light' | 'dark' {
    if (this.#theme !== 'system') return this.#theme;
    return this.#systemDark.current ? 'dark' : 'light';
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
