// SPDX-License-Identifier: MIT
import * as monaco from 'monaco-editor/editor/editor.api';
import 'monaco-editor/features/register.all';
import EditorWorker from 'monaco-editor/editor/editor.worker?worker';
import * as json from 'monaco-editor/languages/features/json/register';
import JsonWorker from 'monaco-editor/languages/features/json/json.worker?worker';
import { CATALOGUE } from '#engine/checks/catalogue.ts';
import type { CheckId } from '#engine/kernel/checks.ts';
import { scenarioJsonSchema } from '#engine/scenario/json-schema.ts';
import type { JsonText } from '#engine/scenario/json.ts';
import type { Word } from '#engine/words/glossary.ts';
import { wordInDocument } from '#engine/words/in-document.ts';
import type { Finding } from './findings.ts';

export { monaco };

self.MonacoEnvironment = {
  getWorker: (_id: string, label: string) => (label === 'json' ? new JsonWorker() : new EditorWorker()),
};

export const MODEL_URI = monaco.Uri.parse('inmemory://scenario/scenario.json');
const OWNER = 'engine';

// Completion and hover come from the schema; every squiggle comes from the engine, so that one fault has one
// wording.
json.jsonDefaults.setDiagnosticsOptions({
  validate: false,
  allowComments: false,
  enableSchemaRequest: false,
  schemas: [{ uri: 'inmemory://scenario/schema.json', fileMatch: ['*'], schema: scenarioJsonSchema() }],
});
json.jsonDefaults.setModeConfiguration({
  completionItems: true,
  hovers: true,
  tokens: true,
  foldingRanges: true,
  selectionRanges: true,
  diagnostics: false,
  documentSymbols: true,
  documentFormattingEdits: false,
  documentRangeFormattingEdits: false,
  colors: false,
});

for (const [name, base, ink, quiet, number, string, key] of [
  ['page-light', 'vs', '16191f', '4b5463', '8a3a00', '1a6b41', '2846b8'],
  ['page-dark', 'vs-dark', 'e8ebf0', 'aab3c0', 'ffc861', '7fd6a4', 'a3b5ff'],
] as const) {
  const panel = base === 'vs' ? '#ffffff' : '#171b21';
  monaco.editor.defineTheme(name, {
    base,
    inherit: true,
    rules: [
      { token: '', foreground: ink },
      { token: 'comment', foreground: quiet },
      { token: 'string.key.json', foreground: key },
      { token: 'string.value.json', foreground: string },
      { token: 'number.json', foreground: number },
      { token: 'keyword.json', foreground: number },
    ],
    colors: {
      'editor.background': panel,
      'editorGutter.background': panel,
      'editorLineNumber.foreground': `#${quiet}`,
    },
  });
}

/** Marks findings in the text. */
export function setMarkers(model: monaco.editor.ITextModel, findings: Finding[]): void {
  const severity = {
    error: monaco.MarkerSeverity.Error,
    warning: monaco.MarkerSeverity.Warning,
    info: monaco.MarkerSeverity.Info,
  };
  const markers = findings.map((finding) => {
    const start = model.getPositionAt(finding.start);
    const end = model.getPositionAt(Math.max(finding.end, finding.start + 1));
    return {
      severity: severity[finding.severity],
      message: finding.message,
      startLineNumber: start.lineNumber,
      startColumn: start.column,
      endLineNumber: end.lineNumber,
      endColumn: end.column,
    };
  });
  monaco.editor.setModelMarkers(model, OWNER, markers);
}

/** What the catalogue says of a check, for a hover. */
function prose(check: CheckId): string {
  const { title, why, fix, fn, since } = CATALOGUE[check];
  const mail =
    since.url === null ? since.subject : `[${since.subject.replace(/[[\]]/g, '\\$&')}](${since.url})`;
  return `**${check}** ${title}\n\n${why}\n\n*What to do:* ${fix}\n\n\`${fn}\`, ${mail}`;
}

/** What the glossary says of a word, for a hover; `<` and the like in it are text. */
const entry = ({ title, kind, sentence, more }: Word): string =>
  `**${title.replace(/_/g, '\\_')}** ${kind}\n\n${sentence}\n\n${more}`;

/**
 * Tells more of a check where it is named, and where it refused a value; elsewhere of the word that stands there.
 * @param json the document as it is read now
 */
export function registerHover(findings: () => Finding[], json: () => JsonText): monaco.IDisposable {
  return monaco.languages.registerHoverProvider('json', {
    provideHover(model, position) {
      const offset = model.getOffsetAt(position);
      const marked = findings().find((one) => one.check && one.start <= offset && offset <= one.end)?.check;
      const line = model.getLineContent(position.lineNumber);
      const named = [...line.matchAll(/"([a-z-]+)"/g)].find(
        (match) => match.index < position.column && position.column <= match.index + match[0].length + 1,
      )?.[1];
      const check = marked ?? named;
      if (check !== undefined && Object.hasOwn(CATALOGUE, check))
        return { contents: [{ value: prose(check as CheckId) }] };
      const found = wordInDocument(json(), offset);
      if (!found) return null;
      const [start, end] = [model.getPositionAt(found.start), model.getPositionAt(found.end)];
      return {
        contents: [{ value: entry(found.word) }],
        range: {
          startLineNumber: start.lineNumber,
          startColumn: start.column,
          endLineNumber: end.lineNumber,
          endColumn: end.column,
        },
      };
    },
  });
}
