// SPDX-License-Identifier: MIT

/**
 * Copies a text. Returns what to tell the reader.
 * @param select marks the text on the page, so that the reader's own key copies it where the browser does not allow a
 *   page to
 */
export async function copyText(text: string, select: () => void): Promise<string> {
  try {
    await navigator.clipboard.writeText(text);
    return 'Copied.';
  } catch {
    select();
    return 'The browser did not allow it: press Ctrl C.';
  }
}
