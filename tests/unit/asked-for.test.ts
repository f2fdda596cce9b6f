// SPDX-License-Identifier: MIT
/**
 * What the compiler asks for when the kernel's tables get a row more: in a copy of a table, held in memory, a name is
 * appended, and the places that then lack something are those that a new check, revision, level of trust or step
 * has to be told in. A place that vanishes from these lists has got a default, and would say something wrong in silence.
 */
import { readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';
import { expect, test } from 'vitest';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const { config } = ts.readConfigFile(`${ROOT}tsconfig.json`, ts.sys.readFile) as {
  config: ts.CompilerOptions;
};
const { options } = ts.parseJsonConfigFileContent({ ...config, include: [], files: [] }, ts.sys, ROOT);
const FILES = [
  ...readdirSync(`${ROOT}engine`, { recursive: true, encoding: 'utf8' }).map((file) => `engine/${file}`),
  'web/src/app/revisions.ts',
  'web/src/app/steps.ts',
  'web/src/columns/server/io/io-fields.ts',
  'web/src/columns/server/step-fields.ts',
]
  .filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts'))
  .map((file) => ROOT + file);

const parsed = new Map<string, ts.SourceFile | undefined>();
let before: ts.Program | undefined;

/**
 * The declarations, as `file: name`, in which the compiler finds something missing once a text is another.
 * @param about what a file names that can lack something: checking all others would take as long as all other tests
 */
function asks(path: string, about: RegExp, edit: (text: string) => string): string[] {
  const host = ts.createCompilerHost(options);
  const read = host.getSourceFile.bind(host);
  host.getSourceFile = (name, language) => {
    if (name === ROOT + path) {
      const text = ts.sys.readFile(name)!;
      const edited = edit(text);
      expect(edited).not.toBe(text);
      return ts.createSourceFile(name, edited, language, true);
    }
    if (!parsed.has(name)) parsed.set(name, read(name, language));
    return parsed.get(name);
  };
  const program = ts.createProgram(FILES, { ...options, noUnusedLocals: false }, host, before);
  before = program;
  const found = FILES.flatMap((file) => {
    const source = program.getSourceFile(file)!;
    if (!about.test(source.text)) return [];
    return program.getSemanticDiagnostics(source).map(({ start }) => {
      const statement = source.statements.find((one) => one.pos <= start! && start! < one.end)!;
      const [name] = ts.isVariableStatement(statement)
        ? statement.declarationList.declarations.map((one) => one.name.getText(source))
        : [
            ts.isFunctionDeclaration(statement)
              ? statement.name!.text
              : statement.getText(source).slice(0, 40),
          ];
      return `${file.slice(ROOT.length)}: ${name}`;
    });
  });
  return [...new Set(found)].sort();
}

test('a check more', () => {
  const append = (text: string) => text.replace("  'reply-size',\n", "  'reply-size',\n  'one-more',\n");
  expect(asks('engine/kernel/checks.ts', /CheckId/, append)).toEqual([
    'engine/checks/catalogue.ts: PROSE',
    'engine/checks/check-words.ts: SAID',
    'engine/kernel/check-conditions.ts: LOGGED_CONDITION',
    'engine/kernel/check-facts.ts: CHECK_FACTS',
    'engine/kernel/check-places.ts: CHECK_PLACES',
    'engine/kernel/check-verdicts.ts: COMPARED_WITH',
    'engine/view/map/styles.ts: OF_CHECK',
  ]);
}, 60_000);

test('a revision more', () => {
  const append = (text: string) =>
    text.replace(/^(export const REVISIONS = \[[^\]]*?),?\s*\] as const;/m, "$1, 'later'] as const;");
  expect(asks('engine/kernel/features.ts', /\bRevision\b/, append)).toEqual([
    'engine/checks/quirks-io.ts: IN_ALL',
    'engine/checks/quirks-may.ts: NOWHERE',
    'engine/checks/quirks.ts: QUIRKS',
    'engine/kernel/compared.ts: BACKING',
    'engine/kernel/compared.ts: BEGIN',
    'engine/kernel/compared.ts: CACHE',
    'engine/kernel/compared.ts: END',
    'engine/kernel/compared.ts: IDS',
    'engine/kernel/compared.ts: INLINE_SETUP',
    'engine/kernel/compared.ts: IO',
    'engine/kernel/compared.ts: IOCTL',
    'engine/kernel/compared.ts: LOOKUP',
    'engine/kernel/compared.ts: NOTHING',
    'engine/kernel/revisions.ts: INFO',
    'web/src/app/revisions.ts: REVISION_NOTES',
  ]);
}, 60_000);

test('a level of trust more', () => {
  const append = (text: string) => text.replace("'golden' | 'reading'", "'golden' | 'reading' | 'seen'");
  expect(asks('engine/kernel/compared.ts', /\bTrust\b|'trust'|Compared/, append)).toEqual([
    'engine/text/card-answer.ts: TRUST',
    'engine/text/step.ts: TRUST',
    'engine/view/review/quote.ts: TRUST_SHORT',
    'engine/view/tone.ts: TRUST_WORDS',
  ]);
}, 60_000);

test('a step more', () => {
  const append = (text: string) =>
    text.replace('    unmount,\n', "    unmount,\n    object({ do: v.literal('one_more'), ...common }),\n");
  expect(asks('engine/scenario/steps.ts', /\bStep|\bdo\b/, append)).toEqual([
    'engine/run/execute.ts: execute',
    'engine/run/perform.ts: perform',
    // Which asks for its name, and that for the rest.
    'engine/scenario/schema.ts: STEP_NAMES_AGREE',
    'engine/text/call.ts: own',
  ]);
  const name = (text: string) => text.replace("  'close_dev',\n", "  'close_dev',\n  'one_more',\n");
  expect(asks('engine/scenario/step-names.ts', /\bStep|\bdo\b/, name)).toEqual([
    'engine/checks/explain-call.ts: OK',
    'engine/scenario/schema.ts: STEP_NAMES_AGREE',
    'engine/scenario/step-names.ts: WORKS_ON',
    'engine/words/hints.ts: STEP_HINTS',
    'engine/words/of-field.ts: STEPS',
    'engine/words/steps.ts: STEP_WORDS',
    'web/src/app/steps.ts: KINDS',
    'web/src/columns/server/step-fields.ts: STEP_FIELDS',
    'web/src/columns/server/step-fields.ts: STEP_INTRO',
  ]);
}, 60_000);

test('a name more in a table of the kernel, and an entry of the glossary is asked for', () => {
  const of = (last: string, named: string) =>
    asks('engine/kernel/names.ts', /\bIds?\b|VALUE_HINTS|_WORDS/, (text) =>
      text.replace(last, `${last}\n  ${named},`),
    ).filter((place) => place.startsWith('engine/words/'));
  expect(of('  PURE_OVERWRITE: 255,', 'STRIPED: 252')).toEqual([
    'engine/words/hints.ts: VALUE_HINTS',
    'engine/words/mapping-types.ts: TYPE_WORDS',
  ]);
  expect(of('  WRITEBACK: 0x8000_0000,', 'ONE_MORE: 0x800')).toEqual([
    'engine/words/hints.ts: VALUE_HINTS',
    'engine/words/ops.ts: OP_WORDS',
  ]);
}, 60_000);
