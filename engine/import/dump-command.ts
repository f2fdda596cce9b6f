// SPDX-License-Identifier: MIT
/** What a command line above a dump says of its numbers: `od -An -t u4 reply`, `hexdump -e '4/4 "%u "'`, `x/20dw buf`. */

/** How the numbers of a dump are written; null where the command does not say. */
export interface DumpCommand {
  radix: 2 | 8 | 10 | 16 | null;
  /** Bytes of each number. */
  unit: 1 | 2 | 4 | 8 | null;
  /** It prints no address: what a line begins with is a number. */
  bare?: true;
}

type Unit = NonNullable<DumpCommand['unit']>;

const RADIX: Readonly<Record<string, DumpCommand['radix']>> = {
  d: 10,
  i: 10,
  u: 10,
  o: 8,
  x: 16,
  X: 16,
  t: 2,
};
const SIZES: Readonly<Record<string, Unit>> = { C: 1, S: 2, I: 4, L: 8, b: 1, h: 2, w: 4, g: 8 };
/** Options of od that are short for a format. */
const OD: Readonly<Record<string, DumpCommand>> = {
  b: { radix: 8, unit: 1 },
  d: { radix: 10, unit: 2 },
  s: { radix: 10, unit: 2 },
  i: { radix: 10, unit: 4 },
  l: { radix: 10, unit: 8 },
  o: { radix: 8, unit: 2 },
  x: { radix: 16, unit: 2 },
};
const MOST_CHARS = 300;

/** The command of a line; null if it has none that is known. */
export function dumpCommand(text: string): DumpCommand | null {
  if (text.length > MOST_CHARS) return null;
  const [, examined] = /(?:^|\s)x\/\d{0,5}([a-z]{1,4})\s/.exec(text) ?? [];
  if (examined !== undefined) return examine(examined);
  const [, od] = /(?:^|[\s/`])od((?:\s.*)?)$/.exec(text) ?? [];
  if (od !== undefined) return octalDump(od);
  const [, hexdump] = /(?:^|[\s/`])(?:hexdump|hd)(\s.*)$/.exec(text) ?? [];
  return hexdump === undefined ? null : hexDump(hexdump);
}

/** Of gdb: letters of a format and a size, in any order, the last of each. */
function examine(letters: string): DumpCommand {
  const last = <T>(of: Readonly<Record<string, T>>) =>
    [...letters].map((letter) => of[letter]).findLast((one) => one !== undefined) ?? null;
  return { radix: last(RADIX), unit: last({ b: 1, h: 2, w: 4, g: 8 } as const) };
}

function octalDump(options: string): DumpCommand | null {
  const bare = /\s-[a-z]*A\s*n|--address-radix[= ]n/.test(options) ? { bare: true as const } : {};
  const typed = /(?:-[A-Za-z]*t\s*|--format[= ])([a-z])([1248CSIL]?)/.exec(options);
  if (typed !== null) {
    const [, letter = '', size = ''] = typed;
    const radix = RADIX[letter] ?? null;
    const unit = SIZES[size] ?? ((size === '' ? 4 : Number(size)) as Unit);
    return radix === null ? null : { radix, unit, ...bare };
  }
  const [, short] = /\s-v?([bdsilox])\b/.exec(options) ?? [];
  return { ...(short === undefined ? { radix: null, unit: null } : OD[short]!), ...bare };
}

function hexDump(options: string): DumpCommand | null {
  if (/\s-[a-z]*d\b/.test(options)) return { radix: 10, unit: 2 };
  if (/\s-[a-z]*o\b/.test(options)) return { radix: 8, unit: 2 };
  const [, size, letter = ''] =
    /\d{0,4}\/([1248])\s{0,4}"[^"%]{0,40}%[-+ 0-9.]{0,8}([diuoxX])/.exec(options) ?? [];
  if (size === undefined) return null;
  const bare = options.includes('%') && !/%\d{0,4}_a/i.test(options) ? { bare: true as const } : {};
  return { radix: RADIX[letter] ?? null, unit: Number(size) as Unit, ...bare };
}
