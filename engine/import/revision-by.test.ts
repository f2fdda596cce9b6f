// SPDX-License-Identifier: MIT
import { expect, test } from 'vitest';
import { parseDocument } from '../scenario/parse.ts';
import { encodeAnswer, encodeBeginOut } from '../kernel/wire.ts';
import { asked } from './asked.ts';
import { importHexdump } from './import-hexdump.ts';

const mapping = (type: number) => ({ offset: 0n, length: 4096n, addr: 1n << 20n, type, flags: 0, dev: 1 });
const overwrite = (type: number) => ({ ...mapping(type), addr: (1n << 64n) - 1n, dev: 0 });

/** An answer as xxd prints it. */
function dump(read: number, write: number): string {
  // The numbers are those of the wire.
  const bytes = encodeAnswer(7n, 0, encodeBeginOut(mapping(2), overwrite(255)));
  const view = new DataView(bytes.buffer, bytes.byteOffset);
  view.setUint16(16 + 24, read, true);
  view.setUint16(16 + 32 + 24, write, true);
  const rows = Array.from({ length: bytes.length / 16 }, (_, i) => bytes.subarray(16 * i, 16 * i + 16));
  return rows
    .map((row, i) => `${(16 * i).toString(16).padStart(8, '0')}: ${Buffer.from(row).toString('hex')}`)
    .join('\n');
}

function opened(text: string) {
  const found = importHexdump(text);
  if (!found.ok) throw new Error(found.message);
  const { text: document, assumed } = asked(found);
  const { scenario, problems } = parseDocument(document);
  expect(problems).toEqual([]);
  return { revision: scenario!.kernel.revision, assumed: assumed.join(' '), steps: scenario!.steps };
}

test('a dump opens on a revision that knows its numbers', () => {
  expect(opened(dump(2, 255)).revision).toBe('v6-04');
  expect(opened(dump(2, 65535))).toMatchObject({
    revision: '2026-05',
    assumed: expect.stringContaining('Type 65,535 is PURE_OVERWRITE from May 2026 on') as string,
  });
  expect(opened(dump(65534, 65535)).revision).toBe('2026-05-cache');
  expect(opened(dump(65533, 255)).revision).toBe('2026-05-cache');
});

test('a slot that overwrites makes no write of the question', () => {
  expect(opened(dump(2, 65535)).steps.at(-1)).toMatchObject({ op: 0, pos: 0n, count: 4096n });
});
