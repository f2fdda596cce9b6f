// SPDX-License-Identifier: MIT
import { describe, expect, test } from 'vitest';
import { encodeAnswer, encodeBeginOut } from '../kernel/wire.ts';
import { hexText } from '../text/json.ts';
import { xxd } from '../text/copy-as.ts';
import { parseDocument } from '../scenario/parse.ts';
import { describe as told } from '../view/pasted.ts';
import { importAnything } from './import-any.ts';

const NONE = { offset: 0n, length: 8192n, addr: (1n << 64n) - 1n, type: 255, flags: 0, dev: 0 };

function request(unique: bigint, pos: bigint, opcode = 4094): Uint8Array {
  const bytes = new Uint8Array(72);
  const data = new DataView(bytes.buffer);
  data.setUint32(0, 72, true);
  data.setUint32(4, opcode, true);
  data.setBigUint64(8, unique, true);
  data.setBigUint64(16, 2n, true);
  data.setBigUint64(48, 2n, true);
  data.setBigUint64(56, pos, true);
  data.setBigUint64(64, 4096n, true);
  return bytes;
}
const payload = (addr: bigint) =>
  encodeBeginOut({ offset: 0n, length: 8192n, addr, type: 2, flags: 0, dev: 1 }, NONE);
const answer = (unique: bigint, addr: bigint) => encodeAnswer(unique, 0, payload(addr));
const joined = (...parts: Uint8Array[]) => Uint8Array.from(parts.flatMap((part) => [...part]));

const [ask, say] = [request(4n, 0n), answer(4n, 1n << 20n)];
const [ask2, say2] = [request(6n, 4096n), answer(6n, 2n << 20n)];
/** As gdb prints memory: addresses that have nothing to do with the dump. */
const gdb = (at: number, bytes: Uint8Array) =>
  `(gdb) x/${bytes.length}xb buf\n` +
  Array.from(
    { length: bytes.length / 8 },
    (_, row) =>
      `0x7ffe${(at + row * 8).toString(16)}:\t` +
      Array.from(
        bytes.subarray(row * 8, row * 8 + 8),
        (byte) => `0x${byte.toString(16).padStart(2, '0')}`,
      ).join('\t'),
  ).join('\n');

async function made(text: string) {
  const found = await importAnything(text);
  if (!found.ok) throw new Error(found.message);
  const { scenario, unknown, becomes, recognised } = told(found);
  const steps = parseDocument(scenario!.text).scenario!.steps;
  const begins = steps.flatMap((step) => (step.do === 'iomap_begin' ? [step] : []));
  return { begins, unknown: unknown.join(' '), becomes, recognised };
}

describe('several requests and answers in dumps are a step each', () => {
  const both = [ask, say, ask2, say2];
  test.each([
    ['one after the other', both.map(xxd).join('\n')],
    ['with words before each', both.map((bytes, i) => `number ${i}:\n${xxd(bytes)}`).join('\n')],
    ['without anything between them', both.map(xxd).join('')],
    ['answers in another order', [ask, ask2, say2, say].map(xxd).join('\n')],
    ['in one dump', xxd(joined(...both))],
    ['as digits alone', both.map(hexText).join('\n')],
    ['as digits with words', both.map((bytes) => `message\n${hexText(bytes)}`).join('\n')],
    ['in a quoted mail', both.map(xxd).join('\n').replace(/^/gm, '> ')],
    ['of a debugger', both.map((bytes, i) => gdb(0x1000 * (i + 1), bytes)).join('\n')],
    [
      'with answers that have no header',
      [ask, payload(1n << 20n), ask2, payload(2n << 20n)].map(xxd).join('\n'),
    ],
  ])('%s', async (_, text) => {
    const { begins, recognised, becomes, unknown } = await made(text);
    expect(begins).toMatchObject([
      { pos: 0n, count: 4096n, reply: { read: { addr: 1n << 20n } } },
      { pos: 4096n, count: 4096n, reply: { read: { addr: 2n << 20n } } },
    ]);
    expect(recognised).toBe('2 requests FUSE_IOMAP_BEGIN with their answers');
    expect(becomes).toMatch(/^2 steps/);
    expect(unknown).not.toMatch(/not used|What the kernel asked/);
  });

  test('one of each is a question and its answer', async () => {
    expect((await made([ask, say].map(xxd).join('\n'))).begins).toMatchObject([
      { reply: { read: { dev: 1 } } },
    ]);
    expect((await made(xxd(joined(ask, say)))).begins).toMatchObject([{ reply: { read: { dev: 1 } } }]);
  });
});

describe('what was not taken is told', () => {
  test('an answer that lost its end', async () => {
    const { begins, unknown } = await made([ask, say, ask2, say2.subarray(0, 64)].map(xxd).join('\n'));
    expect(begins).toHaveLength(1);
    expect(unknown).toContain('1 question without a whole answer is not used.');
    expect(unknown).toMatch(/Line \d+: The header says 80 bytes, and 64 are here/);
    const cut = await importAnything(xxd(joined(ask, say.subarray(0, 40))));
    expect(cut).toMatchObject({
      ok: false,
      message: expect.stringMatching(/says 80 bytes, and 40 are here/),
    });
  });

  test('a second question or answer alone', async () => {
    const questions = await made([ask, ask2].map(xxd).join('\n'));
    expect(questions.begins).toMatchObject([{ pos: 0n }]);
    expect(questions.unknown).toContain('1 more question here is not used.');
    const answers = await made([say, say2].map(xxd).join('\n'));
    expect(answers.begins).toHaveLength(1);
    expect(answers.unknown).toContain('1 more answer here is not used.');
  });

  test('bytes after a request that begin as no answer does', async () => {
    const { begins, unknown } = await made(xxd(joined(ask, new Uint8Array(24).fill(7))));
    expect(begins).toHaveLength(1);
    expect(unknown).toContain('The 24 bytes after the request are not used');
  });

  test('requests of other kinds', async () => {
    const end = request(6n, 0n, 4095);
    const { begins } = await made(
      [ask, say, end, encodeAnswer(6n, 0, new Uint8Array(0))].map(xxd).join('\n'),
    );
    expect(begins).toHaveLength(1);
    expect(await importAnything(xxd(end))).toMatchObject({
      ok: false,
      message: expect.stringMatching(/IOMAP_END/),
    });
    const init = request(2n, 0n, 26);
    expect(await importAnything(xxd(init))).toMatchObject({
      ok: false,
      message: expect.stringMatching(/^No answer has an error above 0, and here stands 26/),
    });
  });

  test('an answer of another length, and one that a kernel did not take', async () => {
    const attr = await made(xxd(encodeAnswer(4n, 0, new Uint8Array(104))));
    expect(attr.unknown).toContain('has 80 bytes, and this has 120: it may be the answer to another request');
    const escaped = Array.from(say, (byte) => `\\x${byte.toString(16).padStart(2, '0')}`).join('');
    const failed = await made(`write(6, "${escaped}", 80) = -1 EINVAL (Invalid argument)\n`);
    expect(failed.unknown).toContain(
      'Line 1: the call failed with -EINVAL: the kernel that was traced did not',
    );
    expect((await made(`write(6, "${escaped}", 80) = 80\n`)).unknown).not.toContain('failed');
  });
});

test('a line that is missing within a dump is still an error', async () => {
  const lines = xxd(say).split('\n');
  const text = [...lines.slice(0, 2), 'snip', ...lines.slice(3)].join('\n');
  expect(await importAnything(text)).toMatchObject({ ok: false, kind: 'hexdump' });
});
