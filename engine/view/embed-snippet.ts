// SPDX-License-Identifier: MIT

export interface EmbedOptions {
  /** Whether readers may edit the step that is shown. */
  editable: boolean;
  /** The scenario's, for readers who can't see the frame. */
  title: string;
}

const NAMES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
const escaped = (text: string) => text.replace(/[&<>"]/g, (one) => NAMES[one]!);

/**
 * HTML that shows a scenario in a frame of another page.
 * @param folder the address of the playground, with its last slash
 * @param hash the link's, `#` included
 */
export function embedSnippet(folder: string, hash: string, { editable, title }: EmbedOptions): string {
  const src = `${folder}embed.html${editable ? '' : '?edit=0'}${hash}`;
  const name = title === '' ? 'A scenario of the iomap playground' : title;
  return (
    `<iframe src="${escaped(src)}" title="${escaped(name)}" width="100%" height="620" ` +
    `style="border: 1px solid #8888" loading="lazy"></iframe>`
  );
}
