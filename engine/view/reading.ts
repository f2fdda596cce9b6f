// SPDX-License-Identifier: MIT
import { gatherScenarios } from '../import/gather.ts';
import { importAnything, type Stage } from '../import/import-any.ts';
import { looksLikePatch, readPatches } from '../import/patch.ts';
import { decodedText } from '../import/patch-body.ts';
import { readJson } from '../scenario/json.ts';
import { parseDocument } from '../scenario/parse.ts';
import { isObject } from '../scenario/path.ts';
import { namedStep } from '../scenario/shown-step.ts';
import { describe } from './pasted.ts';
import type { Gathered, ReadFor, Readings } from './reading-protocol.ts';

type Told = (stage: Stage) => void;

const READERS: { [For in ReadFor]: (text: string, told: Told) => Readings[For] | Promise<Readings[For]> } = {
  paste: async (text, told) => {
    const found = await importAnything(text, told);
    return { found, described: found.ok ? describe(found) : null };
  },
  patches: async (text, told) => {
    if (!looksLikePatch(text) || text.includes('iomap-playground card')) return null;
    told('patch');
    const read = await readPatches(text);
    return read.ok ? read.patches : null;
  },
  document: readDocument,
  scenarios: gathered,
  scenario: oneScenario,
  reply: oneReply,
};

/**
 * Reads a stranger's text. What it returns can be sent from a worker.
 * @param told hears of each stage that a long reading comes to
 */
export async function read<For extends ReadFor>(
  readFor: For,
  text: string,
  told: Told,
): Promise<Readings[For]> {
  return READERS[readFor](text, told);
}

function readDocument(text: string): Readings['document'] {
  const { scenario, problems, value } = parseDocument(text);
  const step = namedStep(value) ?? 0;
  const problem = problems.find(({ severity }) => severity === 'error');
  if (scenario !== null || !problem) return { fault: null, step };
  const { line, column, message } = problem;
  return { fault: { line, column, message }, step };
}

/** Links, text cards and JSON documents, mixed, in their order. */
async function gathered(text: string): Promise<Gathered> {
  const { scenarios, troubles } = gatherScenarios(await decodedText(text));
  const told = troubles.map(({ line, message }) => `Line ${line}: ${message}`);
  if (scenarios.length === 0 && told.length === 0)
    told.push(
      'There is no link, no card and no scenario in this text. Links begin with #1. and stand apart by blanks.',
    );
  return { documents: scenarios.map(({ name, text: own }) => ({ name, text: own })), troubles: told };
}

async function oneScenario(text: string): Promise<Readings['scenario']> {
  const { scenarios, troubles } = gatherScenarios(await decodedText(text));
  const [only, ...others] = scenarios;
  if (only === undefined) {
    const [first] = troubles;
    return {
      trouble: first
        ? `Line ${first.line}: ${first.message}`
        : 'There is no link, no text card and no scenario in JSON in this text.',
    };
  }
  return others.length === 0
    ? only
    : { trouble: `There are ${scenarios.length} scenarios in this text; one is expected.` };
}

/**
 * JSON as a step has it, C that fills in the structs, or a hexdump of the whole answer. For any other text the result
 * says in words what is wrong.
 */
async function oneReply(text: string, told: Told): Promise<Readings['reply']> {
  const value = text.trim().startsWith('{') ? readJson(text).root?.value : undefined;
  if (
    isObject(value) &&
    ['read', 'write', 'error', 'hex', 'payload'].some((key) => Object.hasOwn(value, key))
  )
    return { reply: value };
  const found = await importAnything(text, told);
  if (found.ok && (found.kind === 'c' || (found.kind === 'hexdump' && found.answered)))
    return { reply: found.reply };
  if (found.ok && found.kind === 'hexdump') return { trouble: found.unknown[0] ?? '' };
  if (!found.ok && (found.kind === 'hexdump' || found.kind === 'c'))
    return { trouble: `Line ${found.line}: ${found.message}` };
  return {
    trouble:
      'This is not a reply. Paste C that fills in the two structs, a hexdump of the answer, or JSON such as ' +
      '{ "read": { "type": "HOLE", … } }.',
  };
}
