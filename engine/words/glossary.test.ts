// SPDX-License-Identifier: MIT
import { expect, test } from 'vitest';
import { CHECK_FACTS } from '../kernel/check-facts.ts';
import { CHECKS } from '../kernel/checks.ts';
import { ERRNO } from '../kernel/errno.ts';
import { FUSE_DEV_IOC, FUSE_IOMAP_F, FUSE_OPCODE, NULL_ADDR, DEV_NULL } from '../kernel/names.ts';
import { BEGIN_OUT_BYTES, MAPPING_BYTES, OUT_HEADER_BYTES } from '../kernel/wire.ts';
import { messageFields, type MessageKind } from '../view/byte-fields.ts';
import { ALL_WORDS, WORDS, wordsByKind, type Word, type WordId } from './glossary.ts';
import { VALUE_HINTS, hintOf } from './hints.ts';
import { wordOfMember } from './of-member.ts';
import { wordOfOperand } from './of-operand.ts';
import { checksOf, toldOf } from './uses.ts';

const count = (text: string) => text.split(/\s+/).filter(Boolean).length;

test.each(ALL_WORDS)(
  '$id: a sentence, a paragraph with a case in it, its places, and words that exist',
  (word) => {
    expect(word.sentence).toMatch(/\.$|\?$/);
    expect(count(word.sentence)).toBeLessThanOrEqual(30);
    // A number, or a name of the kernel: something that can be looked at.
    expect(word.more).toMatch(/\d|`|[A-Z_]{4,}/);
    expect(count(word.more)).toBeLessThanOrEqual(90);
    expect(word.wire).toMatch(/\.$/);
    expect(word.kernel).toMatch(/\.$/);
    expect(word.see.length).toBeGreaterThan(0);
    for (const id of word.see) {
      expect(WORDS[id], id).toBeDefined();
      expect(id).not.toBe(word.id);
    }
    expect(new Set(word.see).size).toBe(word.see.length);
    // Marks of code come in pairs.
    for (const text of [word.sentence, word.more, word.wire, word.kernel])
      expect(text.split('`').length % 2, text).toBe(1);
  },
);

test('no sentence stands twice, and no entry only repeats its sentence', () => {
  const sentences = ALL_WORDS.map(({ sentence }) => sentence);
  expect(new Set(sentences).size).toBe(sentences.length);
  for (const { sentence, more } of ALL_WORDS) expect(more).not.toContain(sentence);
});

test('words of the field and structs are reached from other words: no table lists them', () => {
  const reached = new Set(ALL_WORDS.flatMap(({ see }) => see));
  const alone = ALL_WORDS.filter(({ id, kind }) => ['word', 'struct'].includes(kind) && !reached.has(id));
  expect(alone.map(({ id }) => id)).toEqual([]);
});

test('kinds hold every word once, those of the field first', () => {
  const kinds = wordsByKind();
  expect(kinds[0]![0]).toBe('word');
  expect(kinds.flatMap(([, words]) => words)).toHaveLength(ALL_WORDS.length);
});

const textOf = (id: WordId) => `${WORDS[id].sentence} ${WORDS[id].more} ${WORDS[id].wire}`;

test('numbers are those of the kernel tables', () => {
  expect(WORDS.mapped.wire).toContain('`FUSE_IOMAP_TYPE_MAPPED` is 2');
  expect(WORDS.f_shared.wire).toContain('0x0004');
  expect(WORDS.op_writeback.wire).toContain('0x80000000');
  expect(WORDS.efscorrupted.wire).toContain('-117');
  expect(textOf('iomap_begin')).toContain(`Opcode ${FUSE_OPCODE.FUSE_IOMAP_BEGIN}`);
  expect(textOf('iomap_end')).toContain(`Opcode ${FUSE_OPCODE.FUSE_IOMAP_END}`);
  expect(textOf('ioend')).toContain(`Opcode ${FUSE_OPCODE.FUSE_IOMAP_IOEND}`);
  for (const number of Object.values(FUSE_OPCODE)) expect(textOf('opcode')).toContain(String(number));
  const hex = (number: number) => `0x${number.toString(16)}`;
  expect(textOf('backing_open')).toContain(hex(FUSE_DEV_IOC.FUSE_DEV_IOC_BACKING_OPEN));
  expect(textOf('backing_close')).toContain(hex(FUSE_DEV_IOC.FUSE_DEV_IOC_BACKING_CLOSE));
  expect(textOf('cmd')).toContain(hex(FUSE_DEV_IOC.FUSE_DEV_IOC_BACKING_OPEN));
  expect(textOf('null_addr')).toContain(`0x${NULL_ADDR.toString(16)}`);
  expect(textOf('dev_null')).toContain(`: ${DEV_NULL}.`);
  expect(textOf('ebadr')).toContain(String(ERRNO.EBADR));
  expect(textOf('flags')).toContain(`0x${FUSE_IOMAP_F.BOUNDARY.toString(16).padStart(4, '0')} on the wire`);
});

test('sizes of structs are those of the wire', () => {
  expect(textOf('fuse_iomap_io')).toContain(`has ${MAPPING_BYTES} bytes`);
  expect(textOf('fuse_iomap_begin_out')).toContain(`has ${BEGIN_OUT_BYTES} bytes`);
  expect(textOf('fuse_out_header')).toContain(`has ${OUT_HEADER_BYTES} bytes`);
  expect(textOf('fuse_out_header')).toContain(`${OUT_HEADER_BYTES + BEGIN_OUT_BYTES} bytes long`);
});

/** `name` u64 at 8, as an entry of a struct says it. */
const LAYOUTS: [WordId, MessageKind, (part: string) => boolean, number][] = [
  ['fuse_out_header', 'begin-reply', (part) => part === 'header', 0],
  ['fuse_iomap_io', 'begin-reply', (part) => part === 'read', OUT_HEADER_BYTES],
  ['fuse_iomap_begin_in', 'begin-request', () => true, 0],
  ['fuse_backing_map', 'backing-map', () => true, 0],
];

test.each(LAYOUTS)('%s tells the offset and the width of each member', (id, kind, wanted, base) => {
  for (const { part, name, offset, width } of messageFields(kind, 80)) {
    if (!wanted(part) || part === 'rest') continue;
    expect(WORDS[id].wire).toContain(`\`${name}\` ${width} at ${offset - base}`);
  }
});

test('members of a mapping say which of its bytes they are', () => {
  for (const { part, name, offset, size, width } of messageFields('begin-reply', 80)) {
    if (part !== 'read') continue;
    const first = offset - OUT_HEADER_BYTES;
    const last = first + size - 1;
    const bytes = size === 2 ? `Bytes ${first} and ${last}` : `Bytes ${first} to ${last}`;
    expect(WORDS[wordOfMember(name)!].wire).toContain(`${bytes} of \`fuse_iomap_io\`, ${width}`);
  }
});

test('every member of a message, and every operand of a check, has a word', () => {
  const kinds: MessageKind[] = ['begin-reply', 'end-reply', 'begin-request', 'end-request', 'backing-map'];
  for (const kind of kinds)
    for (const { part, name } of messageFields(kind, 112))
      if (part !== 'rest') expect(wordOfMember(name), name).toBeDefined();
  for (const check of CHECKS)
    for (const operand of CHECK_FACTS[check].operands)
      expect(wordOfOperand(check, operand), `${check} ${operand}`).toBeDefined();
});

test('the words beside a value are few, and no two of a table are the same', () => {
  const hints = Object.values(VALUE_HINTS);
  for (const hint of hints) expect(hint.length, hint).toBeLessThanOrEqual(40);
  expect(new Set(hints).size).toBe(hints.length);
  expect(hintOf('hole')).toContain('zeros');
  expect(hintOf('padding')).toBe('must be 0');
  expect(hintOf('srcmap')).toBe('');
});

test('checks that use a word are found, not listed', () => {
  expect(checksOf(WORDS.pos)).toEqual([
    'read-after-pos',
    'write-after-pos',
    'read-before-pos',
    'write-before-pos',
  ]);
  expect(checksOf(WORDS['backing-flags'])).toEqual(['open-flags']);
  expect(checksOf(WORDS.pure_overwrite)).toContain('overwrite-on-read');
  expect(checksOf(WORDS.null_addr)).toContain('addr-forbidden');
  // A file that is read past its end meets no check.
  expect(checksOf(WORDS.readahead)).toEqual([]);
});

test('what speaks of a word comes before what only has it in its document', () => {
  const thing = (title: string, notes: string, text: string) => ({ title, notes, text });
  const things = [
    thing('A', '', '{"type": "UNWRITTEN"}'),
    thing('B', 'The block is UNWRITTEN.', ''),
    thing('Unwritten blocks', 'UNWRITTEN', ''),
    thing('An UNWRITTEN block', '', ''),
    thing('C', 'nothing of it', '{"type": "HOLE"}'),
  ];
  expect(toldOf(WORDS.unwritten, things).map(({ title }) => title)).toEqual([
    'An UNWRITTEN block',
    'B',
    'Unwritten blocks',
    'A',
  ]);
  expect(toldOf(WORDS.pread, [thing('D', '', '"do": "pread"')])).toHaveLength(1);
  expect(toldOf(WORDS.offset as Word, [thing('D', '', '"offset": 1')])).toHaveLength(0);
});
