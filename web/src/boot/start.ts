// SPDX-License-Identifier: MIT
import { workOfTab, type Work } from './kept-work.ts';
import { FIRST, FIRST_STEP } from './first-scenario.ts';
import { decode, isLink, leadsNowhere, type Opened } from './link.ts';

/** The headline over why a link is not shown. */
export const LINK_ERROR = 'This link can’t be opened';

/** What a visit begins with. */
export interface Start {
  text: string;
  step: number;
  /** The tab's own work, whether it is shown or not. */
  found: Work | null;
  /** The link that is shown, if one is. */
  opened: Opened | null;
  /** Why the address's link is not shown. */
  trouble: string | null;
  /** The address that it was read from. */
  hash: string;
  /** A newer version of the page has work in this tab, which is left alone. */
  newer: boolean;
  /** In an embed: nothing of it is kept, and its address stays as it is. */
  embedded?: boolean;
}

const isReload = () =>
  performance.getEntriesByType('navigation').some((one) => 'type' in one && one.type === 'reload');

/**
 * A link, else what this tab had, else the first scenario. A link that this tab wrote itself is its work, in its
 * own spelling, also where a reload overtook the address on its way and found the one before. A link that can't be
 * used leaves the work as it is, and so does what is neither a link nor a place.
 */
export async function chooseStart(): Promise<Start> {
  const kept = workOfTab();
  const newer = kept === 'newer';
  const found = newer ? null : kept;
  const { hash } = location;
  const seen = { found, newer, hash };
  let trouble: string | null = null;
  const own = found !== null && (found.hash === hash || (found.earlier === hash && isReload()));
  if (isLink(hash) && !own) {
    const opened = await decode(hash);
    if (typeof opened !== 'string') return { ...opened, ...seen, opened, trouble };
    trouble = opened;
  } else if (leadsNowhere(hash)) trouble = (await import('./nowhere.ts')).nowhereWords(hash);
  if (found) return { text: found.text, step: found.step, ...seen, opened: null, trouble };
  return { text: FIRST, step: FIRST_STEP, ...seen, opened: null, trouble };
}
