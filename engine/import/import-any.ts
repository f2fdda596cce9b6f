// SPDX-License-Identifier: MIT
import { grouped } from '../kernel/digits.ts';
import { openLink, type OpenedLink } from '../link/open.ts';
import { parseDocument } from '../scenario/parse.ts';
import { hasCard, readCard } from '../text/card.ts';
import type { CardResult } from '../text/card.ts';
import { arrayBytes, signsIn } from './array-bytes.ts';
import { isDumpLine } from './hexdump-bytes.ts';
import { hasNumberDump } from './number-dump.ts';
import { isSyscall } from './syscalls.ts';
import { importC, looksLikeC } from './import-c.ts';
import { importHexdump } from './import-hexdump.ts';
import type { ImportedDump } from './wire-bytes.ts';
import { importTrace } from './import-trace.ts';
import { decodeTrouble, decodedText } from './patch-body.ts';
import { otherDump } from './other-dump.ts';
import { otherPatch } from './patch-other.ts';
import { looksLikePatch, readPatches, type Patches } from './patch.ts';
import { withoutColours } from '../mail/colours.ts';
import { usualQuotes } from '../mail/quote-marks.ts';
import { plainLines } from '../mail/quotes.ts';
import {
  IMPORT_CHARS,
  refuse,
  type ImportError,
  type ImportedReply,
  type ImportedScenario,
} from './types.ts';

/** What a pasted text was, and the result of reading it. */
export type Imported =
  | { kind: 'scenario'; ok: true; text: string }
  | ({ kind: 'link'; ok: true } & OpenedLink)
  | ({ kind: 'card' } & Extract<CardResult, { ok: true }>)
  | ({ kind: 'trace' } & ImportedScenario)
  | ({ kind: 'hexdump' } & ImportedDump)
  | ({ kind: 'c' } & ImportedReply)
  | ({ kind: 'patch' } & Patches)
  | ({ kind: Kind | 'unknown' } & ImportError);

type Kind = 'scenario' | 'link' | 'card' | 'trace' | 'hexdump' | 'c' | 'patch';

/** What a reading does that may take long: undo a mail's encoding, find out what the text is, or read it as that. */
export type Stage = 'mail' | 'sniffing' | Exclude<Kind, 'link' | 'hexdump'> | 'link or dump';

/**
 * Reads whatever was pasted or dropped: a scenario, a share link, a text card, an ftrace log, a hexdump of an
 * answer, C that fills in its structs, or a patch mail. The first kind that the text looks like decides, and
 * its reader names what it expected. Never throws. What it returns can be sent from a worker.
 * @param told hears of each stage before it begins
 */
export async function importAnything(text: string, told: Told = () => {}): Promise<Imported> {
  try {
    return await imported(text, told);
  } catch (error) {
    // No known text gets here. One that does shows a bug in the reader, which must not take the page down.
    const why = error instanceof Error ? error.message : String(error);
    return { kind: 'unknown', ...refuse(`The reader failed on this text (${why}). Please report it.`) };
  }
}

async function imported(text: string, told: Told): Promise<Imported> {
  if (text.length > IMPORT_CHARS)
    return {
      kind: 'unknown',
      ...refuse(`At most ${grouped(IMPORT_CHARS)} characters are read; these are ${grouped(text.length)}.`),
    };
  if (text.trim() === '') return { kind: 'unknown', ...refuse('There is nothing here. Paste ' + KINDS) };
  told('mail');
  const decoded = await decodedText(text);
  if (decoded !== text) {
    const body = usualQuotes(decoded);
    const result = await readAny(body, told);
    // Line numbers of the body are not those of the pasted text.
    if (result.ok || result.kind !== 'unknown') return result.ok ? result : { ...result, line: 1 };
  }
  const plain = usualQuotes(text);
  const result = await readAny(plain, told);
  const trouble = result.ok ? null : decodeTrouble(text);
  return trouble === null ? result : { kind: 'unknown', ...refuse(trouble) };
}

async function readAny(coloured: string, told: Told): Promise<Imported> {
  told('sniffing');
  const text = withoutColours(coloured);
  const kind = sniff(text);
  told(kind ?? 'link or dump');
  switch (kind) {
    case 'scenario':
      return scenario(text);
    case 'card': {
      const result = readCard(text);
      return result.ok ? { kind, ...result } : { kind, ...result };
    }
    case 'patch':
      return { kind, ...(await readPatches(coloured)) };
    case 'trace':
      return { kind, ...importTrace(text) };
    case 'c':
      return { kind, ...importC(text) };
    default:
      return (
        readLinkOrDump(text) ?? {
          kind: 'unknown',
          ...refuse(
            otherPatch(text) ??
              otherDump(text) ??
              `The playground does not read text of this kind. Paste ${KINDS}`,
          ),
        }
      );
  }
}

type Told = (stage: Stage) => void;

const KINDS =
  'a scenario in JSON, a share link, a text card, ftrace lines of fuse_iomap_begin, a hexdump of an answer, ' +
  'C that fills in struct fuse_iomap_io (initialisers or assignments), or a patch mail.';

/** What a text looks like by its form, the surest sign first; null if it has to be decoded to know. */
function sniff(text: string): Exclude<Kind, 'link' | 'hexdump'> | null {
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
  return looksLikeC(text) ? 'c' : null;
}

/** A link that can be read comes before a hexdump, and a hexdump before a link that cannot; null if it is neither. */
function readLinkOrDump(text: string): Imported | null {
  const opened = openLink(text);
  if (opened.ok) return usableLink(opened.link);
  const lines = plainLines(text).filter((line) => line.text.trim() !== '');
  const traced = text.includes('"') && lines.some((line) => isSyscall(line.text));
  if (
    traced ||
    lines.some((line) => isDumpLine(line.text)) ||
    hasNumberDump(lines) ||
    (signsIn(text).listed && arrayBytes(text) !== null)
  ) {
    const dump = importHexdump(text);
    if (dump.ok || !dump.unlikely) return { kind: 'hexdump', ...dump };
  }
  // Mails are full of numbers with a point: a damaged link has at least its mark, or stands alone.
  const marked = /(?:#|%23)\s*\d|^\s*\d+\.\d+\.\S+\s*$/i.test(text);
  const { kind, message } = opened.error;
  return !marked || ['not-a-link', 'empty', 'too-long'].includes(kind)
    ? null
    : { kind: 'link', ...refuse(message) };
}

function scenario(text: string): Imported {
  const { scenario, problems } = parseDocument(text);
  if (scenario !== null) return { kind: 'scenario', ok: true, text };
  const problem = problems.find(({ severity }) => severity === 'error');
  return { kind: 'scenario', ...refuse(problem?.message ?? 'This is not a scenario.', problem?.line ?? 1) };
}

function usableLink(link: OpenedLink): Imported {
  const problem = parseDocument(link.text).problems.find(({ severity }) => severity === 'error');
  if (problem !== undefined)
    return { kind: 'link', ...refuse(`The scenario in the link can't be used. ${problem.message}`) };
  return { kind: 'link', ok: true, ...link };
}
