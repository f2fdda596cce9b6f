// SPDX-License-Identifier: MIT
import { readSession } from './storage.ts';

/** A piece of work as it is kept. */
export interface Work {
  /** The tab it belongs to, or a name of its own if it was set aside. */
  id: string;
  text: string;
  title: string;
  step: number;
  savedAt: number;
  /** The address that showed the same state; '' if none did. */
  hash: string;
  /** tab: what a tab shows. aside: what a link or a file replaced. */
  kind: 'tab' | 'aside';
}

/** Where a tab keeps its own work. */
export const TAB_KEY = 'iomap-playground:tab';

/** Work as it was stored; null for anything else. */
export function parseWork(text: string | null): Work | null {
  if (text === null) return null;
  try {
    const work = JSON.parse(text) as Partial<Work> | null;
    if (typeof work?.id !== 'string' || typeof work.text !== 'string') return null;
    return {
      id: work.id,
      text: work.text,
      title: typeof work.title === 'string' ? work.title : '',
      step: typeof work.step === 'number' ? work.step : 0,
      savedAt: typeof work.savedAt === 'number' ? work.savedAt : 0,
      hash: typeof work.hash === 'string' ? work.hash : '',
      kind: work.kind === 'aside' ? 'aside' : 'tab',
    };
  } catch {
    return null;
  }
}

/** What this tab had when the visit began. */
export const workOfTab = (): Work | null => parseWork(readSession(TAB_KEY));
