// SPDX-License-Identifier: MIT
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';

const SRC = join(import.meta.dirname, '../../web/src');
const TOKENS = 'styles/tokens.css';

const FILES = readdirSync(SRC, { recursive: true, encoding: 'utf8' })
  .map((file) => file.replaceAll('\\', '/'))
  .filter((file) => /\.(?:svelte|css)$/.test(file));

const textOf = (file: string) => readFileSync(join(SRC, file), 'utf8').replace(/\/\*.*?\*\//gs, '');

/** A property with its value: in a style sheet, a style attribute, or a style directive. */
const DECLARATION =
  /(?<![\w-])(font(?:-size)?|border(?:-[a-z]+)*-radius|padding(?:-[a-z]+)*|z-index)\s*[:=]\s*([^;}>]*)/g;

/** The declarations of a text that size something without a token. A line height after `/` is not a text size. */
function rawSizes(text: string): string[] {
  return [...text.matchAll(DECLARATION)].flatMap(([all, property, value]) => {
    const raw = property === 'z-index' ? /^["'{]*-?\d/ : /(?<![\w./-])\d*\.?\d+(?:px|rem|pt)\b/;
    return raw.test(value!.replace(/\/\s*[\d.]+px/, '')) ? [all.trim()] : [];
  });
}

test.each(FILES.filter((file) => file !== TOKENS))('%s takes its sizes from the tokens', (file) => {
  expect(rawSizes(textOf(file))).toEqual([]);
});

test('every token is used, and every size that is used is a token', () => {
  const defined = [...textOf(TOKENS).matchAll(/(--(?:text|space|radius|z)-\w+):/g)].map(([, name]) => name!);
  const used = FILES.flatMap((file) =>
    [...textOf(file).matchAll(/var\((--(?:text|space|radius|z)-\w+)/g)].map(([, name]) => name!),
  );
  expect([...new Set(used)].sort()).toEqual([...defined].sort());
});

test('a raw size is found wherever it stands', () => {
  for (const raw of [
    'padding: 0 4px;',
    'padding-inline: var(--space-1) 3px;',
    'font: 600 12px/1.4 var(--mono);',
    'font-size: 0.8rem;',
    'border-top-left-radius: 4px;',
    'z-index: 3;',
    'style:padding="4px"',
    'style:z-index={3}',
    'padding: calc(var(--inset) + 2px);',
  ])
    expect(rawSizes(raw), raw).toHaveLength(1);
  for (const fine of [
    'padding: 0 var(--space-4);',
    'padding-left: 1.5em;',
    'font: 600 var(--text-3)/18px var(--mono);',
    'font: inherit;',
    'border-radius: 50%;',
    'z-index: var(--z-bar);',
    'scroll-padding: 4px;',
    'border: 1px solid;',
  ])
    expect(rawSizes(fine), fine).toEqual([]);
});
