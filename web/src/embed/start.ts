// SPDX-License-Identifier: MIT
import { isObject } from '#engine/scenario/path.ts';
import { FIRST, FIRST_STEP } from '../boot/first-scenario.ts';
import { decode, isLink } from '../boot/link.ts';
import type { Start } from '../boot/start.ts';
import type { Task, TaskKind } from './task.ts';

/** What an embed shows: a scenario, perhaps with a task, or why it shows none. */
export type Embedded =
  | {
      start: Start;
      /** Whether the reader may edit the step that is shown. */
      editable: boolean;
      /** The link carries an edit of the core, which an embed leaves alone. */
      hasEdit: boolean;
      /** The exercise, or the part of a lesson, that the scenario is the start of. */
      task: Task | null;
    }
  | { why: string };

/** The playground, of which this page is a part. */
export const playground = (hash = location.hash): string =>
  new URL(`./${isLink(hash) || hash.startsWith('#/') ? hash : ''}`, location.href.replace(/[?#].*$/s, ''))
    .href;

/** `?edit=0` shows the scenario without letting the reader change it. */
const isEditable = () => new URLSearchParams(location.search).get('edit') !== '0';

/** The address of an exercise or of a part of a lesson. */
const TASK = /^#\/(exercise|lesson)\/(.+)$/s;

/**
 * Reads the address: `embed.html#1.…`, `embed.html#/exercise/…` or `embed.html#/lesson/…`, with `?edit=0` for one that
 * is only to be looked at.
 */
export async function embedded(): Promise<Embedded> {
  const { hash } = location;
  const editable = isEditable();
  const rest = { found: null, trouble: null, hash, newer: false, embedded: true } as const;
  if (hash === '' || hash === '#') {
    const start = { ...rest, text: FIRST, step: FIRST_STEP, opened: null };
    return { start, editable, hasEdit: false, task: null };
  }
  const [, kind, part = ''] = TASK.exec(hash) ?? [];
  if (kind !== undefined) {
    const { taskAt } = await import('./task.ts');
    const task = taskAt(kind as TaskKind, part);
    if (typeof task === 'string') return { why: task };
    const start = { ...rest, text: task.start, step: task.step.show, opened: null };
    return { start, editable, hasEdit: false, task };
  }
  if (!isLink(hash)) return { why: 'The address of this embed names no scenario.' };
  const opened = await decode(hash);
  if (typeof opened === 'string') return { why: opened };
  if (isObject(opened.scenario) && Object.hasOwn(opened.scenario, 'server'))
    return { why: 'This scenario has code of a server. An embed runs none of that.' };
  const { edit, ...plain } = opened;
  const start = { ...rest, text: opened.text, step: opened.step, opened: plain };
  return { start, editable, hasEdit: edit !== undefined, task: null };
}
