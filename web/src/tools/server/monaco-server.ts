// SPDX-License-Identifier: MIT
import * as ts from 'monaco-editor/languages/features/typescript/register';
import 'monaco-editor/languages/definitions/typescript/register';
import TsWorker from 'monaco-editor/languages/features/typescript/ts.worker?worker';
import { monaco } from '../../columns/server/document/monaco.ts';
import { declarations } from './declarations.ts';

export { monaco };

const before = self.MonacoEnvironment?.getWorker;
self.MonacoEnvironment = {
  getWorker: (id: string, label: string) =>
    label === 'typescript' || before === undefined ? new TsWorker() : before(id, label),
};

const { typescriptDefaults } = ts;
typescriptDefaults.setCompilerOptions({
  target: ts.ScriptTarget.ES2020,
  module: ts.ModuleKind.ESNext,
  lib: ['es2020'],
  strict: false,
  noEmit: true,
  allowNonTsExtensions: true,
});
// `se.devices[0].fd` is what people write: what may be missing is told when it runs.
typescriptDefaults.setDiagnosticsOptions({ noSuggestionDiagnostics: true });
typescriptDefaults.addExtraLib(declarations(), 'inmemory://server/iomap-playground.d.ts');

const URI = monaco.Uri.parse('inmemory://server/server.ts');

/** The model of the code, for the visit. */
export function serverModel(text: string): monaco.editor.ITextModel {
  const found = monaco.editor.getModel(URI);
  if (found) return found;
  const model = monaco.editor.createModel(text, 'typescript', URI);
  model.setEOL(monaco.editor.EndOfLineSequence.LF);
  model.updateOptions({ tabSize: 2, insertSpaces: true });
  return model;
}
