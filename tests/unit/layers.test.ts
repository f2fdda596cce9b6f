// SPDX-License-Identifier: MIT
/** The house's order: what lint asks of each import, and that no folders import each other in a ring. */
import { readFileSync, readdirSync } from 'node:fs';
import { posix, resolve } from 'node:path';
import ts from 'typescript';
import { describe, expect, test } from 'vitest';
import { DOORS, ENGINE_LAYERS, WEB_LAYERS, importProblem, resolveImport } from '../../scripts/layers.mjs';

const ROOT = resolve(import.meta.dirname, '../..');
const isTest = (path: string) => /\.(test|spec)\.ts$/.test(path);

/** The sources under a folder that are not tests, relative to the root. */
function sourcesIn(folder: string): string[] {
  return readdirSync(resolve(ROOT, folder), { recursive: true, encoding: 'utf8' })
    .map((path) => `${folder}/${path.replaceAll('\\', '/')}`)
    .filter((path) => /\.(ts|svelte)$/.test(path) && !path.endsWith('.d.ts') && !isTest(path));
}

const SCRIPT = /<script[^>]*>(.*?)<\/script>/gs;

/** Everything that a text imports: values, types, lazily; in a component also what its markup loads. */
function importsOf(text: string, isSvelte: boolean): string[] {
  const scripts = isSvelte ? [...text.matchAll(SCRIPT)].map((m) => m[1]!) : [text];
  const inScripts = scripts.flatMap((script) =>
    ts.preProcessFile(script).importedFiles.map(({ fileName }) => fileName),
  );
  const markup = isSvelte ? text.replace(SCRIPT, '') : '';
  return [...inScripts, ...[...markup.matchAll(/\bimport\(\s*['"]([^'"]+)['"]/g)].map((m) => m[1]!)];
}

/** Which folder imports which, each arrow with one import that makes it. */
function folderArrows(files: readonly string[]): Map<string, Map<string, string>> {
  const arrows = new Map<string, Map<string, string>>();
  for (const file of files) {
    const from = posix.dirname(file);
    for (const name of importsOf(readFileSync(resolve(ROOT, file), 'utf8'), file.endsWith('.svelte'))) {
      const target = resolveImport(file, name);
      const to = target === null ? from : posix.dirname(target);
      if (to === from) continue;
      const out = arrows.get(from) ?? new Map<string, string>();
      out.set(to, `${file} imports ${target}`);
      arrows.set(from, out);
    }
  }
  return arrows;
}

/** A ring of folders, as the imports that make it; null if there is none. */
function ringIn(arrows: ReadonlyMap<string, ReadonlyMap<string, string>>): string[] | null {
  const done = new Set<string>();
  /** `way`: the folders walked through, each with the import that leads on from it. */
  const walk = (folder: string, way: { folder: string; by: string }[]): string[] | null => {
    const met = way.findIndex((each) => each.folder === folder);
    if (met >= 0) return way.slice(met).map(({ by }) => by);
    if (done.has(folder)) return null;
    for (const [to, by] of arrows.get(folder) ?? []) {
      const ring = walk(to, [...way, { folder, by }]);
      if (ring !== null) return ring;
    }
    done.add(folder);
    return null;
  };
  for (const folder of arrows.keys()) {
    const ring = walk(folder, []);
    if (ring !== null) return ring;
  }
  return null;
}

describe('an import', () => {
  test('goes down or stays', () => {
    expect(importProblem('engine/run/runner.ts', '../core/machine.ts')).toBeNull();
    expect(importProblem('engine/run/runner.ts', './types.ts')).toBeNull();
    expect(importProblem('engine/core/machine.ts', '../run/types.ts')).toContain('run stands above core');
    expect(importProblem('web/src/app/app.svelte.ts', '../boot/first-scenario.ts')).toBeNull();
    expect(importProblem('web/src/app/app.svelte.ts', '../tools/share/forms.ts')).toContain(
      'tools stands above app',
    );
    expect(importProblem('web/src/columns/machine/A.svelte', '../kernel/B.svelte')).toContain(
      'columns/kernel stands above columns/machine',
    );
  });

  test('of the engine goes through its doors, by its own name', () => {
    expect(importProblem('web/src/app/run.ts', '#engine/view/anything/new.ts')).toBeNull();
    expect(importProblem('cli/main.ts', '#engine/run/runner.ts')).toBeNull();
    expect(importProblem('cli/main.ts', '#engine/run/execute.ts')).toContain('is not a door of the engine');
    expect(importProblem('web/src/app/run.ts', '../../../engine/run/runner.ts')).toContain('#engine/');
  });

  test('of a new folder asks for its layer, one of a package for nothing', () => {
    expect(importProblem('engine/brand-new/a.ts', '../core/machine.ts')).toContain('stands in no layer');
    expect(importProblem('engine/core/machine.ts', 'valibot')).toBeNull();
  });

  test('of a test may go anywhere', () => {
    expect(importProblem('engine/core/a.test.ts', '../run/runner.ts')).toBeNull();
  });
});

test('every layer has files', () => {
  const folders = new Set(
    [...sourcesIn('engine'), ...sourcesIn('web/src')].map((file) => posix.dirname(file)),
  );
  const has = (layer: string) => [...folders].some((folder) => `${folder}/`.startsWith(`${layer}/`));
  expect(ENGINE_LAYERS.filter((name) => !has(`engine/${name}`))).toEqual([]);
  expect(WEB_LAYERS.filter((name) => !has(name === '' ? 'web/src' : `web/src/${name}`))).toEqual([]);
});

test('what the markup of a component loads is seen', () => {
  const text = `<script lang="ts">\n  import A from './a.ts';\n</script>\n<Late load={() => import('./b/B.svelte')} />`;
  expect(importsOf(text, true)).toEqual(['./a.ts', './b/B.svelte']);
});

test('a ring of folders is found', () => {
  const arrows = new Map([
    ['a', new Map([['b', 'a/1 imports b/1']])],
    ['b', new Map([['c', 'b/2 imports c/1']])],
    ['c', new Map([['b', 'c/2 imports b/1']])],
  ]);
  expect(ringIn(arrows)).toEqual(['b/2 imports c/1', 'c/2 imports b/1']);
  arrows.delete('c');
  expect(ringIn(arrows)).toBeNull();
});

test.each(['engine', 'web/src', 'cli'])('no ring of folders in %s', (part) => {
  const arrows = folderArrows(sourcesIn(part));
  expect(arrows.size).toBeGreaterThan(0);
  expect(ringIn(arrows)).toBeNull();
});

test('each door of the engine is used from outside', () => {
  const used = new Set(
    ['web/src', 'cli', 'lib', 'bench'].flatMap(sourcesIn).flatMap((file) => {
      const text = readFileSync(resolve(ROOT, file), 'utf8');
      return importsOf(text, file.endsWith('.svelte')).map((name) => resolveImport(file, name));
    }),
  );
  const doors = DOORS.flatMap((door) => {
    const [, folder, names] = /^([^{]*)\{?([^}]*)\}?$/.exec(door)!;
    return names === '' ? [folder!] : names!.split(',').map((name) => folder! + name);
  });
  expect(doors.length).toBeGreaterThan(100);
  expect(doors.filter((door) => !used.has(`engine/${door}.ts`))).toEqual([]);
});
