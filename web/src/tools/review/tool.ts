// SPDX-License-Identifier: MIT
import { REVIEW_NAMES } from '#engine/view/review/names.ts';
import type { Tool } from '../../app/tool.ts';

/** Opened on a case, or on the whole table. */
export const tool: Tool = {
  id: 'review',
  title: 'Review',
  words: ['reviewers', 'questions', 'mail', 'revisions', 'quote'],
  place: {
    name: 'review',
    part: {
      noun: 'case',
      example: 'overwrite-slot',
      has: (part) => REVIEW_NAMES.some((name) => name === part),
      optional: true,
    },
  },
  opens: 'instead',
  load: () => import('./Review.svelte'),
  command: { group: 'Scenario', label: 'What reviewers asked, revision by revision', order: 65 },
  takes: () => import('./take.ts'),
  menus: [
    { in: 'bar', order: 25, whereRoomy: true },
    { in: 'file', label: 'What reviewers asked', order: 220 },
  ],
};
