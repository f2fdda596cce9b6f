// SPDX-License-Identifier: MIT
/** What a line says, for a terminal to colour. A line means the same without its tone. */
export type Tone = 'plain' | 'title' | 'pass' | 'fail' | 'audit' | 'quiet';

export interface Line {
  text: string;
  tone: Tone;
}

export interface TextOptions {
  /** Columns that a line may take. */
  width: number;
  /** Nothing but printable ASCII, for mail and for terminals without UTF-8. */
  ascii: boolean;
  /** One line for each check that passed, with its operands, rather than a list of their names. */
  verbose: boolean;
  /** The extents of a fiemap as `filefrag -v` prints them. */
  filefrag?: boolean;
}

export const TEXT_DEFAULTS: TextOptions = { width: 80, ascii: false, verbose: false };

/** Width of the label column, indentation included. */
const LABEL = 12;

export interface Marks {
  pass: string;
  fail: string;
  audit: string;
  arrow: string;
}

export function marks({ ascii }: TextOptions): Marks {
  return ascii
    ? { pass: '+', fail: 'X', audit: '!', arrow: '->' }
    : { pass: '✓', fail: '✗', audit: '!', arrow: '→' };
}

/**
 * A labelled row: parts are put side by side with `gap` between them and wrap, whole, under each other.
 *
 *     request   FUSE_IOMAP_BEGIN  unique 2  nodeid 12
 *               opflags 0  pos 0
 */
export function row(
  label: string,
  parts: readonly string[],
  { width }: TextOptions,
  tone: Tone = 'plain',
  gap = '  ',
  hang = LABEL,
): Line[] {
  // A gap that is more than space (a comma) stays at the end of the line, and has its place there.
  const room = width - hang - gap.trimEnd().length;
  const lines: string[] = [];
  let line = '';
  const put = (part: string, gap: string) => {
    const longer = line === '' ? part : line + gap + part;
    if (line !== '' && longer.length > room) {
      lines.push(line + gap.trimEnd());
      line = part;
    } else line = longer;
  };
  for (const part of parts) {
    const [first = '', ...rest] = part.length > room ? pieces(part, room) : [part];
    put(first, gap);
    for (const piece of rest) put(piece, '');
  }
  lines.push(line);
  return lines.map((text, index) => ({
    text: ((index === 0 ? `  ${label}`.padEnd(hang - 1) + ' ' : ' '.repeat(hang)) + text).trimEnd(),
    tone,
  }));
}

/** A part that no line can hold, cut after spaces and `|`, and where even that is too long, anywhere. */
function pieces(part: string, room: number): string[] {
  return part
    .split(/(?<=[ |])/)
    .flatMap((piece) =>
      piece.length > room ? (piece.match(new RegExp(`.{1,${room}}`, 'gs')) ?? []) : piece,
    );
}

/** A labelled row of prose, wrapped between words. */
export function prose(label: string, text: string, options: TextOptions, tone: Tone = 'plain'): Line[] {
  return row(label, text.split(/\s+/), options, tone, ' ');
}

/** A line with something at its right edge. */
export function spread(left: string, right: string, { width }: TextOptions, tone: Tone): Line {
  const gap = Math.max(2, width - left.length - right.length);
  return { text: right === '' ? left : left + ' '.repeat(gap) + right, tone };
}
