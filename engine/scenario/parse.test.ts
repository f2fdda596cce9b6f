// SPDX-License-Identifier: MIT
import { describe, expect, it } from 'vitest';
import { MAX_DEPTH } from './json.ts';
import { MAX_PROBLEMS, parseDocument } from './parse.ts';
import { CAPS } from './schema.ts';

/** Parses a text in which « and » stand around the place that the only problem must mark. */
function marked(text: string) {
  const start = text.indexOf('«');
  const end = text.indexOf('»') - 1;
  const { problems, scenario } = parseDocument(text.replace(/[«»]/g, ''));
  expect(problems.map(({ message }) => message)).toHaveLength(1);
  expect(problems[0]).toMatchObject({ severity: 'error', start, end });
  expect(scenario).toBeNull();
  return problems[0]!;
}

const steps = (inside: string, rest = '') => `{ "format": 1, ${rest}"steps": [${inside}] }`;
const begin = (inside: string) => steps(`{ "do": "iomap_begin", ${inside} }`);

describe('what is well', () => {
  it('returns the scenario, the value and the places', () => {
    const text = begin('"pos": 18446744073709551615, "reply": { "read": { "addr": "NULL_ADDR" } }').replace(
      '18446744073709551615',
      '9223372036854775807',
    );
    const parsed = parseDocument(text);
    expect(parsed.problems).toEqual([]);
    expect(parsed.scenario?.steps[0]).toMatchObject({ pos: 0x7fff_ffff_ffff_ffffn });
    expect(parsed.value).toMatchObject({ format: 1n, steps: [{ pos: 0x7fff_ffff_ffff_ffffn }] });
    const span = parsed.locate(['steps', 0, 'reply', 'read', 'addr'])!;
    expect(text.slice(span.start, span.end)).toBe('"NULL_ADDR"');
    expect(parsed.locate(['steps', 0, 'reply', 'write'])).toBeNull();
    expect(parsed.locate(['steps', 1])).toBeNull();
  });

  it('counts lines and columns from 1, whatever ends the lines', () => {
    const { problems } = parseDocument('{\n"format": 1,\r\n"steps": [],\r  "x": 1 }');
    expect(problems[0]).toMatchObject({ line: 4, column: 3 });
  });
});

describe('text that is not JSON', () => {
  it.each([
    ['a comment', '{ «// hello»\n"format": 1, "steps": [] }', /no comments; a step has "note"/],
    ['a trailing comma', '{ "format": 1, "steps": []«,» }', /not after the last/],
    ['a missing comma', '{ "format": 1 «"steps"»: [] }', /comma/],
    ['a missing value', '{ "format": «}»', /value/],
    ['an open string', '{ "format": 1, «"steps»\n: [] }', /quotation mark/],
    ['an unquoted key', '{ «format»: 1 }', /double quotes/],
    ['hex without quotes', begin('"pos": «0x10»'), /stands in double quotes: "0x10"/],
    ['text after the end', '{ "format": 1, "steps": [] } «3»', /end of the text/],
    ['nothing', '«»', /the text ends here/],
    ['a byte order mark', '«\ufeff»{ "format": 1, "steps": [] }', /byte order mark/],
  ])('%s', (_, text, message) => {
    expect(marked(text).message).toMatch(message);
    expect(parseDocument(text.replace(/[«»]/g, '')).value).toBeNull();
  });

  it('tells how deep is too deep, without going there', () => {
    expect(marked(`${'['.repeat(MAX_DEPTH)}«[»${'['.repeat(500_000)}`).message).toContain(
      'levels of nesting',
    );
  });

  it('tells how long is too long, without reading it', () => {
    const { problems, value } = parseDocument(' '.repeat(CAPS.textChars + 1));
    expect(problems[0]?.message).toContain('At most 8,000,000 characters');
    expect(value).toBeNull();
  });
});

describe('JSON that no scenario may have', () => {
  it.each([
    ['a fraction', begin('"pos": «1.0»'), /Expected an integer, found 1\.0: fractions/],
    ['an exponent', begin('"pos": «1e3»'), /exponents/],
    ['endless digits', begin(`"pos": «${'9'.repeat(5000)}»`), /5000 digits/],
    ['a key twice', begin('"pos": 1, «"pos"»: 2'), /second time/],
    ['__proto__', begin('«"__proto__"»: {}'), /can't be a key/],
    ['a name every object has', steps('', '"devices": { «"constructor"»: {} }, '), /can't be a key/],
  ])('%s', (_, text, message) => {
    expect(marked(text).message).toMatch(message);
  });

  it('leaves Object.prototype alone', () => {
    const { value } = parseDocument('{ "__proto__": { "polluted": 1 } }');
    expect(Object.keys(value as object)).toEqual([]);
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
  });
});

describe('documents that the schema refuses', () => {
  it.each([
    ['no object', '«[1]»', /Expected a scenario/],
    ['no format', '«{ "steps": [] }»', /"format" is missing/],
    ['a newer format', '{ "format": «2», "steps": [] }', /format 2 and needs a newer build/],
    ['a format that is none', '{ "format": «"one"», "steps": [] }', /Expected 1, found "one"/],
    ['no steps', '«{ "format": 1 }»', /"steps" is missing/],
    ['an unknown key', begin('«"inod"»: "a"'), /Unknown key "inod"\. Did you mean "inode"\?/],
    ['a strange key', begin('«"zzz"»: 1'), /Keys here: do, inode, op, pos/],
    ['an unknown step', steps('{ "do": «"iomap_beginn"» }'), /backing_open, .*Did you mean "iomap_begin"\?/],
    ['a step without do', steps('«{ "pos": 0 }»'), /"do" is missing/],
    ['a list for an object', steps('', '"kernel": «[]», '), /Expected an object, found a list/],
    ['a number for a list', '{ "format": 1, "steps": «3» }', /Expected a list, found 3/],
    ['a key that is missing', steps('«{ "do": "ioctl" }»'), /"cmd" is missing\. Its meaning: Command number/],
    ['a word that is not a number', begin('"pos": «"constructor"»'), /Expected an integer from 0/],
    ['a negative position', begin('"pos": «-1»'), /found -1/],
    [
      '2^64',
      begin('"reply": { "read": { "addr": «18446744073709551616» } }'),
      /NULL_ADDR, found 18446744073709551616/,
    ],
    [
      'a kernel name',
      begin('"reply": { "read": { "type": «"FUSE_IOMAP_TYPE_MAPPED"» } }'),
      /Did you mean "MAPPED"/,
    ],
    ['a slip in a flag', begin('"op": ["DIRECT", «"WRIET"»]'), /Did you mean "WRITE"\?/],
    ['a slip in an errno', begin('"expect": { "ret": «"-EFSCORUPTED"» }'), /Did you mean "-EFSCORRUPTED"\?/],
    ['a slip in a check', begin('"expect": { "check": «"lenght-zero"» }'), /Did you mean "length-zero"\?/],
    ['the check none', begin('"expect": { "check": «"none"» }'), /null for none/],
    ['a reply of no kind', begin('"reply": «"hello"»'), /a reply: an object with read and write/],
    ['an error reply that is wrong', begin('"reply": { "error": «"ENOENT"» }'), /an errno name/],
    ['hex that is none', begin('"reply": { "hex": «"0g"» }'), /pairs of hex digits/],
    ['an end reply with mappings', steps('{ "do": "iomap_end", "reply": «1» }'), /Expected a reply: 0, or/],
    ['a device name', steps('', '"devices": { «"7"»: {} }, '), /that is not a number/],
    ['a device size', steps('', '"devices": { "a": { "size": «513» } }, '), /a multiple of 512/],
    ['a block size', steps('', '"inodes": { "a": { "blockSize": «1000» } }, '), /a power of two/],
    ['a descriptor', steps('', '"fds": { «"03"»: { "kind": "reg" } }, '), /a file descriptor from 0/],
    [
      'flags with a type in',
      steps('{ "do": "backing_open", "flags": «"0x101"» }'),
      /the low 8 bits are `type`/,
    ],
    ['a note', steps(`{ "do": "unmount", "note": «"${'x'.repeat(501)}"» }`), /At most 500 characters/],
    [
      'an ioctl that is not modelled',
      steps('{ "do": "ioctl", "cmd": «"FUSE_DEV_IOC_CLONE"» }'),
      /docs\/LIMITS\.md/,
    ],
    [
      'the same by number',
      steps('{ "do": "ioctl", "cmd": «2147804416» }'),
      /FUSE_DEV_IOC_CLONE is a command/,
    ],
  ])('%s', (_, text, message) => {
    expect(marked(text).message).toMatch(message);
  });

  it('tells each unknown key, each missing one, in the order of their places', () => {
    const { problems } = parseDocument(begin('"b": 1, "a": 2, "reply": { "read": { "c": 3 } }, "pos": "x"'));
    expect(problems.map(({ path }) => path.at(-1))).toEqual(['b', 'a', 'c', 'pos']);
  });

  it('stops telling after a while', () => {
    const text = steps(
      Array(3 * MAX_PROBLEMS)
        .fill('{ "do": "nothing" }')
        .join(','),
    );
    expect(parseDocument(text).problems).toHaveLength(MAX_PROBLEMS);
  });

  it('has caps for what costs', () => {
    const many = Array.from({ length: CAPS.inodes + 1 }, (_, i) => `"i${i}": {}`).join(',');
    expect(marked(steps('', `"inodes": «{ ${many} }», `)).message).toBe('At most 64 fit here; these are 65.');
  });
});

describe('what is wrong and what refers to nothing are told at once', () => {
  const told = (text: string) => parseDocument(text).problems.map(({ path }) => path.join('.'));
  it.each([
    [
      'of two steps',
      steps('{ "do": "unmount", "times": 0 }, { "do": "iomap_begin", "inode": "b" }'),
      ['steps.0.times', 'steps.1.inode'],
    ],
    ['of one step', begin('"inode": "b", "pos": "x"'), ['steps.0.inode', 'steps.0.pos']],
    [
      'of one object',
      begin('"expect": { "iomap": { "type": "x", "bdev": "vdx" } }'),
      ['steps.0.expect.iomap.type', 'steps.0.expect.iomap.bdev'],
    ],
    [
      'of the machine',
      steps(
        '',
        '"colour": 1, "fds": { "3": { "kind": "blk", "device": "vdx" }, "4": { "kind": "?" } }, "superblock": { "bdev": "vdy" }, ',
      ),
      ['colour', 'fds.3.device', 'fds.4.kind', 'superblock.bdev'],
    ],
    [
      'of a list',
      steps('{ "do": "pread", "expect": { "bios": [3, { "device": "vdx" }] } }'),
      ['steps.0.expect.bios.0', 'steps.0.expect.bios.1.device'],
    ],
    [
      'of an index',
      steps('{ "do": "unmount", "zzz": 1 }, { "do": "iomap_end", "of": 0 }'),
      ['steps.0.zzz', 'steps.1.of'],
    ],
    // What is wrong is told once; what might be there is not missed.
    ['not of a name that is wrong', begin('"inode": 7'), ['steps.0.inode']],
    [
      'not of a device that is wrong',
      steps('', '"devices": { "vdb": { "size": 1 } }, "superblock": { "bdev": "vdb" }, '),
      ['devices.vdb.size'],
    ],
    [
      'not of a device whose name is wrong',
      steps('', '"devices": { "7": {} }, "superblock": { "bdev": "7" }, '),
      ['devices.7', 'superblock.bdev'],
    ],
    [
      'not of devices that are not a table',
      steps('', '"devices": 3, "superblock": { "bdev": "vdb" }, '),
      ['devices'],
    ],
    [
      'not of a step of an unknown kind',
      steps('{ "do": "iomap_beginn", "inode": "b" }, { "do": "iomap_end", "of": 0 }'),
      ['steps.0.do'],
    ],
    [
      'not of the count of runs',
      steps('{ "do": "unmount", "times": "x" }, { "do": "unmount", "times": 10000 }'),
      ['steps.0.times'],
    ],
  ])('%s', (_, text, paths) => {
    expect(told(text)).toEqual(paths);
  });

  it('whatever stands in the places of things', () => {
    for (const junk of [
      'null',
      '3',
      '"x"',
      '[]',
      '{}',
      '[null]',
      '[[]]',
      '{ "a": null }',
      '{ "3": null }',
      'true',
    ])
      for (const text of [
        junk,
        ...['devices', 'fds', 'inodes', 'superblock', 'kernel'].map((key) =>
          steps('', `"${key}": ${junk}, `),
        ),
        `{ "format": 1, "steps": ${junk} }`,
        steps(junk),
        ...['expect', 'reply', 'inode', 'of', 'iomap'].map((key) =>
          steps(`{ "do": "iomap_end", "${key}": ${junk} }`),
        ),
        ...['iomap', 'data', 'bios', 'contents', 'table'].map((key) =>
          steps(`{ "do": "pread", "zzz": 1, "expect": { "${key}": ${junk} } }`),
        ),
        steps(`{ "do": "pread", "zzz": 1, "expect": { "table": { "entries": ${junk} } } }`),
      ]) {
        const { scenario, problems } = parseDocument(text);
        expect(scenario === null, text).toBe(problems.length > 0);
        for (const { path } of problems)
          expect(problems.filter((one) => one.path.join('.') === path.join('.')).length, text).toBeLessThan(
            3,
          );
      }
  });
});

describe('names and indexes that must fit', () => {
  it.each([
    [
      'a device of an fd',
      steps('', '"fds": { "3": { "kind": "blk", "device": «"vdb"» } }, '),
      /Did you mean "vda"\?/,
    ],
    ['the superblock', steps('', '"superblock": { "bdev": «"toString"» }, '), /There is: vda\./],
    ['an inode', begin('"inode": «"other"»'), /No inode has the name "other"/],
    ['no inode at all', steps('«{ "do": "iomap_begin" }»', '"inodes": {}, '), /the scenario has none/],
    ['an expected bdev', begin('"expect": { "iomap": { "bdev": «"sdx"» } }'), /No device has the name "sdx"/],
    ['a srcmap', begin('"expect": { "srcmap": { "bdev": «"sdx"» } }'), /sdx/],
    ['an overridden bdev', steps('{ "do": "iomap_end", "iomap": { "bdev": «"sdx"» } }'), /sdx/],
    [
      'a table entry',
      steps('{ "do": "unmount", "expect": { "table": { "entries": { "1": { "device": «"sdx"» } } } } }'),
      /sdx/,
    ],
    [
      'of itself',
      steps('{ "do": "iomap_end", "of": «0» }'),
      /earlier iomap_begin; 0 is none. There is no iomap_begin before/,
    ],
    [
      'of another kind',
      steps('{ "do": "unmount" }, { "do": "passthrough_release", "of": «0» }'),
      /earlier passthrough_open; steps\[0\] \(step 1; indexes count from 0\) is unmount/,
    ],
    [
      'too many executions',
      steps(
        '{ "do": "unmount", "times": 10000 }, { "do": "unmount", "times": 10000 }, «{ "do": "unmount" }»',
      ),
      /at most 20,000/,
    ],
  ])('%s', (_, text, message) => {
    expect(marked(text).message).toMatch(message);
  });
});

it.each(['"1x"', 'null', '{}', 'true'])(
  'tells an extent whose length is %s, and compares it with no other',
  (length) => {
    const row = `{ "offset": 0, "length": «${length}» }`;
    marked(steps('{ "do": "unmount" }', `"inodes": { "a": { "extents": [${row}, { "offset": 4096 }] } }, `));
  },
);
