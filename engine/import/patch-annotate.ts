// SPDX-License-Identifier: MIT
import type parseDiff from 'parse-diff';
import type { CheckId } from '../kernel/checks.ts';
import type { PatchHunk, PatchLine } from './patch.ts';
import { checksOf } from './patch-checks.ts';
import { isModelled } from './patch-modelled.ts';

const PARAMETER =
  '(?:const\\s+)?(?:struct|enum|union|void|bool|int|unsigned|long|char|loff_t|size_t|ssize_t|s64|u64|s32|u32|u16|u8|u?int\\d+_t|__u\\d+|__s\\d+)\\b';
/** A function's first line: a name, and a parameter with its type after the parenthesis. */
const FUNCTION = new RegExp(`(?:^|[\\s*])([A-Za-z_]\\w*)\\s*\\(\\s*${PARAMETER}[^;]*$`);
const TABLE = /^(?:static\s+)?(?:const\s+)?struct\s+\w+\s+([A-Za-z_]\w*)\s*=\s*\{/;
const CALL = /^(?:if|while|for|switch|return|sizeof|else|case|do|goto)\b/;
const LABEL = /^\s*(?:case\s+FUSE_IOMAP_TYPE_(\w+)|default)\s*:/;
/** More than any condition has, in lines and in characters of one. */
const STATEMENT_LINES = 10;
const LINE_CHARS = 200;

/** The lines of a hunk with the function around each, and the checks that live there. */
export function annotateHunk(chunk: parseDiff.Chunk): PatchHunk {
  const lines = chunk.changes.map(lineOf);
  const section = chunk.content.replace(/^@@.*?@@ ?/, '');
  nameFunctions(lines, nameIn(section));
  // A statement is read on the side that it is on: before the patch, and after it.
  for (const side of ['delete', 'add'] as const) {
    const own = lines.filter(({ kind }) => kind === 'context' || kind === side);
    annotateSide(own);
  }
  // A function that a check lives in is one, whatever it is called.
  const modelled = lines.flatMap(({ func, checks }) =>
    func !== null && (checks.length > 0 || isModelled(func)) ? [func] : [],
  );
  const models = [...new Set(modelled)];
  return {
    header: chunk.content,
    lines,
    models,
    checks: [...new Set(lines.flatMap(({ checks }) => checks))],
  };
}

function lineOf(change: parseDiff.Change): PatchLine {
  const text = change.content.slice(1);
  const rest = { text, func: null, checks: [] as CheckId[] };
  if (change.type === 'add') return { kind: 'add', oldLine: null, newLine: change.ln, ...rest };
  if (change.type === 'del') return { kind: 'delete', oldLine: change.ln, newLine: null, ...rest };
  return { kind: 'context', oldLine: change.ln1, newLine: change.ln2, ...rest };
}

/** The hunk header names the function that it begins in; a definition in the hunk takes over. */
function nameFunctions(lines: PatchLine[], first: string | null): void {
  let func = first;
  const indented = lines.some(({ text }) => /^\t\S/.test(text));
  for (const line of lines) {
    func = nameIn(line.text) ?? func;
    line.func = func;
    // A brace at the margin ends a function, but only where the margin is still there.
    if (indented && /^\};?$/.test(line.text)) func = null;
  }
}

function nameIn(text: string): string | null {
  const line = text.slice(0, 300);
  const table = TABLE.exec(line)?.[1];
  if (table !== undefined) return table;
  // A line indented by a tab is inside something, even if a web archive removed some of its blanks.
  if (/^\s/.test(line) || CALL.test(line) || line.includes(' = ')) return null;
  return FUNCTION.exec(line)?.[1] ?? null;
}

function annotateSide(lines: PatchLine[]): void {
  let label: string | null = null;
  let func: string | null = null;
  for (let at = 0; at < lines.length;) {
    const first = lines[at]!;
    if (first.func !== func) label = null;
    ({ func } = first);
    let end = at + 1;
    let text = first.text.slice(0, LINE_CHARS);
    while (end < lines.length && end - at < STATEMENT_LINES && lines[end]!.func === func && isOpen(text))
      text += `\n${lines[end++]!.text.slice(0, LINE_CHARS)}`;
    const named = LABEL.exec(text);
    if (named !== null) label = named[1] ?? 'default';
    else if (/^\t?\}$/.test(text)) label = null;
    if (func !== null && !isComment(text)) {
      const checks = checksOf(text, func, label);
      for (const line of lines.slice(at, end)) line.checks = [...new Set([...line.checks, ...checks])];
    }
    at = end;
  }
}

/** Whether a statement continues on the next line. */
function isOpen(text: string): boolean {
  let depth = 0;
  for (const char of text) depth += char === '(' ? 1 : char === ')' ? -1 : 0;
  const tail = text.trimEnd();
  return depth > 0 || /(?:&&|\|\||[=+|])$/.test(tail);
}

const isComment = (text: string) => /^\s*(?:\/\*|\*|\/\/)/.test(text) && !/\*\/\s*\S/.test(text);
