// SPDX-License-Identifier: MIT
import asc from 'assemblyscript/asc';
import { beforeAll, expect, test } from 'vitest';
import type { Revision } from '#engine/kernel/features.ts';
import { coreBytes } from '../core-module.ts';
import { compileCore, type Asc } from '../../web/src/tools/core-edit/compile.ts';
import { MAIN, SETTINGS, SHIPPED, loadSources } from '../../web/src/tools/core-edit/sources.ts';
import { BUILD, readShipped } from '../shipped-core.ts';

beforeAll(() => loadSources(readShipped, BUILD));

const compile = (files: Record<string, string>, revision: Revision = 'v6-04') =>
  compileCore(asc as unknown as Asc, { ...SHIPPED, ...SETTINGS, ...files }, revision);

test.each<Revision>(['v6-04', 'late'])(
  'the shipped source compiles to the shipped %s core, byte for byte',
  async (revision) => {
    const { bytes, words } = await compile({}, revision);
    expect(words).toEqual([]);
    expect(Buffer.compare(bytes!, coreBytes('trace', revision))).toBe(0);
  },
);

test('an error has its place', async () => {
  const text = SHIPPED[MAIN]!.replace('map.length == 0', 'map.lenght == 0');
  const { bytes, words } = await compile({ [MAIN]: text });
  expect(bytes).toBeNull();
  const [word] = words;
  expect(word).toMatchObject({ severity: 'error', path: MAIN });
  expect(word!.message).toContain("'lenght'");
  expect(text.slice(word!.start, word!.end)).toContain('lenght');
});

test('an import of what is not there is an error of the file that imports it', async () => {
  const { bytes, words } = await compile({ [MAIN]: `import { x } from '../../nowhere';\n${SHIPPED[MAIN]}` });
  expect(bytes).toBeNull();
  expect(words.map(({ severity }) => severity)).toContain('error');
});
