// SPDX-License-Identifier: MIT
import { describe, expect, it, test } from 'vitest';
import { encodeAnswer, encodeBeginOut } from '../kernel/wire.ts';
import { hexText } from '../text/json.ts';
import { xxd } from '../text/copy-as.ts';
import { importAnything } from './import-any.ts';
import { importHexdump } from './import-hexdump.ts';

const read = { offset: 4096n, length: 8192n, addr: 0x10_0000n, type: 2, flags: 0, dev: 1 };
const write = { offset: 4096n, length: 8192n, addr: 0xffff_ffff_ffff_ffffn, type: 255, flags: 0, dev: 0 };
const payload = encodeBeginOut(read, write);
const whole = encodeAnswer(42n, 0, payload);

/** The other programs' ways, lines of 16 bytes; equal lines in between as `*`. */
function dump(
  bytes: Uint8Array,
  line: (at: number, row: number[]) => string,
  end: (at: number) => string,
): string {
  const rows: string[] = [];
  let before = '';
  for (let at = 0; at < bytes.length; at += 16) {
    const row = Array.from(bytes.subarray(at, at + 16));
    if (row.join() === before) {
      if (rows.at(-1) !== '*') rows.push('*');
    } else rows.push(line(at, row));
    before = row.join();
  }
  return `${rows.join('\n')}\n${end(bytes.length)}\n`;
}
const two = (byte: number) => byte.toString(16).padStart(2, '0');
const od = (bytes: Uint8Array) =>
  dump(
    bytes,
    (at, row) => `${at.toString(16).padStart(6, '0')} ${row.map(two).join(' ')}`,
    (at) => at.toString(16).padStart(6, '0'),
  );
const canonical = (bytes: Uint8Array) =>
  dump(
    bytes,
    (at, row) =>
      `${at.toString(16).padStart(8, '0')}  ${row.slice(0, 8).map(two).join(' ')}  ${row.slice(8).map(two).join(' ')}  |................|`,
    (at) => at.toString(16).padStart(8, '0'),
  );
const words = (bytes: Uint8Array) =>
  dump(
    bytes,
    (at, row) =>
      `${at.toString(16).padStart(7, '0')} ${row.flatMap((byte, i) => (i % 2 ? [two(byte) + two(row[i - 1]!)] : [])).join(' ')}`,
    (at) => at.toString(16).padStart(7, '0'),
  );
const octal = (bytes: Uint8Array) =>
  dump(
    bytes,
    (at, row) => `${at.toString(8).padStart(7, '0')} ${row.map(two).join(' ')}`,
    (at) => at.toString(8).padStart(7, '0'),
  );
const decimal = (bytes: Uint8Array) =>
  dump(
    bytes,
    (at, row) => `${String(at).padStart(7, '0')} ${row.map(two).join(' ')}`,
    (at) => String(at).padStart(7, '0'),
  );
const withCharacters = (bytes: Uint8Array) =>
  dump(
    bytes,
    (at, row) => `${at.toString(16).padStart(6, '0')} ${row.map(two).join(' ')}  >P..c..............<`,
    (at) => at.toString(16).padStart(6, '0'),
  );
/** As the kernel's log and strace have it: without `*`. */
const rows = (bytes: Uint8Array, line: (at: string, row: string) => string) =>
  Array.from({ length: bytes.length / 16 }, (_, i) => {
    const row = Array.from(bytes.subarray(i * 16, i * 16 + 16));
    return line((i * 16).toString(16), row.map(two).join(' '));
  }).join('\n');
const dmesg = (bytes: Uint8Array) =>
  rows(bytes, (at, row) => `[   12.345678] fuse: ${at.padStart(8, '0')}: ${row}  P...............`);
const strace = (bytes: Uint8Array) => rows(bytes, (at, row) => ` | ${at.padStart(5, '0')}  ${row}  P..c |`);
const plain = (bytes: Uint8Array) => hexText(bytes);
const array = (bytes: Uint8Array) => Array.from(bytes, (byte) => `0x${two(byte)},`).join(' ');

const octalAddress = (at: number) => at.toString(8).padStart(7, '0');
/** Words of a machine that has the low byte first. */
const lowFirst = (row: number[], width: number, word: (value: bigint) => string) =>
  Array.from({ length: row.length / width }, (_, i) =>
    word(row.slice(i * width, (i + 1) * width).reduceRight((sum, byte) => (sum << 8n) | BigInt(byte), 0n)),
  ).join(' ');
const inWords = (width: number, radix: number, digits: number) => (bytes: Uint8Array) =>
  dump(
    bytes,
    (at, row) =>
      `${octalAddress(at)} ${lowFirst(row, width, (value) => value.toString(radix).padStart(digits, '0'))}`,
    octalAddress,
  );
const gdb = (bytes: Uint8Array) =>
  rows(bytes, (at, row) => `0x7fffffffe1${at.padStart(2, '0')} <buf>:\t0x${row.replaceAll(' ', '\t0x')}`);
const gdbWords = (bytes: Uint8Array) =>
  Array.from({ length: bytes.length / 16 }, (_, i) => {
    const row = Array.from(bytes.subarray(i * 16, i * 16 + 16));
    return `0x7fffffffe${(256 + i * 16).toString(16)}:\t${lowFirst(row, 8, (value) => `0x${value.toString(16).padStart(16, '0')}`)}`;
  }).join('\n');
const wireshark = (bytes: Uint8Array) =>
  rows(bytes, (at, row) => `${at.padStart(4, '0')}   ${row}   P...*...`);
const dmesgTime = (bytes: Uint8Array) =>
  rows(bytes, (at, row) => `[Mon Nov 23 00:18:46 2026] fuse: ${at.padStart(8, '0')}: ${row}`);
const journal = (bytes: Uint8Array) =>
  rows(bytes, (at, row) => `Nov 23 00:18:46 host kernel: fuse: ${at.padStart(8, '0')}: ${row}  ....`);
const labelled = (bytes: Uint8Array) =>
  rows(bytes, (at, row) => `[  100.5] [T1234] fuse reply to 6: ${at.padStart(8, '0')}: ${row}  ....`);
const lldb = (bytes: Uint8Array) =>
  rows(bytes, (at, row) => `0x16fdff3${at.padStart(2, '0')}: ${row}  P..c............`);
const colons = (bytes: Uint8Array) => Array.from(bytes, two).join(':');
const cArray = (bytes: Uint8Array) => `static const unsigned char buf[] = { ${array(bytes).slice(0, -1)} };`;
const cString = (bytes: Uint8Array) => `"${Array.from(bytes, (byte) => `\\x${two(byte)}`).join('')}"`;
/** As strace has it: octal, and letters where there are. */
const writev = (bytes: Uint8Array) => {
  const text = (some: Uint8Array) =>
    Array.from(some, (byte) =>
      byte >= 0x20 && byte < 0x7f
        ? String.fromCharCode(byte).replace(/["\\]/, '\\$&')
        : `\\${byte.toString(8).padStart(3, '0')}`,
    ).join('');
  const [head, rest] = [bytes.subarray(0, 16), bytes.subarray(16)];
  return `writev(5, [{iov_base="${text(head)}", iov_len=16}, {iov_base="${text(rest)}", iov_len=${rest.length}}], 2) = ${bytes.length}`;
};

const PRINTERS = {
  ...{
    xxd,
    od,
    octal,
    decimal,
    withCharacters,
    canonical,
    words,
    dmesg,
    strace,
    plain,
    array,
    gdb,
    gdbWords,
  },
  ...{ wireshark, dmesgTime, journal, labelled, lldb, colons, cArray, cString, writev },
  'od -t x4': inWords(4, 16, 8),
  'od -t x8': inWords(8, 16, 16),
  'od -b': inWords(1, 8, 3),
  od_: inWords(2, 8, 6),
};
describe.each(Object.entries(PRINTERS))('%s', (_, print) => {
  it.each([
    ['with its header', whole],
    ['without', payload],
  ])('returns both mappings, %s', (_, bytes) => {
    expect(importHexdump(print(bytes))).toMatchObject({ ok: true, read, write, bytes });
    expect(importHexdump(`> ${print(bytes).replaceAll('\n', '\r\n> ')}`)).toMatchObject({
      ok: true,
      read,
      write,
    });
  });
  it('undoes repeated lines', () => {
    const equal = encodeAnswer(1n, 0, new Uint8Array(64));
    expect(importHexdump(print(equal))).toMatchObject({ ok: true, bytes: equal });
  });
});

it.each([4, 8])('turns words of %i bytes round, and says so', (width) => {
  const swapped = whole.slice();
  for (let at = 0; at < swapped.length; at += width) swapped.subarray(at, at + width).reverse();
  expect(importHexdump(xxd(swapped))).toMatchObject({
    ok: true,
    bytes: whole,
    unknown: [expect.stringMatching(new RegExp(`words of ${width}, the highest first`))],
  });
});

it('passes over the words around a dump', () => {
  expect(importHexdump(`The server wrote this:\n\n${xxd(whole)}\nand then it hung.\n`)).toMatchObject({
    ok: true,
    read,
  });
});

it('is not led astray by characters that look like hex', () => {
  const bytes = encodeAnswer(0x6261_6261_6261_6261n, 0, new TextEncoder().encode('deadbeef'.repeat(8)));
  expect(importHexdump(xxd(bytes))).toMatchObject({ ok: true, bytes });
});

it('returns errors, one mapping, and raw bytes for what fits nothing', () => {
  expect(importHexdump(xxd(encodeAnswer(42n, -28, new Uint8Array(0))))).toMatchObject({
    ok: true,
    reply: { error: '-ENOSPC' },
  });
  expect(importHexdump(xxd(payload.subarray(0, 32)))).toMatchObject({
    ok: true,
    reply: { read: { offset: 4096n, dev: 1n } },
    write: null,
    unknown: [expect.stringMatching(/left out/)],
  });
  const short = encodeAnswer(42n, 0, payload.subarray(0, 40));
  expect(importHexdump(xxd(short))).toMatchObject({ ok: true, reply: { hex: hexText(short) } });
});

it('says what is wrong, and where', () => {
  expect(importHexdump('nothing')).toMatchObject({
    ok: false,
    message: expect.stringMatching(/^Expected a hexdump.*"nothing"/),
  });
  const lines = xxd(whole).split('\n');
  expect(importHexdump([...lines.slice(0, 2), ...lines.slice(3)].join('\n'))).toMatchObject({
    ok: false,
    line: 3,
    message: expect.stringMatching(/0x20 was expected/),
  });
  expect(importHexdump('00 11 22')).toMatchObject({
    ok: false,
    message: expect.stringMatching(/3 bytes. Expected 80/),
  });
  expect(importHexdump('0000000 00\n*\nfffffff 00')).toMatchObject({
    ok: false,
    message: expect.stringMatching(/65,536/),
  });
});

test('words of a stack are no dump, whatever stands before them', async () => {
  const stack =
    'Stack: 00000000 00000050 00000000 0000000a\n 00000000 00006000 00000000 00003000\n' +
    'Call Trace:\n [<ffffffff81000000>] iomap_iter+0x1/0x2\n';
  expect(await importAnything(stack)).toMatchObject({ kind: 'unknown' });
});

test('a text is not taken for bytes because of a few digits in it', async () => {
  for (const text of ['at 12:34:56 it hung', '12:34:56', 'printf("\\x1b[0m");', 'return "a\\0";'])
    expect(await importAnything(text), text).toMatchObject({ kind: 'unknown' });
});
