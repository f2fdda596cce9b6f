// SPDX-License-Identifier: MIT
// What a build of the core knows before it runs: the constants of assembly/config.ts, by revision.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';

export const ROOT = fileURLToPath(new URL('..', import.meta.url));
export const CONFIG = 'assembly/config.ts';

/** What the fast build knows, but for its revision. */
export const FAST = { trace: 0, debug: 0 };

/** @typedef {Map<string, number | boolean>} Known names, and what they are in a build */

/** @param {string} path */
export const parse = (path, text = readFileSync(join(ROOT, path), 'utf8')) =>
  ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true, ts.ScriptKind.TS);

/**
 * What an expression is in a build; undefined where only a run knows.
 * @param {ts.Expression} node
 * @param {Known} known
 * @returns {number | boolean | undefined}
 */
export function valueOf(node, known) {
  if (ts.isParenthesizedExpression(node) || ts.isAsExpression(node) || ts.isTypeAssertionExpression(node))
    return valueOf(node.expression, known);
  if (node.kind === ts.SyntaxKind.TrueKeyword) return true;
  if (node.kind === ts.SyntaxKind.FalseKeyword) return false;
  if (ts.isNumericLiteral(node)) return Number(node.text);
  if (ts.isIdentifier(node)) return known.get(node.text);
  if (ts.isPrefixUnaryExpression(node) && node.operator === ts.SyntaxKind.ExclamationToken) {
    const value = valueOf(node.operand, known);
    return value === undefined ? undefined : !value;
  }
  if (ts.isCallExpression(node)) return known.get(`${node.expression.getText()}()`);
  if (!ts.isBinaryExpression(node)) return undefined;
  const [left, right] = [valueOf(node.left, known), valueOf(node.right, known)];
  const { kind } = node.operatorToken;
  if (kind === ts.SyntaxKind.AmpersandAmpersandToken)
    return left === false || right === false ? false : left === true ? right : undefined;
  if (kind === ts.SyntaxKind.BarBarToken)
    return left === true || right === true ? true : left === false ? right : undefined;
  if (left === undefined || right === undefined) return undefined;
  if (kind === ts.SyntaxKind.GreaterThanEqualsToken) return left >= right;
  if (kind === ts.SyntaxKind.EqualsEqualsToken) return left === right;
  if (kind === ts.SyntaxKind.ExclamationEqualsToken) return left !== right;
  return undefined;
}

/**
 * The constants of assembly/config.ts in a build of a revision.
 * @param {{ number: number }} revision
 * @param {{ trace: number, debug: number }} build
 * @returns {Known}
 */
export function knownOf({ number }, { trace, debug } = FAST) {
  /** @type {Known} */
  const known = new Map(
    Object.entries({ ASC_TRACE: trace, ASC_DEBUG: debug, ASC_MAP: 0, ASC_REVISION: number }),
  );
  for (const [name, value] of constantsOf(parse(CONFIG))) {
    const found = valueOf(value, known);
    if (found === undefined) throw new Error(`${CONFIG}: what ${name} is cannot be told from the text`);
    known.set(name, found);
  }
  return known;
}

/**
 * The constants that a file declares at its top.
 * @param {ts.SourceFile} file
 * @returns {[name: string, value: ts.Expression][]}
 */
export const constantsOf = (file) =>
  file.statements.flatMap((one) =>
    ts.isVariableStatement(one)
      ? one.declarationList.declarations.flatMap(({ name, initializer }) =>
          ts.isIdentifier(name) && initializer
            ? [/** @type {[string, ts.Expression]} */ ([name.text, initializer])]
            : [],
        )
      : [],
  );
