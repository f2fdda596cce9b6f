// SPDX-License-Identifier: MIT
// A test runs in Node.
/* eslint-disable no-restricted-imports */
import { cpSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
/* eslint-enable no-restricted-imports */
import { createServer } from 'vite';
import { afterAll, describe, expect, it } from 'vitest';
import { PAGE_ACTIONS, PAGE_KEYS } from '../app/shortcuts.ts';
import { keysOf, openingCommands, type Tool } from '../app/tool.ts';
import { TOOLS } from './registry.ts';

const ROOT = resolve(import.meta.dirname, '../../..');
const WEB = join(ROOT, 'web/src');
const filesUnder = (folder: string) =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((file) => join(folder, file));

const unique = (list: readonly (string | undefined)[]) => {
  const told = list.filter((one) => one !== undefined);
  expect(new Set(told).size).toBe(told.length);
};

describe('the tools of the page', () => {
  it('are called after their folders, and every folder has one', () => {
    const folders = readdirSync(join(WEB, 'tools'), { withFileTypes: true })
      .filter((entry) => entry.isDirectory())
      .map(({ name }) => name);
    expect(TOOLS.map(({ id }) => id)).toEqual(folders.sort());
  });

  it('share no key, no address and no place in a menu', () => {
    unique(TOOLS.map((tool) => keysOf(tool)?.toLowerCase()));
    unique(TOOLS.map(({ place }) => place?.name));
    unique(TOOLS.flatMap(({ menus }) => (menus ?? []).map((entry) => `${entry.in} ${entry.order}`)));
  });

  it('are told apart in a group of the palette', () => {
    unique(openingCommands(TOOLS, () => {}).map(({ group, label }) => `${group}: ${label}`));
  });

  it('take no key that the page has for something else', () => {
    // A row without Ctrl or Alt names keys that each do something by themselves.
    const listed = PAGE_KEYS.flatMap(([keys]) => (/^(Ctrl|Alt) /.test(keys) ? [keys] : keys.split(' ')));
    const taken = new Set([...listed.map((keys) => keys.toLowerCase()), ...Object.keys(PAGE_ACTIONS)]);
    expect(TOOLS.map(keysOf).filter((keys) => keys !== undefined && taken.has(keys.toLowerCase()))).toEqual(
      [],
    );
  });

  it('are there under each name by which one is opened', () => {
    const sources = filesUnder(WEB).filter(
      (file) => /\.(ts|svelte)$/.test(file) && !file.endsWith('.test.ts'),
    );
    const named = sources.flatMap((file) =>
      [...readFileSync(file, 'utf8').matchAll(/tools\.(?:open|close|isOpen)\('([^']+)'/g)].map(
        ([, id]) => id!,
      ),
    );
    expect(named.length).toBeGreaterThan(5);
    expect(named.filter((id) => !TOOLS.some((tool) => tool.id === id))).toEqual([]);
  });
});

describe('a new tool', () => {
  // Within the repository, so that imports of the engine are found.
  mkdirSync(join(ROOT, 'build'), { recursive: true });
  const copy = mkdtempSync(join(ROOT, 'build/tools-test-'));
  afterAll(() => rmSync(copy, { recursive: true }));

  it('is on the page, of whichever kind, once its folder is there', async () => {
    const registered = ['app/tool.ts', 'tools/registry.ts', ...TOOLS.map(({ id }) => `tools/${id}/tool.ts`)];
    for (const file of registered) {
      mkdirSync(dirname(join(copy, file)), { recursive: true });
      cpSync(join(WEB, file), join(copy, file));
    }
    for (const opens of ['over', 'instead', 'beside'])
      writeFileSync(
        join(mkdirSync(join(copy, 'tools', `new-${opens}`), { recursive: true })!, 'tool.ts'),
        `export const tool = { id: 'new-${opens}', title: 'New', opens: '${opens}', load: () => import('./New.svelte') };`,
      );
    const server = await createServer({
      root: copy,
      configFile: false,
      logLevel: 'silent',
      server: { middlewareMode: true, ws: false, watch: null },
      optimizeDeps: { noDiscovery: true },
    });
    try {
      const { TOOLS: all } = (await server.ssrLoadModule('/tools/registry.ts')) as { TOOLS: Tool[] };
      const added = all.filter(({ id }) => !TOOLS.some((tool) => tool.id === id));
      expect(added.map(({ id, opens }) => `${id} ${opens}`)).toEqual([
        'new-beside beside',
        'new-instead instead',
        'new-over over',
      ]);
      expect(all).toHaveLength(TOOLS.length + 3);
    } finally {
      await server.close();
    }
  });
});
