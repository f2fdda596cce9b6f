// SPDX-License-Identifier: MIT
import { ordinal, placeText, plainPath } from '#engine/kernel/ordinal.ts';
import { grouped } from '#engine/kernel/digits.ts';
import { readFile, stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import { gatherScenarios, type Gathered } from '#engine/import/gather.ts';
import { importAnything } from '#engine/import/import-any.ts';
import { decodedText } from '#engine/import/patch-body.ts';
import { CAPS } from '#engine/scenario/caps.ts';
import '#engine/scenario/advice.ts';
import { parseDocument } from '#engine/scenario/parse.ts';
import type { ParsedDocument } from '#engine/scenario/parse.ts';
import type { Problem } from '#engine/scenario/problem.ts';
import type { Scenario } from '#engine/scenario/schema.ts';
import { clean } from '#engine/kernel/clean.ts';
import { KIND_WORDS } from '#engine/view/paste-words.ts';
import { describe } from '#engine/view/pasted.ts';
import type { Terminal } from './terminal.ts';

/** A file that was read, or why it cannot be used: one line for each reason, the file named in each. */
type Loaded =
  | { name: string; text: string; document: ParsedDocument; scenario: Scenario }
  | { name: string; reasons: string[] };

/**
 * The folder that relative paths start from. `npm run cli` changes to the root of this package and keeps the
 * caller's folder in INIT_CWD; any other script that calls the program means its own folder.
 */
export function callersFolder(env: NodeJS.ProcessEnv = process.env): string {
  const ownScript = env.npm_package_name === 'iomap-playground' && env.npm_lifecycle_event === 'cli';
  return (ownScript && env.INIT_CWD) || process.cwd();
}

/** What a path, or `-` for standard input, is called in messages. */
export function nameOf(path: string): string {
  if (path === '-') return '(standard input)';
  return path === '' ? '""' : clean(path);
}

/** Text of a file or of standard input; throws an Error whose message is the reason. */
export async function readText(path: string): Promise<string> {
  const bytes = path === '-' ? await readStdin() : await readPath(path);
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw new Error('not a text: it has bytes that are not UTF-8');
  }
}

let stdinWasRead = false;

async function readStdin(): Promise<Uint8Array> {
  if (stdinWasRead) throw new Error('standard input can be read once only');
  stdinWasRead = true;
  const chunks: Uint8Array[] = [];
  for await (const chunk of process.stdin) chunks.push(chunk as Uint8Array);
  return Buffer.concat(chunks);
}

/** Three bytes of UTF-8 are at most one of the characters that any reader counts. */
const FILE_BYTES = 3 * CAPS.textChars;

const REASON: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file',
  EISDIR: 'it is a folder',
  EACCES: 'no permission to read it',
};

async function readPath(path: string): Promise<Uint8Array> {
  if (path === '') throw new Error('this is not a file name');
  try {
    const file = resolve(callersFolder(), path);
    const { size } = await stat(file);
    if (size > FILE_BYTES)
      throw new Error(`it has ${grouped(size)} bytes, and at most ${grouped(FILE_BYTES)} are read`);
    return await readFile(file);
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    throw new Error(REASON[code ?? ''] ?? message, { cause: error });
  }
}

/** Reads and parses a scenario; warnings go to `terminal`, and so do the reasons if it cannot be used. */
export async function load(path: string, terminal: Terminal): Promise<Loaded> {
  const name = nameOf(path);
  let text: string;
  try {
    text = await readText(path);
  } catch (error) {
    return refused(name, [`${name}: ${(error as Error).message}`], terminal);
  }
  return loadText(name, text, terminal);
}

function loadText(name: string, text: string, terminal: Terminal): Loaded {
  const document = parseDocument(text);
  const { scenario, problems } = document;
  const errors = problems.filter(({ severity }) => severity === 'error');
  for (const problem of problems)
    if (problem.severity === 'warning') terminal.err(`${problemText(name, problem)}\n`);
  if (scenario !== null) return { name, text, document, scenario };
  return refused(
    name,
    errors.map((problem) => problemText(name, problem)),
    terminal,
  );
}

/** A scenario to run, or a file that can't be used and why: one line for each reason, which was printed. */
export type Input = Source | { name: string; reasons: string[] };

/** A scenario that can be run. */
export interface Source {
  name: string;
  /** The document. */
  text: string;
  scenario: Scenario;
  /** Where the value at a path of the document stands in the file, or what it stands in: `case.json:7:5`; null if in none. */
  placeOf: (path: (string | number)[]) => string | null;
}

/**
 * As load(), of any text: a scenario, a mail with cards, links and scenarios in it, or whatever else can be imported.
 * What can't be used is an entry with its reasons, which were printed.
 *
 * @param filter of the path, or of the scenario's title; null for everything
 */
export async function loadEvery(
  path: string,
  terminal: Terminal,
  filter: ((text: string) => boolean) | null = null,
): Promise<Input[]> {
  const name = nameOf(path);
  const byPath = filter === null || filter(path);
  const wanted = (title: string) => byPath || filter(title);
  let text: string;
  try {
    text = await readText(path);
  } catch (error) {
    return byPath ? [refused(name, [`${name}: ${(error as Error).message}`], terminal)] : [];
  }
  // A bracket is what the kernel's log begins with, too.
  if (/^\s*(?:\{\s*["}]|\[\s*[[{"\]])/.test(text) || path.endsWith('.json')) {
    // The title of a scenario that can't be used is not known.
    const quiet: Terminal = byPath ? terminal : { ...terminal, err: () => undefined };
    const loaded = loadText(name, text, quiet);
    if ('reasons' in loaded) return byPath ? [loaded] : [];
    const { document, scenario } = loaded;
    return wanted(scenario.title) ? [{ name, text, scenario, placeOf: placesIn(name, document) }] : [];
  }
  const decoded = await decodedText(text);
  const found = gatherScenarios(decoded);
  if (found.scenarios.length + found.troubles.length > 0) return gathered(name, found, wanted, terminal);
  const imported = await importText(name, text, terminal);
  if ('reasons' in imported) return byPath ? [imported] : [];
  const { scenario, text: made } = imported;
  return wanted(scenario.title) ? [{ name, text: made, scenario, placeOf: () => null }] : [];
}

/** A scenario that was made of a text which is not one; what was assumed goes to the terminal. */
interface ImportedText {
  text: string;
  scenario: Scenario;
}

/** Reads any text that the page's "Paste anything" takes, a sentence to the terminal for all that it does not say. */
export async function importText(
  name: string,
  text: string,
  terminal: Terminal,
): Promise<ImportedText | { name: string; reasons: string[] }> {
  const found = await importAnything(text);
  if (!found.ok) {
    const what = found.kind === 'unknown' ? '' : `${KIND_WORDS[found.kind]}: `;
    return refused(name, [`${name}:${found.line}: error: ${clean(what + found.message)}`], terminal);
  }
  const { recognised, becomes, unknown, scenario: made, list = [] } = describe(found);
  if (made === null) {
    const said = [
      `${name}: ${clean(`${recognised}. ${becomes} There is no scenario in it; the page shows it.`)}`,
      ...list.map((line, i) => `${name}: ${ordinal(i)}: ${clean(line)}`),
      ...unknown.map((sentence) => `${name}: note: ${clean(sentence)}`),
    ];
    return refused(name, said, terminal);
  }
  if (found.kind !== 'scenario') terminal.err(`${name}: note: ${clean(recognised)}.\n`);
  for (const sentence of unknown) terminal.err(`${name}: note: ${clean(sentence)}\n`);
  const { scenario, problems } = parseDocument(made.text);
  if (scenario !== null) return { text: made.text, scenario };
  return refused(
    name,
    problems.map((problem) => problemText(`(what ${name} becomes)`, problem)),
    terminal,
  );
}

function gathered(
  name: string,
  { scenarios: found, troubles }: Gathered,
  wanted: (title: string) => boolean,
  terminal: Terminal,
): Input[] {
  const bad = troubles.map(({ line, message }) =>
    refused(name, [`${name}:${line}: error: ${clean(message)}`], terminal),
  );
  const good = found.flatMap((one): Input[] => {
    const { scenario } = parseDocument(one.text);
    if (scenario === null)
      return [
        refused(name, [`${name}: ${clean(one.name)}: this is not a scenario that can be run`], terminal),
      ];
    const own = found.length === 1 ? name : `${name}: ${clean(one.name)}`;
    return wanted(scenario.title) ? [{ name: own, text: one.text, scenario, placeOf: () => null }] : [];
  });
  return [...bad, ...good];
}

/** Where the values of a document stand; of one that is not written out, what it would be in. */
function placesIn(name: string, document: ParsedDocument): Source['placeOf'] {
  return (path) => {
    for (let length = path.length; length >= 0; length--) {
      const span = document.locate(path.slice(0, length));
      if (span !== null) return `${name}:${span.line}:${span.column}`;
    }
    return null;
  };
}

function refused(name: string, reasons: string[], terminal: Terminal): { name: string; reasons: string[] } {
  for (const reason of reasons) terminal.err(`${reason}\n`);
  return { name, reasons };
}

/** `case.json:3:12: error: steps[0].reply.read.type (step 1; …): expected …`, as compilers write it. */
export function problemText(name: string, { severity, line, column, path, message }: Problem): string {
  // The message may name the place itself.
  const where = path.length === 0 || message.includes(plainPath(path)) ? '' : `${placeText(path)}: `;
  return `${name}:${line}:${column}: ${severity}: ${clean(where + message)}`;
}
