// SPDX-License-Identifier: MIT
/** A document in its parts, so that each heading has an address and each part is drawn by itself. */
import { DOCUMENTS, type DocumentName } from '#engine/view/documents.ts';

export interface Section {
  /** 1 is the document's title. */
  level: number;
  title: string;
  /** The heading's part of its address, as GitHub makes it. */
  slug: string;
  /** What stands under the heading, in Markdown, up to the next one. */
  text: string;
}

/** `What is not modelled` becomes `what-is-not-modelled`. */
const slugOf = (title: string): string =>
  title
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\s_-]/gu, '')
    .trim()
    .replace(/\s/g, '-');

/** The text of a heading without the marks of Markdown. */
const plain = (title: string): string => title.replace(/[`*]/g, '').replace(/\[([^\]]*)\]\([^)]*\)/g, '$1');

/** The sections of a document in Markdown. Lines within fences are not headings. */
export function sectionsOf(markdown: string): Section[] {
  const sections: Section[] = [];
  const lines: string[][] = [];
  const seen = new Map<string, number>();
  let fenced = false;
  for (const line of markdown.split('\n')) {
    if (/^\s*(```|~~~)/.test(line)) fenced = !fenced;
    const heading = fenced ? null : /^(#{1,6})\s+(.*?)\s*#*$/.exec(line);
    if (!heading) {
      // A table's columns are padded for whoever reads it as text, which a parser need not count.
      const table = !fenced && line.startsWith('|');
      lines.at(-1)?.push(table ? line.replace(/ {2,}/g, ' ').replace(/-{4,}/g, '---') : line);
      continue;
    }
    const title = plain(heading[2]!);
    const slug = slugOf(title);
    const times = seen.get(slug) ?? 0;
    seen.set(slug, times + 1);
    sections.push({ level: heading[1]!.length, title, slug: times ? `${slug}-${times}` : slug, text: '' });
    lines.push([]);
  }
  return sections.map((section, i) => ({ ...section, text: lines[i]!.join('\n').trim() }));
}

/**
 * Where a link of a document leads in the page: to a heading of the same document, to another document, or out of the
 * page. Null for a file that the page does not have.
 */
export function hrefIn(document: DocumentName, href: string): string | null {
  if (/^(https?:|mailto:)/.test(href)) return href;
  const [path = '', heading] = href.split('#');
  const name = path === '' ? document : DOCUMENTS.find(({ file }) => file === path)?.name;
  if (name === undefined) return null;
  return heading ? `#/docs/${name}/${heading}` : `#/docs/${name}`;
}
