// SPDX-License-Identifier: MIT
import { describe, expect, test } from 'vitest';
import fc from 'fast-check';
import { encodeAnswer, encodeBeginOut } from '../kernel/wire.ts';
import { parseDocument } from '../scenario/parse.ts';
import { describe as told } from '../view/pasted.ts';
import { importAnything } from './import-any.ts';
import { paired } from './exchanges.ts';

const MAPPED = { offset: 0n, length: 8192n, addr: 1n << 20n, type: 2, flags: 0, dev: 1 };
const NONE = { offset: 0n, length: 8192n, addr: (1n << 64n) - 1n, type: 255, flags: 0, dev: 0 };

const quoted = (bytes: Uint8Array) =>
  Array.from(bytes, (byte) => `\\x${byte.toString(16).padStart(2, '0')}`).join('');

interface Asked {
  unique: bigint;
  nodeid?: bigint;
  pos?: bigint;
  opcode?: number;
}

function request({ unique, nodeid = 2n, pos = 0n, opcode = 4094 }: Asked): Uint8Array {
  const bytes = new Uint8Array(72);
  const data = new DataView(bytes.buffer);
  data.setUint32(0, 72, true);
  data.setUint32(4, opcode, true);
  data.setBigUint64(8, unique, true);
  data.setBigUint64(16, nodeid, true);
  data.setBigUint64(48, nodeid, true);
  data.setBigUint64(56, pos, true);
  data.setBigUint64(64, 4096n, true);
  return bytes;
}

const read = (fd: number, asked: Asked) => {
  const bytes = request(asked);
  return `[pid  101] read(${fd}, "${quoted(bytes)}", 135168) = 72`;
};
const write = (fd: number, bytes: Uint8Array) =>
  `[pid  102] writev(${fd}, [{iov_base="${quoted(bytes.subarray(0, 16))}", iov_len=16}, ` +
  `{iov_base="${quoted(bytes.subarray(16))}", iov_len=${bytes.length - 16}}], 2) = ${bytes.length}`;
const answer = (unique: bigint, addr = 1n << 20n) =>
  encodeAnswer(unique, 0, encodeBeginOut({ ...MAPPED, addr }, NONE));

async function made(lines: string[]) {
  const found = await importAnything(lines.join('\n'));
  if (!found.ok) throw new Error(found.message);
  const { scenario, unknown, becomes } = told(found);
  const parsed = parseDocument(scenario!.text).scenario!;
  const begins = parsed.steps.flatMap((step) => (step.do === 'iomap_begin' ? [step] : []));
  return { parsed, begins, unknown: unknown.join(' '), becomes };
}

describe('several exchanges in a trace of strace', () => {
  test('are a step each, in the order of the questions, however the answers came', async () => {
    const { begins, becomes } = await made([
      read(6, { unique: 4n }),
      read(6, { unique: 6n, pos: 4096n }),
      write(6, answer(6n, 2n << 20n)),
      write(6, answer(4n)),
    ]);
    expect(begins).toMatchObject([
      { pos: 0n, count: 4096n, reply: { read: { addr: 1n << 20n } } },
      { pos: 4096n, count: 4096n, reply: { read: { addr: 2n << 20n } } },
    ]);
    expect(becomes).toBe('2 steps: a FUSE_IOMAP_BEGIN and the reply to it in each.');
  });

  test('of several files each are about their own', async () => {
    const { parsed, begins } = await made([
      read(6, { unique: 4n, nodeid: 2n }),
      write(6, answer(4n)),
      read(6, { unique: 6n, nodeid: 3n }),
      write(6, answer(6n)),
    ]);
    expect(begins.map(({ inode }) => inode)).toEqual([undefined, 'b']);
    expect(parsed.inodes).toMatchObject({ a: { nodeid: 2n }, b: { nodeid: 3n } });
  });

  test('of more files than a scenario has are left out, and told', async () => {
    const lines = Array.from({ length: 66 }, (_, i) => {
      const unique = BigInt(2 * i + 4);
      return [read(6, { unique, nodeid: BigInt(i + 2) }), write(6, answer(unique))];
    });
    const { parsed, begins, unknown } = await made(lines.flat());
    expect(begins).toHaveLength(64);
    expect(Object.keys(parsed.inodes)).toHaveLength(64);
    expect(new Set(begins.map(({ inode }) => inode)).size).toBe(64);
    expect(unknown).toContain('at most 64 files. What was asked about others is not used.');
  });

  test('of two connections do not become one', async () => {
    const { begins, unknown } = await made([
      read(6, { unique: 4n }),
      read(9, { unique: 4n, pos: 8192n }),
      write(9, answer(4n, 3n << 20n)),
      write(6, answer(4n)),
    ]);
    expect(begins).toMatchObject([{ pos: 0n, reply: { read: { addr: 1n << 20n } } }]);
    expect(unknown).toContain('1 exchange of another descriptor, so of another connection is not used.');
  });

  test('what is without its other half is no step, and is told', async () => {
    const { begins, unknown } = await made([
      read(6, { unique: 4n }),
      write(6, answer(4n)),
      read(6, { unique: 6n }),
      write(6, answer(12n)),
    ]);
    expect(begins).toHaveLength(1);
    expect(unknown).toContain('1 question without a whole answer is not used.');
    expect(unknown).toContain('1 answer without its question is not used.');
  });

  test('the answer of another call is not counted', async () => {
    const { begins, unknown } = await made([
      read(6, { unique: 4n }),
      write(6, answer(4n)),
      read(6, { unique: 6n, opcode: 4093 }),
      write(6, encodeAnswer(6n, 0, new Uint8Array(0))),
    ]);
    expect(begins).toHaveLength(1);
    expect(unknown).not.toContain('not used');
  });
});

test('each answer goes to one question of its number', () => {
  const side = fc.array(
    fc.record({ fd: fc.constantFrom(null, 3, 4), unique: fc.bigInt({ min: 0n, max: 3n }) }),
  );
  fc.assert(
    fc.property(side, side, (questions, answers) => {
      const pairs = paired(questions, answers);
      expect(new Set(pairs.map(([, said]) => said)).size).toBe(pairs.length);
      expect(pairs.map(([asks]) => asks)).toEqual(
        questions.filter((asks) => pairs.some(([it]) => it === asks)),
      );
      for (const [asks, said] of pairs) {
        expect(said.unique).toBe(asks.unique);
        if (asks.fd !== null && said.fd !== null) expect(said.fd).toBe(asks.fd);
      }
    }),
  );
});
