// SPDX-License-Identifier: MIT
/** What a search looks at. */
export interface Searched {
  name: string;
  title: string;
  notes: string;
}

/**
 * The things that have every word of a query: first those whose title begins with it, then those that have it in
 * their title, then those that match only by name or notes. Within each kind the order stays.
 */
export function search<T extends Searched>(things: readonly T[], query: string): { titles: T[]; notes: T[] } {
  const words = query.toLowerCase().split(/\s+/).filter(Boolean);
  const has = (text: string) => words.every((word) => text.toLowerCase().includes(word));
  const phrase = words.join(' ');
  const rank = ({ title }: T) => {
    const at = title.toLowerCase().indexOf(phrase);
    return at === 0 ? 0 : at > 0 ? 1 : 2;
  };
  const titles = things.filter(({ title }) => has(title)).sort((a, b) => rank(a) - rank(b));
  const notes = things.filter((thing) => {
    const all = `${thing.name} ${thing.title} ${thing.notes}`;
    return !has(thing.title) && has(all);
  });
  return { titles, notes };
}

/** The first paragraph of notes as plain text: without the marks of Markdown, names with their underscores. */
export const summaryOf = (notes: string): string =>
  (notes.split(/\n\s*\n/)[0] ?? '')
    .replace(/[`*]/g, '')
    .replace(/(?<!\w)_(.+?)_(?!\w)/g, '$1')
    .replace(/\[([^\]]*)\]\([^)]*\)/g, '$1');
