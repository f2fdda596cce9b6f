// SPDX-License-Identifier: MIT
import type { Tool } from '../../app/tool.ts';

/** Opened on a word, by its id or any other name of it, or on the list of all words. */
export const tool: Tool = {
  id: 'word',
  title: 'Glossary',
  words: ['words', 'terms', 'dictionary', 'what is', 'meaning', 'explain'],
  keys: { press: 'F1', what: 'what the word means that labels a field, or has the focus' },
  place: {
    name: 'word',
    part: {
      noun: 'word',
      example: 'srcmap',
      // The glossary loads with the drawer, which names the nearest words for one that is not there.
      has: (part) => /^[^/?#]{1,80}$/.test(part),
      optional: true,
    },
  },
  opens: 'beside',
  drawer: true,
  load: () => import('./WordDrawer.svelte'),
  command: { group: 'View', label: 'Glossary: all words' },
  commands: () => import('./commands.ts'),
};
