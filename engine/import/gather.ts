// SPDX-License-Identifier: MIT
import { grouped } from '../kernel/digits.ts';
import { clean } from '../kernel/clean.ts';
import { openLink } from '../link/open.ts';
import type { JsonValue } from '../scenario/json.ts';
import { parseDocument } from '../scenario/parse.ts';
import { shownStep } from '../scenario/shown-step.ts';
import { hasCard, readCard } from '../text/card.ts';
import { usualLines, withAnyEnds } from '../mail/quote-marks.ts';
import { plainLines } from '../mail/quotes.ts';
import { documentEnds } from './json-lines.ts';
import { IMPORT_CHARS } from './types.ts';

/** A scenario that was found in a text. */
export interface GatheredScenario {
  /** Its title, or where it stands. */
  name: string;
  /** The document. */
  text: string;
  /** The step that it is about. */
  step: number;
}

/** What a text holds, in its order, and which parts could not be used. */
export interface Gathered {
  scenarios: GatheredScenario[];
  /** `line` from 1. */
  troubles: { line: number; message: string }[];
}

/**
 * Every scenario in a pasted text: share links, text cards and JSON documents, mixed, with anything between them
 * and quoted or not. A card's own link is not a scenario of its own. Never throws.
 */
export function gatherScenarios(text: string): Gathered {
  const found: Gathered = { scenarios: [], troubles: [] };
  if (text.length > IMPORT_CHARS) {
    const message = `At most ${grouped(IMPORT_CHARS)} characters are read; these are ${grouped(text.length)}.`;
    return { scenarios: [], troubles: [{ line: 1, message }] };
  }
  const usual = usualLines(text);
  const raw = withAnyEnds(usual).map((line) => line.text);
  const plain = plainLines(text, usual).map((line) => line.text);
  const ends = documentEnds(plain);
  /** Where text begins that is neither document nor card. */
  let loose = 0;
  const links = (end: number) => {
    if (end > loose) readLinks(raw.slice(loose, end), loose, found);
  };
  for (let at = 0; at < plain.length;) {
    const end = ends.get(at);
    if (end !== undefined) {
      links(at);
      readDocument(plain.slice(at, end).join('\n'), at, found);
      loose = at = end;
    } else if (cardBegins(plain, at)) {
      links(at);
      const next = cardEnd(plain, ends, at);
      readCardAt(raw.slice(at, next), at, found);
      loose = at = next;
    } else at++;
  }
  links(plain.length);
  return found;
}

/** The header may be wrapped: its words are looked for in a line and the one after it. */
const cardBegins = (lines: readonly string[], at: number): boolean =>
  lines[at]!.includes('iomap-playground') && hasCard(lines.slice(at, at + 2).join('\n'));

/** A card goes on to the next card or document. */
function cardEnd(lines: readonly string[], documents: ReadonlyMap<number, number>, start: number): number {
  let at = start + 1;
  while (at < lines.length && !cardBegins(lines, at) && !documents.has(at)) at++;
  return at;
}

function readDocument(text: string, at: number, { scenarios, troubles }: Gathered): void {
  const { scenario, problems, value } = parseDocument(text);
  const problem = problems.find(({ severity }) => severity === 'error');
  if (scenario !== null) {
    scenarios.push({ name: titleOf(value) ?? `document in line ${at + 1}`, text, step: shownStep(value) });
  } else {
    const message = `The scenario in JSON can't be used: ${problem?.message ?? 'it is not one.'}`;
    troubles.push({ line: at + (problem?.line ?? 1), message });
  }
}

function readCardAt(lines: readonly string[], at: number, found: Gathered): void {
  const result = readCard(lines.join('\n'));
  if (!result.ok) found.troubles.push({ line: at + result.line, message: result.message });
  else {
    const name = titleOf(result.value) ?? `card in line ${at + 1}`;
    found.scenarios.push({ name, text: result.text, step: result.step });
  }
  const own = result.ok && result.link === 'agrees' ? 1 : 0;
  readLinks(lines, at, found, own);
}

/** @param skip how many links at the beginning belong to something that was already read */
function readLinks(lines: readonly string[], at: number, found: Gathered, skip = 0): void {
  const whole = lines.join('\n');
  let links = 0;
  let line = at + 1;
  let lineEnd = whole.indexOf('\n');
  for (let from = linkStart(whole, 0); from >= 0;) {
    const next = linkStart(whole, from + 1);
    const piece = whole.slice(from, next < 0 ? whole.length : next);
    for (; lineEnd >= 0 && lineEnd < from; lineEnd = whole.indexOf('\n', lineEnd + 1)) line++;
    from = next;
    if (links++ < skip) continue;
    if (links - skip > MOST_LINKS) {
      const message = `At most ${grouped(MOST_LINKS)} links in one piece of text are read: those from here on are left out.`;
      found.troubles.push({ line, message });
      return;
    }
    const result = openLink(piece);
    if (!result.ok) {
      found.troubles.push({ line, message: `The link can't be used. ${result.error.message}` });
      continue;
    }
    const { scenario, text, step } = result.link;
    found.scenarios.push({ name: titleOf(scenario) ?? `link in line ${line}`, text, step });
  }
}

/** More than any mail has, and few enough that a text of nothing but links is not read many times over. */
const MOST_LINKS = 500;

/** Where the next link begins; -1 for nowhere. */
function linkStart(text: string, from: number): number {
  for (let at = from; (at = text.indexOf('#', at)) >= 0; at++) {
    HEAD.lastIndex = at;
    if (HEAD.test(text)) return at;
  }
  return -1;
}

const HEAD = /#\d+\.\d+\./y;

function titleOf(value: JsonValue | null): string | null {
  const title = (value as { title?: JsonValue } | null)?.title;
  return typeof title === 'string' && title.trim() !== '' ? clean(title) : null;
}
