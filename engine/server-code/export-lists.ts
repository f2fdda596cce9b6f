// SPDX-License-Identifier: MIT
import { parse, type Token } from 'sucrase/dist/esm/parser/index.js';
import { IdentifierRole } from 'sucrase/dist/esm/parser/tokenizer/index.js';
import { TokenType } from 'sucrase/dist/esm/parser/tokenizer/types.js';

const { _const, _export, _let, _var } = TokenType;
const DECLARES: readonly number[] = [_const, _let, _var];
const DECLARED: readonly (number | null)[] = [
  IdentifierRole.TopLevelDeclaration,
  IdentifierRole.ObjectShorthandTopLevelDeclaration,
];

/**
 * The text with `export const a = 1, b = 2` as `const a = 1, b = 2`, and `export { a, b }` after its last line: of
 * several variables in one statement sucrase exports the first only. Lines and columns stay where they are.
 * @param counted the same text, which counts how often it is looked at
 */
export function withExportLists(text: string, counted: string = text): string {
  const { tokens } = parse(counted, false, true, false);
  const names: string[] = [];
  let [result, from] = ['', 0];
  for (const [index, token] of tokens.entries()) {
    const next = tokens[index + 1];
    if (token.type !== _export || next === undefined || !DECLARES.includes(next.type)) continue;
    const declared = declaredIn(tokens, index, token.rhsEndIndex ?? index);
    if (declared.length < 2) continue;
    names.push(...declared.map(({ start, end }) => text.slice(start, end)));
    result += `${text.slice(from, token.start)}${' '.repeat(token.end - token.start)}`;
    from = token.end;
  }
  return names.length === 0 ? text : `${result}${text.slice(from)}\nexport { ${names.join(', ')} };`;
}

const declaredIn = (tokens: readonly Token[], from: number, to: number): Token[] =>
  tokens.slice(from, to).filter(({ identifierRole }) => DECLARED.includes(identifierRole));
