// SPDX-License-Identifier: MIT
import { readLocal } from './storage.ts';

export type Theme = 'system' | 'light' | 'dark';
export const THEMES: readonly Theme[] = ['system', 'light', 'dark'];
export const THEME_KEY = 'theme';

export function keptTheme(): Theme {
  const kept = readLocal(THEME_KEY);
  return kept === 'light' || kept === 'dark' ? kept : 'system';
}

/** Light, dark, or as the system has it. */
export function applyTheme(theme: Theme): void {
  const root = document.documentElement;
  if (theme === 'system') delete root.dataset['theme'];
  else root.dataset['theme'] = theme;
}
