// SPDX-License-Identifier: MIT
import { describe, expect, test } from 'vitest';
import { encodeAnswer, encodeBeginOut } from '../kernel/wire.ts';
import { importAnything } from './import-any.ts';

const read = { offset: 8192n, length: 16384n, addr: 0x30_0000n, type: 2, flags: 0, dev: 2 };
const write = { offset: 8192n, length: 16384n, addr: (1n << 64n) - 1n, type: 255, flags: 0, dev: 0 };
const whole = encodeAnswer(6n, 0, encodeBeginOut(read, write));
const bytes = Array.from(whole);
const hex = (value: number | bigint) => `0x${value.toString(16)}`;
const view = new DataView(whole.buffer, whole.byteOffset, whole.byteLength);
const words = Array.from({ length: 20 }, (_, i) => view.getUint32(i * 4, true));
const longs = Array.from({ length: 10 }, (_, i) => view.getBigUint64(i * 8, true));
const list = bytes.join(', ');
const halves = (comment: (words: string) => string) =>
  `${comment('header')}\n${bytes.slice(0, 16).join(', ')}, ${comment('read')}\n${bytes.slice(16).join(',')}`;

describe('a list of numbers is the bytes of an answer', () => {
  test.each([
    ['decimal, of C, with comments', `uint8_t a[] = { ${halves((said) => `/* ${said},\n 1, 2 */`)} };`],
    ['with the other comments', `unsigned char a[80] = {\n${halves((said) => `// ${said}, 3`)}\n};`],
    ['of Python', `reply = bytes([${bytes.map(hex).join(', ')}])`],
    ['of Python, with comments', `reply = bytearray([\n${halves((said) => `# ${said} [4]`)}\n])`],
    ['of Go', `ans := []byte{${list}}`],
    ['of Rust', `let ans: [u8; 80] = [${bytes.map((byte) => `${hex(byte)}u8`).join(', ')}];`],
    ['of JavaScript', `new Uint8Array([${list}])`],
    [
      'words of 32 bits',
      `static const __u32 ans[] = {\n${words.map((word) => `\t${hex(word)}, /* x */\n`).join('')}};`,
    ],
    [
      'words of 64 bits',
      `const uint64_t ans[10] = { ${longs.map((word) => `${hex(word)}ULL`).join(', ')} };`,
    ],
    ['signed', `const char ans[] = { ${bytes.map((byte) => (byte > 127 ? byte - 256 : byte)).join(', ')} };`],
    ['with characters', `const char ans[] = { 'P', '\\0', '\\x00', ${bytes.slice(3).join(', ')} };`],
    [
      'with places',
      `char ans[80] = { [0] = ${bytes.slice(0, 40).join(', ')}, [40] = ${bytes.slice(40).join(', ')} };`,
    ],
    ['after another list', `int sizes[] = { 1, 2, 3 };\nuint8_t a[] = { ${list} };`],
  ])('%s', async (_, text) => {
    expect(await importAnything(text)).toMatchObject({ kind: 'hexdump', ok: true, read, write, unknown: [] });
  });

  test('what a declared size leaves out is 0, and is said', async () => {
    expect(await importAnything(`u8 a[80] = { ${bytes.slice(0, 48).join(', ')} };`)).toMatchObject({
      ok: true,
      read,
      write: { length: 0n, dev: 0 },
      unknown: [expect.stringMatching(/^The last 32 bytes are not in the list: they are 0/)],
    });
  });
});

describe('it is not one', () => {
  test.each([
    ['without the end of the list', `u8 a[80] = { ${list}`],
    ['with a name in it', `u8 a[] = { ${bytes.slice(0, 79).join(', ')}, LAST };`],
    ['with a number too large', `u8 a[] = { 256, ${bytes.slice(1).join(', ')} };`],
    ['of too few', `u8 a[] = { ${bytes.slice(0, 12).join(', ')} };`],
    ['of other bytes', `u8 a[] = { ${bytes.map((byte) => byte ^ 0x55).join(', ')} };`],
  ])('%s', async (_, text) => {
    expect((await importAnything(text)).ok).toBe(false);
  });

  test('and has a header that says more', async () => {
    expect(await importAnything(`u8 a[] = { ${bytes.slice(0, 60).join(', ')} };`)).toMatchObject({
      ok: false,
    });
  });
});
