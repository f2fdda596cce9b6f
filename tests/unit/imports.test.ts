// SPDX-License-Identifier: MIT
// Texts as people send them, in tests/data/imports: what each becomes, and that nothing cut or unknown becomes a verdict.
import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import { importAnything } from '#engine/import/import-any.ts';
import { encodeAnswer, encodeBeginOut } from '#engine/kernel/wire.ts';
import { run } from '#engine/run/runner.ts';
import { parseDocument } from '#engine/scenario/parse.ts';
import { describe as describeFound } from '#engine/view/pasted.ts';
import { loadCore } from '../core-module.ts';

let core: WebAssembly.Module;
beforeAll(() => {
  core = loadCore();
});

const file = (name: string) => readFileSync(new URL(`../data/imports/${name}`, import.meta.url), 'utf8');

/** What a text becomes: its sentences, its scenario and the verdict on the step with the reply. */
async function made(text: string) {
  const found = await importAnything(text);
  if (!found.ok) return { kind: found.kind, line: found.line, message: found.message };
  const { recognised, unknown, scenario: document } = describeFound(found);
  const { scenario, problems } = parseDocument(document?.text ?? '');
  if (scenario === null) throw new Error(problems[0]?.message);
  const execution = run(core, scenario).executions[document!.step]!;
  const step = scenario.steps[document!.step]!;
  return { kind: found.kind, recognised, said: unknown.join('\n'), step, outcome: execution.outcome };
}

const MAPPED = { offset: 24576n, length: 12288n, addr: 7340032n, type: 2, flags: 0, dev: 3 };
const WRITTEN = { offset: 24576n, length: 12288n, addr: 9437184n, type: 3, flags: 1, dev: 3 };

describe('what was cut is not taken for an answer', () => {
  test.each([
    ['01a.txt', /strace cut .*32 of 80 bytes .*strace -s 200/],
    ['01c.txt', /strace cut .*32 of 64 bytes/],
    ['02a.txt', /header says 80 bytes, and 64 are here/],
    ['02c.txt', /ends in "\*"/],
  ])('%s', async (name, message) => {
    expect(await made(file(name))).toMatchObject({
      kind: 'hexdump',
      message: expect.stringMatching(message),
    });
  });

  test('whatever strace leaves out', async () => {
    const bytes = encodeAnswer(10n, 0, encodeBeginOut(MAPPED, WRITTEN));
    const octal = (some: Uint8Array) =>
      Array.from(some, (byte) => `\\${byte.toString(8).padStart(3, '0')}`).join('');
    const line = (shown: number, mark: string) =>
      `write(6, "${octal(bytes.subarray(0, shown))}"${mark}, 80) = 80`;
    expect(await made(line(80, ''))).toMatchObject({ step: { reply: { read: MAPPED, write: WRITTEN } } });
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 79 }), fc.constantFrom('...', ''), async (shown, mark) => {
        expect(await made(line(shown, mark))).toMatchObject({
          kind: 'hexdump',
          message: expect.stringContaining('the rest is lost'),
        });
      }),
    );
  });

  test('whatever end a dump with a header lost', async () => {
    const bytes = encodeAnswer(10n, 0, encodeBeginOut(MAPPED, WRITTEN));
    const pairs = (some: Uint8Array) =>
      Array.from(some, (byte) => byte.toString(16).padStart(2, '0')).join(' ');
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 16, max: 79 }), async (shown) => {
        expect(await made(`0000000 ${pairs(bytes.subarray(0, shown))}`)).toHaveProperty('message');
      }),
    );
  });
});

test.each(['13a.txt', '14a.txt', '14c.txt', '16a.c.txt'])('%s: the 80 bytes', async (name) => {
  const found = await made(file(name));
  expect(found).toMatchObject({
    kind: 'hexdump',
    outcome: 'ok',
    recognised: expect.stringContaining('of 80 bytes'),
  });
  expect(found.step).toMatchObject({ reply: { read: MAPPED, write: WRITTEN } });
});

describe('C, and what a debugger prints', () => {
  test('03a: the helper makes a pure overwrite', async () => {
    const found = await made(file('03a.c.txt'));
    expect(found).toMatchObject({ kind: 'c', outcome: 'ok' });
    expect(found.step).toMatchObject({ reply: { write: { length: 12288n, type: 255 } } });
  });

  test('03c: memset of a field', async () => {
    const found = await made(file('03c.c.txt'));
    expect(found).toMatchObject({
      outcome: 'ok',
      step: { reply: { read: { addr: 0xffff_ffff_ffff_ffffn } } },
    });
  });

  test.each(['15a.txt', '15b.c.txt', '15d.c.txt'])('%s: the values', async (name) => {
    const found = await made(file(name));
    expect(found).toMatchObject({ kind: 'c', outcome: 'ok', step: { reply: { read: MAPPED } } });
  });
});

test('10a: a request is said to be one, and becomes the question', async () => {
  const found = await made(file('10a.txt'));
  expect(found.recognised).toBe('A dump of a request: FUSE_IOMAP_BEGIN (opcode 4094) of 72 bytes');
  expect(found.said).toContain('not an answer');
  expect(found.step).toMatchObject({ op: 1, pos: 24576n, count: 12288n });
  const lines = file('10a.txt').split('\n');
  expect(await made(lines.slice(0, 4).join('\n'))).toMatchObject({
    message: expect.stringMatching(/a request FUSE_IOMAP_BEGIN .* has 72 bytes, and 64 are here/),
  });
  expect(await made(file('10a.txt').replace('fe 0f', 'ff 0f'))).toMatchObject({
    message: expect.stringMatching(/request FUSE_IOMAP_END \(opcode 4095\)/),
  });
});

test('13c: request and answer together', async () => {
  const found = await made(file('13c.txt'));
  expect(found.step).toMatchObject({
    op: 1,
    pos: 24576n,
    count: 12288n,
    reply: { read: MAPPED, write: WRITTEN },
  });
  expect(found.said).not.toContain('What the kernel asked is not here');
  expect(found.outcome).toBe('ok');
});

describe('what is no answer is not taken for one', () => {
  test.each(['11a.txt', '20.txt'])('%s', async (name) => {
    expect(await made(file(name))).toMatchObject({ kind: 'unknown' });
  });

  test('11b: a patch whose @@ lines were trimmed', async () => {
    expect(await made(file('11b.txt'))).toMatchObject({
      kind: 'patch',
      message: expect.stringContaining('"@@'),
    });
  });

  test('ids of commits, however many, and digests', async () => {
    const id = '4be1c0ffee'.repeat(4);
    for (const text of [id, `${id}\n${id}\n`, `${id}\n${id}\n${id}\n${id}\n`, '8badf00d'.repeat(8)])
      expect(await made(`it began with\n${text}`), text).toMatchObject({ kind: 'unknown' });
  });

  test('any digits without an address, unless they are what an answer has', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ minLength: 64, maxLength: 64 }), async (bytes) => {
        const type = new DataView(bytes.buffer, bytes.byteOffset).getUint16(24, true);
        fc.pre(type > 5 && type < 253);
        const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0'));
        expect(await made(hex.join(' '))).toMatchObject({ kind: 'unknown' });
      }),
    );
  });
});

test('21a: a question that nobody asked is taken from the mapping, and said to be assumed', async () => {
  const found = await made(file('21a.txt'));
  expect(found.outcome).toBe('ok');
  expect(found.step).toMatchObject({
    op: 0,
    pos: 24576n,
    count: 12288n,
    note: expect.stringContaining('Assumed'),
  });
  expect(found.said).toContain('Assumed: a read at pos 24576, count 12288');
  expect(found.said).toContain('Assumed: one is open, as id 1; the mappings name dev 1.');
});

test('a question is assumed that any aligned answer fits', async () => {
  const blocks = fc.integer({ min: 1, max: 1000 });
  await fc.assert(
    fc.asyncProperty(
      blocks,
      blocks,
      blocks,
      fc.integer({ min: 1, max: 9 }),
      async (at, length, addr, dev) => {
        const read = {
          ...{ offset: BigInt(at) * 512n, length: BigInt(length) * 512n, addr: BigInt(addr) << 20n },
          ...{ type: 2, flags: 0, dev },
        };
        const hex = Array.from(encodeBeginOut(read, read), (byte) => byte.toString(16).padStart(2, '0'));
        expect(await made(`0000000 ${hex.join(' ')}\n0000040`)).toMatchObject({ outcome: 'ok' });
      },
    ),
  );
});
