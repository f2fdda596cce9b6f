// SPDX-License-Identifier: MIT
import { LESSONS } from '#engine/lessons/names.ts';
import type { Tool } from '../../app/tool.ts';

/** Opened on a step of a lesson: `holes-and-mapped/2`, counted from 1. */
export const tool: Tool = {
  id: 'lesson',
  title: 'Lesson',
  place: {
    name: 'lesson',
    part: {
      noun: 'part of a lesson',
      example: 'holes-and-mapped/1',
      has: (part) => LESSONS.some((id) => part.startsWith(`${id}/`)) && /\/[1-9]$/.test(part),
    },
  },
  opens: 'beside',
  load: () => import('./LessonPanel.svelte'),
};
