// SPDX-License-Identifier: MIT
import type { PlainLine } from './quotes.ts';

/** The line that text begins with which was signed in the clear. */
export const SIGNED = '-----BEGIN PGP SIGNED MESSAGE-----';
const SIGNATURE = '-----BEGIN PGP SIGNATURE-----';
const SIGNATURE_END = '-----END PGP SIGNATURE-----';
const is = (text: string, mark: string): boolean => text.startsWith(mark) && text.trimEnd() === mark;

/** Whether lines have a part that was signed in the clear (RFC 9580, section 7). */
export const isSigned = (lines: readonly PlainLine[]): boolean => lines.some(({ text }) => is(text, SIGNED));

/**
 * Lines without what a signature in the clear adds: its frame, and the `- ` before each line that began with a dash.
 * Text after a signature is left as it is.
 */
export function withoutSignature(lines: readonly PlainLine[]): PlainLine[] {
  const kept: PlainLine[] = [];
  let within: 'text' | 'headers' | 'signed' | 'signature' = 'text';
  for (const line of lines) {
    const { text } = line;
    if (within === 'text') {
      if (is(text, SIGNED)) within = 'headers';
      else kept.push(line);
    } else if (within === 'headers') {
      if (text.trim() === '') within = 'signed';
    } else if (within === 'signed') {
      if (is(text, SIGNATURE)) within = 'signature';
      else kept.push(text.startsWith('- ') ? { ...line, text: text.slice(2) } : line);
    } else if (is(text, SIGNATURE_END)) within = 'text';
  }
  return kept;
}
