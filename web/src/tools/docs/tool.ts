// SPDX-License-Identifier: MIT
import type { Tool } from '../../app/tool.ts';
import { documentSubject } from '#engine/view/documents.ts';

/** Opened on a document, or on one of its headings. */
export const tool: Tool = {
  id: 'docs',
  title: 'Documents',
  words: ['limits', 'howto', 'formats', 'hosting', 'manual', 'trust'],
  place: {
    name: 'docs',
    part: {
      noun: 'document',
      example: 'limits',
      has: (part) => documentSubject(part) !== null,
    },
  },
  opens: 'instead',
  load: () => import('./Docs.svelte'),
  commands: () => import('./commands.ts'),
};
