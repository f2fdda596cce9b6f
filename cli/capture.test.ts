// SPDX-License-Identifier: MIT
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { parseDocument } from '#engine/scenario/parse.ts';
import { capture } from './commands/capture.ts';
import type { Terminal } from './common/terminal.ts';

async function called(...args: string[]): Promise<{ status: number; out: string; err: string }> {
  let [out, err] = ['', ''];
  const terminal: Terminal = {
    out: (text) => (out += text),
    err: (text) => (err += text),
    lines: () => {},
    width: 80,
  };
  return { status: await capture.run(args, terminal), out, err };
}

const path = (name: string) => new URL(`../examples/${name}.json`, import.meta.url).pathname;

test('a scenario with extents is captured without a server', async () => {
  const { status, out, err } = await called(path('io-extents-hole'));
  expect([status, err]).toEqual([0, '']);
  const { scenario, problems } = parseDocument(out);
  expect(problems).toEqual([]);
  expect(scenario!.inodes['a']!.extents).toBeUndefined();
  expect(scenario!.steps[1]).toMatchObject({
    replies: [{ read: { type: 2 } }, { read: { type: 0 } }, { read: {} }],
  });
});

test('one that says nothing of who answers asks for --server', async () => {
  expect(JSON.parse(readFileSync(path('begin-allocating-write'), 'utf8'))).not.toHaveProperty(
    'inodes.a.extents',
  );
  await expect(called(path('begin-allocating-write'))).rejects.toThrow('--server is missing');
});
