// SPDX-License-Identifier: MIT
import { expect, test } from 'vitest';
import { readJson } from '../scenario/json.ts';
import { wordInDocument } from './in-document.ts';

const TEXT = `{ "format": 1, "title": "direct", "devices": { "vda": { "logicalBlockSize": 512 } },
  "steps": [
    { "do": "iomap_begin", "op": ["WRITE", "DIRECT"], "pos": 4096, "note": "hole",
      "reply": { "read": { "type": "HOLE", "addr": "NULL_ADDR", "flags": ["SHARED"] } },
      "expect": { "ret": "-EIO", "check": "length-zero" } },
    { "do": "backing_open", "type": "IOMAP" }
  ] }`;
const at = (found: string, by = 2) => wordInDocument(readJson(TEXT), TEXT.indexOf(found) + by)?.word.id;

test.each([
  ['"logicalBlockSize"', 'logical-block-size'],
  ['"do"', 'iomap-iter'],
  ['"iomap_begin"', 'iomap_begin'],
  ['"op"', 'op'],
  ['"WRITE"', 'op_write'],
  ['"DIRECT"', 'op_direct'],
  ['"pos"', 'pos'],
  ['"read"', 'read-mapping'],
  ['"type": "HOLE"', 'type'],
  ['"HOLE"', 'hole'],
  ['"NULL_ADDR"', 'null_addr'],
  ['"SHARED"', 'f_shared'],
  ['"-EIO"', 'eio'],
  ['"backing_open"', 'backing_open'],
  ['"IOMAP"', 'backing_iomap'],
])('at %s stands %s', (found, id) => {
  expect(at(found)).toBe(id);
});

test('what an author wrote by himself is no word, nor is a name', () => {
  expect(at('"direct"')).toBeUndefined();
  expect(at('"hole"')).toBeUndefined();
  expect(at('"vda"')).toBeUndefined();
  expect(at('4096')).toBeUndefined();
  expect(at('"length-zero"')).toBeUndefined();
  expect(wordInDocument(readJson(''), 0)).toBeNull();
});

test('the extent is that of the key or the value', () => {
  const found = wordInDocument(readJson(TEXT), TEXT.indexOf('"HOLE"') + 3)!;
  expect(TEXT.slice(found.start, found.end)).toBe('"HOLE"');
});
