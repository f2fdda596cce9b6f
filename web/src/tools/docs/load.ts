// SPDX-License-Identifier: MIT
import { DOCUMENTS, type DocumentName } from '#engine/view/documents.ts';

/** Each document is a file of its own, which loads when it is read. */
const files = import.meta.glob<string>(
  '../../../../docs/{HOWTO,LIMITS,FORMATS,HOSTING,API,SERVER-PROTOCOL}.md',
  {
    query: '?raw',
    import: 'default',
  },
);

/** The text of a document, as it stands in the project. */
export function loadDocument(name: DocumentName): Promise<string> {
  const { file } = DOCUMENTS.find((one) => one.name === name)!;
  return files[`../../../../docs/${file}`]!();
}
