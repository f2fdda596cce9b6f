// SPDX-License-Identifier: MIT
import { readSession } from './storage.ts';

/** The work of a tab as its own storage keeps it. */
export interface Work {
  /** Of the tab. */
  id: string;
  kind: 'tab';
  text: string;
  title: string;
  /** Index of the chosen step. */
  step: number;
  /** The address that showed the same state; '' if none did. */
  hash: string;
  /** The address before that. */
  earlier: string;
  /** Milliseconds since 1970. */
  savedAt: number;
  /** Counts the saves: of two copies the one with the higher number is the newer. */
  seq: number;
  /** Somebody wrote it, or edited it. False for an example or a link's text as it came: it is to be had elsewhere. */
  own: boolean;
  /** The entry of the browser's history that shows it; '' if none was noted. */
  entry: string;
}

/** Where a tab keeps its own work. */
export const TAB_KEY = 'tab';
/** Raised when an older page could not read what is written; it leaves that alone then. */
export const WORK_FORMAT = 2;

/** Work as it was stored; null for anything else; 'newer' for that of a page that came after this one. */
export function parseWork(text: string | null): Work | 'newer' | null {
  if (text === null) return null;
  try {
    const work = JSON.parse(text) as (Partial<Work> & { format?: number }) | null;
    if (Number(work?.format ?? 0) > WORK_FORMAT) return 'newer';
    if (typeof work?.id !== 'string' || typeof work.text !== 'string') return null;
    const number = (raw: unknown) => (typeof raw === 'number' && Number.isFinite(raw) ? raw : 0);
    const string = (raw: unknown) => (typeof raw === 'string' ? raw : '');
    return {
      id: work.id,
      text: work.text,
      title: string(work.title),
      step: number(work.step),
      savedAt: number(work.savedAt),
      hash: string(work.hash),
      earlier: string(work.earlier),
      seq: number(work.seq),
      entry: string(work.entry),
      kind: 'tab',
      own: work.own !== false,
    };
  } catch {
    return null;
  }
}

/** What this tab had when the visit began. */
export const workOfTab = () => parseWork(readSession(TAB_KEY));
