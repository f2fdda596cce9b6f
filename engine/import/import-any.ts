// SPDX-License-Identifier: MIT
import { decodeLink } from '../link/codec.ts';
import { parseDocument } from '../scenario/parse.ts';
import { printScenario } from '../scenario/print.ts';
import { hasCard, readCard } from '../text/card.ts';
import type { CardResult } from '../text/card.ts';
import { isDumpLine } from './hexdump-bytes.ts';
import { importC, looksLikeC } from './import-c.ts';
import { importHexdump, type ImportedDump } from './import-hexdump.ts';
import { importTrace } from './import-trace.ts';
import { decodedText } from './patch-body.ts';
import { looksLikePatch, readPatch, type Patch } from './patch.ts';
import { usualQuotes } from '../mail/quote-marks.ts';
import { plainLines } from '../mail/quotes.ts';
import {
  IMPORT_CHARS,
  refuse,
  type ImportError,
  type ImportedReply,
  type ImportedScenario,
} from './types.ts';

/** What a pasted text was, and what became of it. */
export type Imported =
  | { kind: 'scenario'; ok: true; text: string }
  | { kind: 'link'; ok: true; text: string; step: number }
  | ({ kind: 'card' } & Extract<CardResult, { ok: true }>)
  | ({ kind: 'trace' } & ImportedScenario)
  | ({ kind: 'hexdump' } & ImportedDump)
  | ({ kind: 'c' } & ImportedReply)
  | ({ kind: 'patch' } & Patch)
  | ({ kind: Kind | 'unknown' } & ImportError);

type Kind = 'scenario' | 'link' | 'card' | 'trace' | 'hexdump' | 'c' | 'patch';

/**
 * Reads whatever was pasted or dropped: a scenario, a share link, a text card, an ftrace log, a hexdump of an
 * answer, C that fills in its structs, or a patch mail. The first kind that the text looks like decides, and
 * its reader names what it expected. Never throws.
 */
export async function importAnything(text: string): Promise<Imported> {
  if (text.length > IMPORT_CHARS)
    return {
      kind: 'unknown',
      ...refuse(`At most ${IMPORT_CHARS} characters are read; these are ${text.length}.`),
    };
  if (text.trim() === '') return { kind: 'unknown', ...refuse('There is nothing here. Paste ' + KINDS) };
  const decoded = await decodedText(text);
  if (decoded !== text) {
    const body = usualQuotes(decoded);
    const result = await read(sniff(body), body);
    // The lines of the body are not those of what was pasted.
    if (result.ok || result.kind !== 'unknown') return result.ok ? result : { ...result, line: 1 };
  }
  const plain = usualQuotes(text);
  return read(sniff(plain), plain);
}

async function read(kind: Kind | null, text: string): Promise<Imported> {
  switch (kind) {
    case 'scenario':
      return scenario(text);
    case 'card': {
      const result = readCard(text);
      return result.ok ? { kind, ...result } : { kind, ...result };
    }
    case 'patch':
      return { kind, ...(await readPatch(text)) };
    case 'trace':
      return { kind, ...importTrace(text) };
    case 'c':
      return { kind, ...importC(text) };
    case 'hexdump':
      return { kind, ...importHexdump(text) };
    case 'link':
      return link(text);
    default:
      return { kind: 'unknown', ...refuse(`This is nothing that the playground reads. Paste ${KINDS}`) };
  }
}

const KINDS =
  'a scenario in JSON, a share link, a text card, ftrace lines of fuse_iomap_begin, a hexdump of an answer, ' +
  'C that fills in struct fuse_iomap_io (initialisers or assignments), or a patch mail.';

/** What a text looks like, the surest sign first; null for nothing that is known. */
function sniff(text: string): Kind | null {
  if (/^\s*\{\s*["}]/.test(text.replace(/^\ufeff/, ''))) return 'scenario';
  if (
    hasCard(
      plainLines(text)
        .map((line) => line.text)
        .join('\n'),
    )
  )
    return 'card';
  if (looksLikePatch(text)) return 'patch';
  if (/\bfuse_iomap_(?:begin|read_map|write_map)\s*:/.test(text)) return 'trace';
  if (looksLikeC(text)) return 'c';
  const dumped = decodeLink(text);
  if (dumped.ok) return 'link';
  const lines = plainLines(text).filter((line) => line.text.trim() !== '');
  if (lines.some((line) => isDumpLine(line.text))) return 'hexdump';
  // Numbers with a point are all over a mail: a damaged link has at least its mark, or stands alone.
  const marked = /(?:#|%23)\s*\d|^\s*\d+\.\d+\.\S+\s*$/i.test(text);
  return !marked || ['not-a-link', 'empty', 'too-long'].includes(dumped.error.kind) ? null : 'link';
}

function scenario(text: string): Imported {
  const { scenario, problems } = parseDocument(text);
  if (scenario !== null) return { kind: 'scenario', ok: true, text };
  const problem = problems.find(({ severity }) => severity === 'error');
  return { kind: 'scenario', ...refuse(problem?.message ?? 'This is no scenario.', problem?.line ?? 1) };
}

function link(text: string): Imported {
  const decoded = decodeLink(text);
  if (!decoded.ok) return { kind: 'link', ...refuse(decoded.error.message) };
  const printed = printScenario(decoded.state.scenario);
  const { problems } = parseDocument(printed);
  const problem = problems.find(({ severity }) => severity === 'error');
  if (problem !== undefined)
    return { kind: 'link', ...refuse(`The scenario in the link can't be used. ${problem.message}`) };
  return { kind: 'link', ok: true, text: printed, step: decoded.state.step };
}
