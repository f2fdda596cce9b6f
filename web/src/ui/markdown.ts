// SPDX-License-Identifier: MIT
import DOMPurify from 'dompurify';
import { Marked } from 'marked';
import { isDrawable } from '#engine/text/notes.ts';

/** What notes may be made of. No images: they would be fetched from elsewhere. */
const TAGS = [
  'p', 'br', 'b', 'strong', 'i', 'em', 'code', 'pre', 'ul', 'ol', 'li', 'a', 'blockquote', 'hr',
  'h3', 'h4', 'h5', 'h6', 'table', 'thead', 'tbody', 'tr', 'th', 'td', 'del',
]; // prettier-ignore

const escape = (text: string) => text.replace(/[&<>"]/g, (char) => `&#${char.charCodeAt(0)};`);

/** HTML in notes is shown as the text that it is, and an image by what it says of itself. */
const markdown = new Marked({
  gfm: true,
  renderer: { html: ({ text }) => escape(text), image: ({ text }) => escape(text) },
});

DOMPurify.addHook('afterSanitizeAttributes', (node) => {
  if (node.tagName !== 'A') return;
  // Links in untrusted notes open in another tab and get no reference to this page.
  node.setAttribute('target', '_blank');
  node.setAttribute('rel', 'noopener noreferrer nofollow');
});

/**
 * Notes as HTML that is safe to put into the page. Headings begin below those of the page. Notes that are too long
 * or nested too deeply for the parser are shown as they were written.
 */
export function notesHtml(notes: string): string {
  if (!isDrawable(notes)) return `<pre>${escape(notes)}</pre>`;
  const html = markdown.parse(notes, { async: false });
  const lower = html.replace(
    /<(\/?)h([1-6])/g,
    (_, slash: string, level: string) => `<${slash}h${Math.min(6, Number(level) + 2)}`,
  );
  return DOMPurify.sanitize(lower, {
    ALLOWED_TAGS: TAGS,
    ALLOWED_ATTR: ['href', 'title', 'start'],
    ALLOWED_URI_REGEXP: /^(https?:|mailto:|#)/i,
    ALLOW_DATA_ATTR: false,
  });
}
