// SPDX-License-Identifier: MIT
import { conf, language } from 'monaco-editor/languages/definitions/typescript/typescript';
import { monaco } from '../../columns/server/document/monaco.ts';

export { monaco };

/**
 * The colours of TypeScript under a name of its own: Monaco's TypeScript service, which would report every
 * u64, does not apply to it.
 */
const LANGUAGE = 'assemblyscript';

monaco.languages.register({ id: LANGUAGE });
monaco.languages.setMonarchTokensProvider(LANGUAGE, {
  ...language,
  tokenPostfix: '.as',
  // `@inline` on a function is valid here.
  tokenizer: {
    ...language.tokenizer,
    root: [[/@[a-zA-Z]\w*/, 'keyword'], ...(language.tokenizer['root'] ?? [])],
  },
});
monaco.languages.setLanguageConfiguration(LANGUAGE, conf);

/** One model for each file, for the visit: undo and the place in it stay. */
export function modelOf(path: string, text: string): monaco.editor.ITextModel {
  const uri = monaco.Uri.parse(`inmemory://core/${path}`);
  const found = monaco.editor.getModel(uri);
  if (found) return found;
  const model = monaco.editor.createModel(text, LANGUAGE, uri);
  model.setEOL(monaco.editor.EndOfLineSequence.LF);
  model.updateOptions({ tabSize: 2, insertSpaces: true });
  return model;
}
