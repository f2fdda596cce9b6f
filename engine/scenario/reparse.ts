// SPDX-License-Identifier: MIT
import { parseDocument, readText, type ParsedDocument } from './parse.ts';
import { rereadJson } from './reread.ts';
import { CAPS } from './caps.ts';

/** As parseDocument(text), faster: what the text has in common with a document before is taken over. */
export function reparse(before: ParsedDocument, text: string): ParsedDocument {
  const long = text.length > CAPS.textChars;
  return parseDocument(long ? readText(text) : rereadJson(before.json, text));
}
