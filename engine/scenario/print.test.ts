// SPDX-License-Identifier: MIT
import { describe, expect, it } from 'vitest';
import { parseDocument } from './parse.ts';
import { canonicalValue, minifyScenario, printScenario } from './print.ts';

const document = (steps: string, rest = '') =>
  parseDocument(`{ ${rest} "steps": [${steps}], "format": 1 }`).value;
const step = (text: string) => minifyScenario(document(text)).slice('{"format":1,"steps":['.length, -2);

it('puts keys in the order of the schema and leaves defaults out', () => {
  const rest =
    '"inodes": { "a": { "size": 65536 } }, "devices": { "vda": {} }, "title": "", "kernel": { "config": {} },';
  expect(minifyScenario(document('', rest))).toBe('{"format":1,"steps":[]}');
  expect(
    step(
      '{ "reply": { "read": { "dev": 0 } }, "count": "4K", "pos": "0x0", "times": 1, "do": "iomap_begin" }',
    ),
  ).toBe('{"do":"iomap_begin"}');
});

it('keeps what has the shape of a default and is none', () => {
  expect(step('{ "do": "iomap_begin", "reply": { "write": {} } }')).toBe(
    '{"do":"iomap_begin","reply":{"write":{}}}',
  );
  expect(step('{ "do": "iomap_end", "written": 0, "expect": {} }')).toBe(
    '{"do":"iomap_end","written":0,"expect":{}}',
  );
});

it('keeps names of the author in their order', () => {
  const rest = '"inodes": { "b": {}, "a": {} }, "devices": { "z": {}, "vda": {} },';
  expect(minifyScenario(document('', rest))).toBe(
    '{"format":1,"devices":{"z":{},"vda":{}},"inodes":{"b":{},"a":{}},"steps":[]}',
  );
});

describe('each kind of value has one spelling', () => {
  const read = (text: string) => step(`{ "do": "iomap_begin", "reply": { "read": { ${text} } } }`);
  const wrap = (text: string) => `{"do":"iomap_begin","reply":{"read":{${text}}}}`;

  it.each([
    ['"length": "4K"', '"length":4096'],
    ['"length": "0x1fffffffffffff"', '"length":9007199254740991'],
    ['"length": 9007199254740992', '"length":"0x20000000000000"'],
    ['"addr": 18446744073709551615', '"addr":"NULL_ADDR"'],
    ['"type": 2', '"type":"MAPPED"'],
    ['"type": "0x99"', '"type":153'],
    ['"flags": "0x403"', '"flags":["NEW","DIRTY","0x400"]'],
    ['"flags": ["DIRTY", "NEW", 1]', '"flags":["NEW","DIRTY"]'],
  ])('%s', (written, canonical) => {
    expect(read(written)).toBe(wrap(canonical));
  });

  it.each([
    ['{ "do": "iomap_end", "written": -5 }', '{"do":"iomap_end","written":"-EIO"}'],
    [
      '{ "do": "iomap_end", "written": "-9223372036854775808" }',
      '{"do":"iomap_end","written":"-0x8000000000000000"}',
    ],
    ['{ "do": "iomap_end", "reply": { "hex": "0A b1" } }', '{"do":"iomap_end","reply":{"hex":"0ab1"}}'],
    ['{ "do": "ioctl", "cmd": 1074849025 }', '{"do":"ioctl","cmd":"FUSE_DEV_IOC_BACKING_OPEN"}'],
    ['{ "do": "unmount", "expect": { "ret": "waiting" } }', '{"do":"unmount","expect":{"ret":"waiting"}}'],
  ])('%s', (written, canonical) => {
    expect(step(written)).toBe(canonical);
  });
});

it('prints lines that read well', () => {
  const steps = '{ "do": "backing_open", "fd": 4 }, { "do": "iomap_begin", "pos": 1 }';
  expect(printScenario(document(steps, '"title": "Two",'))).toBe(`{
  "format": 1,
  "title": "Two",
  "steps": [
    { "do": "backing_open", "fd": 4 },
    { "do": "iomap_begin", "pos": 1 }
  ]
}
`);
});

it('loses nothing of a document that is not a scenario', () => {
  const odd = { steps: 'x', format: 7n, other: [1n] };
  expect(canonicalValue(odd)).toEqual(odd);
  expect(canonicalValue(null)).toBeNull();
});
