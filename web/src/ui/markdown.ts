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

/** HTML in a text is shown as the text that it is, and an image by what it says of itself. */
const RENDERER = {
  html: ({ text }: { text: string }) => escape(text),
  image: ({ text }: { text: string }) => escape(text),
};
const markdown = new Marked({ gfm: true, renderer: RENDERER });

/** Whether the text that is being drawn is the page's own: its links to places of the page stay in the tab. */
let own = false;

DOMPurify.addHook('afterSanitizeAttributes', (node) => {
  if (node.tagName !== 'A' || (own && node.getAttribute('href')?.startsWith('#/'))) return;
  // Links in untrusted notes open in another tab and get no reference to this page.
  node.setAttribute('target', '_blank');
  node.setAttribute('rel', 'noopener noreferrer nofollow');
});

/** HTML that is safe to put into the page; a text that is too long or nested too deeply for the parser is shown as it is. */
function safeHtml(text: string, parser: Marked, ownText: boolean): string {
  if (!isDrawable(text)) return `<pre>${escape(text)}</pre>`;
  const html = parser.parse(text, { async: false });
  const lower = html.replace(
    /<(\/?)h([1-6])/g,
    (_, slash: string, level: string) => `<${slash}h${Math.min(6, Number(level) + 2)}`,
  );
  own = ownText;
  try {
    return DOMPurify.sanitize(lower, {
      ALLOWED_TAGS: TAGS,
      ALLOWED_ATTR: ['href', 'title', 'start'],
      ALLOWED_URI_REGEXP: /^(https?:|mailto:|#)/i,
      ALLOW_DATA_ATTR: false,
    });
  } finally {
    own = false;
  }
}

/** Notes as HTML. Headings begin below those of the page. */
export const notesHtml = (notes: string): string => safeHtml(notes, markdown, false);

/**
 * A part of the page's own documents as HTML.
 * @param hrefOf where a link leads within the page; null for what the page does not have, of which the words stay
 */
export function documentHtml(text: string, hrefOf: (href: string) => string | null): string {
  const parser = new Marked({
    gfm: true,
    renderer: {
      ...RENDERER,
      link(token) {
        const href = hrefOf(token.href);
        const words = this.parser.parseInline(token.tokens);
        return href === null ? words : `<a href="${escape(href)}">${words}</a>`;
      },
    },
  });
  return safeHtml(text, parser, true);
}
