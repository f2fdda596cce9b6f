// SPDX-License-Identifier: GPL-2.0-only
import { describe, expect, it } from 'vitest';
import { encodeAnswer, encodeBeginOut } from '../kernel/wire.ts';
import { hexText } from '../text/json.ts';
import { xxd } from '../text/copy-as.ts';
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

const PRINTERS = { xxd, od, octal, decimal, withCharacters, canonical, words, dmesg, strace, plain, array };
describe.each(Object.entries(PRINTERS))('%s', (_, print) => {
  it.each([
    ['with its header', whole],
    ['without', payload],
  ])('gives both mappings, %s', (_, bytes) => {
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

it.each([4, 8])('refuses words of %i bytes, whose order was turned round', (width) => {
  const swapped = whole.slice();
  for (let at = 0; at < swapped.length; at += width) swapped.subarray(at, at + width).reverse();
  expect(importHexdump(xxd(swapped))).toMatchObject({
    ok: false,
    message: expect.stringMatching(new RegExp(`words of ${width}, the highest first.*od -t x1`)),
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

it('gives errors, one mapping, and raw bytes for what fits nothing', () => {
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
    message: expect.stringMatching(/65536/),
  });
});
