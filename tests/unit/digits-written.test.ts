// SPDX-License-Identifier: MIT
// What is written down and not computed: sentences in the sources, and what the author of a file says in it. A value in
// code marks is as it can be typed.
import { readFileSync, readdirSync } from 'node:fs';
import ts from 'typescript';
import { describe, expect, it } from 'vitest';

const ROOT = new URL('../../', import.meta.url);
const files = (folder: string, end: string) =>
  readdirSync(new URL(folder, ROOT), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith(end))
    .map((name) => `${folder}/${name}`)
    .sort();
const text = (file: string) => readFileSync(new URL(file, ROOT), 'utf8');

/** Five digits in a row that are no part of a hex number, a date, an address or a name. */
const BARE = /(?<![\w.,/#-])\d{5,}(?!\w)/;
/** A grouped number begins at 10,000. */
const FEW = /(?<![\d,])\d,\d{3}(?![\d,])/;
/** Two words beside each other: what is said, and not a name or a value. */
const SAID = /[a-z]{2,},? [a-z]{2,}/;

const prose = (said: string) =>
  said
    .replace(/```[^]*?```|`[^`]*`/g, '`…`')
    .replace(/\]\([^)]*\)/g, '](…)')
    // Four blanks at a line's start, as Markdown has code.
    .replace(/^ {4}.*$/gm, '');
const faultsOf = (said: string): string[] => {
  const words = prose(said);
  return SAID.test(words) ? [BARE, FEW].flatMap((rule) => rule.exec(words)?.[0] ?? []) : [];
};

const SOURCES = ['engine', 'web/src', 'cli', 'lib']
  .flatMap((folder) => files(folder, '.ts'))
  .filter((file) => !/\.test\.ts$|\/testing\//.test(file))
  .map((file) => ts.createSourceFile(file, text(file), ts.ScriptTarget.Latest, true));

function* nodes(of: ts.Node): Generator<ts.Node> {
  yield of;
  for (const child of of.getChildren()) yield* nodes(child);
}

/** The value of a numeral, or of a product of them. */
function valueOf(node: ts.Node | undefined): number | null {
  if (node === undefined) return null;
  if (ts.isNumericLiteral(node)) return Number(node.text.replaceAll('_', ''));
  if (ts.isBigIntLiteral(node)) return Number(node.text.slice(0, -1).replaceAll('_', ''));
  if (!ts.isBinaryExpression(node) || node.operatorToken.kind !== ts.SyntaxKind.AsteriskToken) return null;
  const [left, right] = [valueOf(node.left), valueOf(node.right)];
  return left === null || right === null ? null : left * right;
}

/** Limits of five digits and more, by the name that they have in the sources: a constant's, or a key's of a table of them. */
function longNumbers(): Set<string> {
  const names = new Set<string>();
  for (const source of [...SOURCES, ...SOURCES])
    for (const node of nodes(source)) {
      if (!ts.isVariableDeclaration(node) || !/^[A-Z_]+$/.test(node.name.getText())) continue;
      const table = ts.isAsExpression(node.initializer ?? node)
        ? (node.initializer as ts.AsExpression)
        : null;
      const made = table?.expression ?? node.initializer;
      // Also a short name for an entry of a table, which stands further up in the layers.
      if ((valueOf(made) ?? 0) >= 10_000 || names.has(made?.getText() ?? '')) names.add(node.name.getText());
      if (made === undefined || !ts.isObjectLiteralExpression(made)) continue;
      for (const entry of made.properties)
        if (ts.isPropertyAssignment(entry) && (valueOf(entry.initializer) ?? 0) >= 10_000)
          names.add(`${node.name.getText()}.${entry.name.getText()}`);
    }
  return names;
}

const isPart = (node: ts.Node): node is ts.TemplateLiteralLikeNode | ts.StringLiteral =>
  ts.isStringLiteral(node) || ts.isTemplateLiteralToken(node);

describe('digits of what is written down', () => {
  it('are grouped in the sentences of the sources', () => {
    const faults: string[] = [];
    for (const source of SOURCES)
      for (const node of nodes(source))
        if (isPart(node))
          for (const fault of faultsOf(node.text))
            faults.push(`${source.fileName}: ${fault} in ${node.text}`);
    expect(faults).toEqual([]);
  });

  it('are grouped where a sentence has a limit put in', () => {
    const long = longNumbers();
    for (const known of ['IMPORT_CHARS', 'DUMP_BYTES', 'CAPS.steps', 'LIMITS.linkChars'])
      expect(long, known).toContain(known);
    const faults: string[] = [];
    for (const source of SOURCES)
      for (const node of nodes(source)) {
        if (!ts.isTemplateExpression(node) || !SAID.test(node.getText())) continue;
        for (const { expression } of node.templateSpans)
          if (long.has(expression.getText())) faults.push(`${source.fileName}: ${node.getText()}`);
      }
    expect(faults).toEqual([]);
  });

  it('are grouped on the page', () => {
    for (const file of files('web/src', '.svelte')) {
      const markup = text(file).replace(/<(script|style)[^]*?<\/\1>|<!--[^]*?-->/g, '');
      expect(BARE.exec(markup)?.[0], file).toBeUndefined();
    }
  });

  it.each([...files('examples', '.json'), ...files('exercises', '.json')])('are grouped in %s', (file) => {
    const { title, notes, text: told, ...rest } = JSON.parse(text(file)) as Record<string, unknown>;
    const said = [title, notes, told].flat().filter((one) => typeof one === 'string');
    const steps = (rest['steps'] ?? []) as { note?: string }[];
    for (const one of [...said, ...steps.flatMap(({ note }) => note ?? [])])
      expect(faultsOf(one), one).toEqual([]);
  });

  it.each(files('lessons', '.json'))('are grouped in the hints of %s', (file) => {
    const { steps } = JSON.parse(text(file)) as { steps: { hints?: { text: string }[] }[] };
    for (const { text: said } of steps.flatMap(({ hints }) => hints ?? []))
      expect(faultsOf(said)).toEqual([]);
  });
});
