// SPDX-License-Identifier: MIT
// The core's functions as each revision has them. One source holds all revisions: where the kernel changed, it tests
// a constant of assembly/config.ts, which a build knows. Here those tests are carried out on the text, so that what is
// left is what that revision does:
//
//   if (HAS_X && a) b;    HAS_X is true  ->  if (a) b;
//                         HAS_X is false ->  (nothing)
import { join } from 'node:path';
import { format, resolveConfig } from 'prettier';
import ts from 'typescript';
import { filesAt } from './build-id.mjs';
import { REVISIONS } from './core-settings.mjs';
import { CONFIG, FAST, ROOT, constantsOf, knownOf, parse, valueOf } from './fold-known.mjs';

/** @typedef {import('./fold-known.mjs').Known} Known */

/**
 * The text of a node with all that a build knows carried out.
 * @param {ts.Node} node
 * @param {Known} known
 * @returns {string}
 */
function folded(node, known) {
  const file = node.getSourceFile();
  /** @type {(one: ts.Node) => string} */
  const text = (one) => {
    const replaced = replacement(one);
    if (replaced !== null) return replaced;
    return between(one, one.getStart(), one.getEnd());
  };
  /** @type {(one: ts.Node, from: number, to: number) => string} */
  const between = (one, from, to) => {
    let out = '';
    let at = from;
    ts.forEachChild(one, (child) => {
      const kept = text(child);
      // With a statement goes the comment above it.
      out += file.text.slice(at, kept === '' ? child.getFullStart() : child.getStart()) + kept;
      at = child.getEnd();
    });
    return out + file.text.slice(at, to);
  };
  /** @type {(block: ts.Block) => string} */
  const inner = (block) => between(block, block.getStart() + 1, block.getEnd() - 1).trim();
  /** @type {(one: ts.Node) => string | null} */
  const replacement = (one) => {
    if (ts.isIfStatement(one)) {
      const value = valueOf(one.expression, known);
      if (value === undefined) return null;
      const taken = value ? one.thenStatement : one.elseStatement;
      if (!taken) return '';
      return ts.isBlock(taken) && ts.isBlock(one.parent) && declaresAlone(taken, node)
        ? inner(taken)
        : text(taken);
    }
    if (ts.isConditionalExpression(one)) {
      const value = valueOf(one.condition, known);
      return value === undefined ? null : text(value ? one.whenTrue : one.whenFalse);
    }
    if (isQuestion(one)) {
      const value = valueOf(one, known);
      if (value !== undefined) return String(value);
    }
    if (ts.isBinaryExpression(one)) {
      const { kind } = one.operatorToken;
      if (kind !== ts.SyntaxKind.AmpersandAmpersandToken && kind !== ts.SyntaxKind.BarBarToken) return null;
      // A side that decides nothing is left out; one that decides all leaves no question.
      const neutral = kind === ts.SyntaxKind.AmpersandAmpersandToken;
      if (valueOf(one.left, known) === neutral) return text(one.right);
      if (valueOf(one.right, known) === neutral) return text(one.left);
    }
    return null;
  };
  return text(node);
}

/**
 * Whether a node may ask something that a build knows.
 *
 * @param {ts.Node} node
 * @returns {node is ts.Expression}
 */
function isQuestion(node) {
  if (ts.isIdentifier(node)) {
    const { parent } = node;
    return !ts.isCallExpression(parent) && !ts.isPropertyAccessExpression(parent);
  }
  return ts.isPrefixUnaryExpression(node) || ts.isBinaryExpression(node) || ts.isCallExpression(node);
}

/**
 * Whether no other place of a function declares a name that a block does: then it needs no braces.
 *
 * @param {ts.Block} block
 * @param {ts.Node} whole
 */
function declaresAlone(block, whole) {
  const names = block.statements
    .filter(ts.isVariableStatement)
    .flatMap(({ declarationList }) => declarationList.declarations.map(({ name }) => name.getText()));
  return names.every((name) => whole.getText().split(new RegExp(`\\b(?:const|let) ${name}\\b`)).length === 2);
}

/** Functions that readers ask for, though no revision may have changed them. */
const ALWAYS = [
  'fuse_iomap_begin',
  'fuse_iomap_check_mapping',
  'fuse_iomap_begin_validate',
  'fuse_iomap_find_dev',
  'fuse_backing_open',
  'fuse_backing_close',
];

/** @param {ts.SourceFile} file */
const functionsOf = (file) =>
  file.statements
    .filter(ts.isFunctionDeclaration)
    .flatMap((one) => (one.name && one.body ? [{ name: one.name.text, node: one, body: one.body }] : []));

/**
 * Adds the functions that return the same in each call of a build, as `name()`: those that only a traced build asks.
 *
 * @param {ts.SourceFile[]} files
 * @param {Known} known
 */
function addFunctions(files, known) {
  for (let before = -1; before !== known.size;) {
    before = known.size;
    for (const { name, body } of files.flatMap(functionsOf)) {
      const [only, ...more] = body.statements;
      if (!only || more.length > 0 || !ts.isReturnStatement(only) || !only.expression) continue;
      const value = valueOf(only.expression, known);
      if (typeof value === 'boolean') known.set(`${name}()`, value);
    }
  }
}

/** Columns that a line may have where two stand beside each other. */
const BESIDE = 80;

/** What the functions stand in: the part of the core that is made after the kernel's own files. */
const MODELLED = /^assembly\/fs\//;

/** The core's files, parsed. */
const coreFiles = () =>
  filesAt(ROOT, 'assembly')
    .filter((path) => /(?<!\.d)\.ts$/.test(path))
    .map((path) => parse(path));

/**
 * The functions of one revision: each with its path, and its text with nothing left that the build knows.
 *
 * @param {{ number: number }} revision
 * @param {{ trace: number, debug: number }} build
 * @returns {{ path: string, name: string, start: number, end: number, text: string }[]}
 *   start and end are those of the function in its file
 */
export function foldedFunctions(revision, build = FAST, files = coreFiles()) {
  const known = knownOf(revision, build);
  addFunctions(files, known);
  return files
    .filter(({ fileName }) => MODELLED.test(fileName))
    .flatMap((file) =>
      functionsOf(file).map(({ name, node }) => ({
        path: file.fileName,
        name,
        start: node.getStart(),
        end: node.getEnd(),
        text: folded(node, known),
      })),
    );
}

/**
 * A function in all revisions: its texts, and which of them is whose.
 *
 * @typedef {{ name: string, path: string, texts: string[], of: Record<string, number> }} Folded
 */

/**
 * All functions that differ between revisions, and those that readers ask for. Above a function stand those of its
 * constants that are not the same in all revisions.
 *
 * @returns {Promise<Folded[]>}
 */
export async function foldCore() {
  const files = coreFiles();
  const varying = files
    .filter(({ fileName }) => fileName !== CONFIG)
    .flatMap(constantsOf)
    .filter(([, value]) => REVISIONS.some((one) => folded(value, knownOf(one)) !== value.getText()));
  const options = {
    ...(await resolveConfig(join(ROOT, 'scripts/x.ts'))),
    parser: 'typescript',
    plugins: [],
    printWidth: BESIDE,
  };
  /** @type {Map<string, Folded>} */
  const found = new Map();
  for (const revision of REVISIONS) {
    const known = knownOf(revision);
    for (const { path, name, text } of foldedFunctions(revision, FAST, files)) {
      const constants = varying
        .filter(([constant]) => new RegExp(`\\b${constant}\\b`).test(text))
        .map(([constant, value]) => `// Here ${constant} is ${folded(value, known)}.\n`);
      // How the compiler is to place a function is not what the function does.
      const bare = text.replace(/^@\w+(\(.*\))?\n/gm, '').replace(/^export /, '');
      const whole = constants.join('') + bare;
      const entry = found.get(`${path} ${name}`) ?? { name, path, texts: [], of: {} };
      found.set(`${path} ${name}`, entry);
      if (!entry.texts.includes(whole)) entry.texts.push(whole);
      entry.of[revision.name] = entry.texts.indexOf(whole);
    }
  }
  const told = [...found.values()].filter(({ name, texts }) => texts.length > 1 || ALWAYS.includes(name));
  for (const one of told) one.texts = await Promise.all(one.texts.map((text) => format(text, options)));
  return told;
}
