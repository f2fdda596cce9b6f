// SPDX-License-Identifier: MIT
import { readFileSync, readdirSync } from 'node:fs';
import asc from 'assemblyscript/asc';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Revision } from '#engine/kernel/features.ts';
import { run } from '#engine/run/runner.ts';
import { parseDocument } from '#engine/scenario/parse.ts';
import { retarget } from '#engine/scenario/revision.ts';
import { BUILDS, REVISIONS } from '../../scripts/core-settings.mjs';
import { foldCore, foldedFunctions } from '../../scripts/fold-core.mjs';
import { knownOf } from '../../scripts/fold-known.mjs';
import { compileCore, type Asc } from '../../web/src/tools/core-edit/compile.ts';
import { SETTINGS, SHIPPED, loadSources } from '../../web/src/tools/core-edit/sources.ts';
import { loadCore } from '../core-module.ts';
import { BUILD, readShipped } from '../shipped-core.ts';

beforeAll(() => loadSources(readShipped, BUILD));

const numbered = (name: Revision) => REVISIONS.find((one) => one.name === name)!;
const TRACED = BUILDS.find(({ name }) => name === 'trace')!;

/** The files of the core with each function as a revision has it. */
function withFolded(name: Revision): Record<string, string> {
  const files: Record<string, string> = {};
  // From the end, so that the places of those before stay.
  for (const { path, start, end, text } of foldedFunctions(numbered(name), TRACED).reverse()) {
    const before = files[path] ?? readFileSync(path, 'utf8');
    files[path] = before.slice(0, start) + text + before.slice(end);
  }
  return files;
}

const EXAMPLES = new URL('../../examples/', import.meta.url);
const examples = readdirSync(EXAMPLES)
  .filter((name) => name.endsWith('.json'))
  .map((name) => parseDocument(readFileSync(new URL(name, EXAMPLES), 'utf8')).scenario!);

describe('functions with what a build knows carried out', () => {
  it.each(['v6-03', 'late'] as const)(
    'answer as the build itself does: %s',
    async (name) => {
      const files = { ...SHIPPED, ...SETTINGS, ...withFolded(name) };
      const { bytes, words } = await compileCore(asc as unknown as Asc, files, name);
      expect(words).toEqual([]);
      const [own, folded] = [loadCore('trace', name), new WebAssembly.Module(bytes!)];
      for (const scenario of examples)
        expect(run(folded, retarget(scenario, name))).toEqual(run(own, retarget(scenario, name)));
    },
    120_000,
  );

  it('ask nothing that the build knows', () => {
    for (const revision of REVISIONS) {
      const names = [...knownOf(revision).keys()].filter(
        (name) => /^[A-Z]/.test(name) && !/^V6|^V7|^R20/.test(name),
      );
      for (const { path, name, text } of foldedFunctions(revision))
        for (const known of names)
          expect(
            new RegExp(`\\b${known}\\b`).test(text.replace(/\/\*.*?\*\/|\/\/.*/gs, '')),
            `${path} ${name}: ${known}`,
          ).toBe(false);
    }
  });

  it('are told where they differ: patch 04 brought the devices, later code the cache', async () => {
    const all = await foldCore();
    const mapping = all.find(({ name }) => name === 'fuse_iomap_check_mapping')!;
    const of = (revision: string) => mapping.texts[mapping.of[revision]!]!;
    expect(of('v6-03')).toContain('DEV_UNSUPPORTED');
    expect(of('v6-04')).not.toContain('DEV_UNSUPPORTED');
    expect(of('v6-04')).not.toContain('CACHE_UNAVAILABLE');
    expect(of('late')).toContain('CACHE_UNAVAILABLE');
    expect(of('late')).not.toContain('HAS_MAPPING_CACHE');
    expect(all.map(({ name }) => name)).toEqual(
      expect.arrayContaining([
        'fuse_iomap_begin',
        'fuse_iomap_begin_validate',
        'fuse_iomap_find_dev',
        'fuse_backing_open',
        'fuse_backing_close',
      ]),
    );
  });
});
