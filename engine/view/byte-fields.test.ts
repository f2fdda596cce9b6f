// SPDX-License-Identifier: MIT
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  byteRows,
  fieldText,
  fieldValue,
  isWhole,
  messageFields,
  moveFocus,
  replyTitle,
} from './byte-fields.ts';
import type { MessageKind } from './byte-fields.ts';
import { blamedField } from './field-ref.ts';

/** Read maps 4096..12287 to 1 MiB on dev 1, write is a pure overwrite, unique 42. */
const REPLY = bytes(
  '50000000 00000000 2a00000000000000' +
    '0010000000000000 0020000000000000 0000100000000000 0200 0000 01000000' +
    '0010000000000000 0020000000000000 ffffffffffffffff ff00 0000 00000000',
);
const KINDS: MessageKind[] = ['begin-reply', 'end-reply', 'begin-request', 'end-request', 'backing-map'];

function bytes(hex: string): Uint8Array {
  return Uint8Array.from(hex.replaceAll(' ', '').match(/../g) ?? [], (pair) => parseInt(pair, 16));
}

const field = (part: string, name: string, length = REPLY.length, kind: MessageKind = 'begin-reply') =>
  messageFields(kind, length).find((each) => each.part === part && each.name === name)!;

describe('fields', () => {
  it('reads a reply', () => {
    const text = (part: string, name: string) => fieldText(REPLY, field(part, name), 'v6-04');
    expect(text('header', 'len')).toBe('80 (0x50)');
    expect(text('header', 'unique')).toBe('42 (0x2a)');
    expect(text('read', 'length')).toBe('8192 (0x2000)');
    expect(text('read', 'addr')).toBe('0x100000');
    expect(text('read', 'type')).toBe('MAPPED (2)');
    expect(text('read', 'dev')).toBe('1');
    expect(text('write', 'addr')).toBe('NULL_ADDR');
    expect(text('write', 'type')).toBe('PURE_OVERWRITE (255)');
    expect(text('write', 'dev')).toBe('DEV_NULL (0)');
  });

  it('reads signed fields', () => {
    const error = bytes('10000000 e4ffffff 2a00000000000000');
    expect(fieldText(error, field('header', 'error', 16), 'v6-04')).toBe('-ENOSPC (-28)');
    const end = new Uint8Array(72);
    end.fill(0xff, 32, 40);
    expect(fieldValue(end, field('in', 'written', 72, 'end-request'))).toBe(-1n);
  });

  it('has every byte of any message in one field', () => {
    fc.assert(
      fc.property(fc.constantFrom(...KINDS), fc.nat(200), (kind, length) => {
        const fields = messageFields(kind, length);
        let next = 0;
        for (const { offset, size } of fields) {
          expect(offset).toBe(next);
          next += size;
        }
        expect(next).toBe(length);
        expect(fields.slice(0, -1).every(isWhole)).toBe(true);
      }),
    );
  });

  it('says what is cut and what is too much', () => {
    const cut = field('read', 'length', 28);
    expect(fieldText(REPLY.slice(0, 28), cut, 'v6-04')).toBe('cut: 4 of 8 bytes came');
    expect(fieldText(new Uint8Array(83), field('rest', 'more', 83), 'v6-04')).toBe(
      '3 bytes after the end of the struct',
    );
  });

  it('has the layout of the kernel', () => {
    expect(messageFields('begin-reply', 80).map(({ offset }) => offset)).toEqual([
      0, 4, 8, 16, 24, 32, 40, 42, 44, 48, 56, 64, 72, 74, 76,
    ]);
    expect(messageFields('end-request', 72).map(({ offset }) => offset)).toEqual([
      0, 4, 8, 16, 24, 32, 40, 48, 56, 64, 66, 68,
    ]);
  });
});

describe('rows', () => {
  const rows = byteRows(REPLY, messageFields('begin-reply', 80));
  it('begin anew at each struct', () => {
    expect(rows.map(({ part, partOffset }) => `${part} ${partOffset}`)).toEqual([
      'header 0',
      'read 0',
      'read 16',
      'write 0',
      'write 16',
    ]);
    expect(rows[1]?.cells.map(({ hex }) => hex).join(' ')).toBe(
      '00 10 00 00 00 00 00 00 00 20 00 00 00 00 00 00',
    );
  });
  it('show each byte once, in order', () => {
    expect(rows.flatMap(({ cells }) => cells.map(({ offset }) => offset))).toEqual([...REPLY.keys()]);
  });
  it('let the focus move', () => {
    expect(moveFocus(rows, 16, 'ArrowRight')).toBe(17);
    expect(moveFocus(rows, 31, 'ArrowRight')).toBe(32);
    expect(moveFocus(rows, 32, 'ArrowLeft')).toBe(31);
    expect(moveFocus(rows, 20, 'ArrowDown')).toBe(36);
    expect(moveFocus(rows, 20, 'ArrowUp')).toBe(4);
    expect(moveFocus(rows, 20, 'Home')).toBe(16);
    expect(moveFocus(rows, 20, 'End')).toBe(31);
    expect(moveFocus(rows, 79, 'ArrowRight')).toBeNull();
    expect(moveFocus(rows, 0, 'ArrowLeft')).toBeNull();
    expect(moveFocus(rows, 0, 'x')).toBeNull();
  });
});

it('names a reply by its size', () => {
  expect(replyTitle(80)).toBe('The 64 bytes of the reply');
  expect(replyTitle(1)).toBe('The 1 byte of the answer');
});

it('blames the field that a check is about', () => {
  const of = (check: 'read-after-pos' | 'dev-not-found' | 'reply-size' | 'write-before-pos' | 'open-badfd') =>
    blamedField({ check, which: check === 'dev-not-found' ? 'write' : null, result: 'fail', operands: [] });
  expect(of('read-after-pos')).toEqual({ part: 'read', field: 'offset' });
  expect(of('write-before-pos')).toEqual({ part: 'write', field: 'length' });
  expect(of('dev-not-found')).toEqual({ part: 'write', field: 'dev' });
  expect(of('reply-size')).toEqual({ part: 'header', field: 'len' });
  expect(of('open-badfd')).toBeNull();
});
