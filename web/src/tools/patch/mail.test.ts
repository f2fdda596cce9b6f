// SPDX-License-Identifier: MIT
import { describe, expect, it } from 'vitest';
import { importAnything, type Imported } from '#engine/import/import-any.ts';
import type { Patch, PatchLine } from '#engine/import/patch.ts';
import { describe as describeFound } from '#engine/view/pasted.ts';
import { HUNK_LINES, OPEN_LINES, checksIn, chipsOf, fileName, openAtFirst } from './patch-rows.ts';
import { visible } from './visible.ts';

const line = (kind: PatchLine['kind'], ...checks: PatchLine['checks']): PatchLine => ({
  kind,
  text: '',
  oldLine: null,
  newLine: null,
  func: null,
  checks,
});
const file = (lineCount: number, ...checks: PatchLine['checks']) => ({
  oldPath: 'a.c',
  newPath: 'a.c',
  hunks: [
    {
      header: '@@ -1 +1 @@',
      lines: Array.from({ length: lineCount }, (_, i) => line('add', ...(i === 1 ? checks : []))),
      models: [],
      checks,
    },
  ],
});
const patch = (...files: Patch['files']): Patch => ({ subject: null, files, incomplete: 0, repairs: [] });

async function understood(text: string) {
  const found: Imported = await importAnything(text);
  if (!found.ok) throw new Error(found.message);
  return describeFound(found);
}

describe('chipsOf', () => {
  it('puts the checks of a statement beside its first line', () => {
    const lines = [line('context', 'length-zero'), line('context', 'length-zero'), line('context')];
    expect(chipsOf(lines)).toEqual([['length-zero'], [], []]);
  });

  it('puts them on both sides of a change', () => {
    const lines = [line('delete', 'length-zero'), line('add', 'length-zero'), line('add', 'length-zero')];
    expect(chipsOf(lines)).toEqual([['length-zero'], ['length-zero'], []]);
  });
});

describe('a patch', () => {
  it('names each check once, at its first line', () => {
    expect(checksIn(patch(file(3), file(3, 'dev-missing'), file(3, 'dev-missing')))).toEqual([
      { check: 'dev-missing', file: 1, hunk: 0, line: 1 },
    ]);
  });

  const plain = file(HUNK_LINES);
  const modelled: Patch['files'][number] = {
    ...plain,
    hunks: plain.hunks.map((hunk) => ({ ...hunk, models: ['fuse_iomap_begin'] })),
  };
  const forty = (one: Patch['files'][number]) => Array.from({ length: 40 }, () => one);

  it('opens files with checks first, and no more than there is room for', () => {
    const room = Math.floor(OPEN_LINES / HUNK_LINES);
    const open = openAtFirst(patch(...forty(modelled), file(3, 'dev-missing')));
    expect(open[0]).toBe(40);
    expect(open.length).toBeLessThanOrEqual(room + 1);
    expect(open.length).toBeGreaterThan(1);
  });

  it('opens no file without code that the core models, unless no file has any', () => {
    expect(openAtFirst(patch(plain, modelled, plain, file(3, 'dev-missing')))).toEqual([3, 1]);
    expect(openAtFirst(patch(plain, plain))).toEqual([0, 1]);
  });

  it('names a file that is new, removed or moved', () => {
    expect(fileName({ oldPath: '/dev/null', newPath: 'b.c', hunks: [] })).toBe('b.c (new)');
    expect(fileName({ oldPath: 'a.c', newPath: '/dev/null', hunks: [] })).toBe('a.c (removed)');
    expect(fileName({ oldPath: 'a.c', newPath: 'b.c', hunks: [] })).toBe('a.c → b.c');
  });
});

describe('visible', () => {
  it('names what would turn or hide text, and keeps a tab', () => {
    expect(visible('\tif (a\u202e b\u200b\u001b[31m) \u2066')).toBe(
      '\tif (a⟨U+202E⟩ b⟨U+200B⟩⟨U+001B⟩[31m) ⟨U+2066⟩',
    );
    expect(visible('“é” – 漢')).toBe('“é” – 漢');
  });
});

describe('describe', () => {
  it('says what a scenario is, and opens it', async () => {
    const text = '{"format":1,"title":"Mine","steps":[{"do":"unmount"},{"do":"unmount"}]}';
    const { becomes, scenario, reply } = await understood(text);
    expect(becomes).toBe('The scenario “Mine” of 2 steps, shown at step 1.');
    expect(scenario).toEqual({ text, step: 0 });
    expect(reply).toBeNull();
  });

  it('offers a reply for a step, and as a scenario of its own', async () => {
    const { reply, scenario, unknown } = await understood(
      'struct fuse_iomap_io read = { .offset = 4096, .length = 512, .type = FUSE_IOMAP_TYPE_HOLE };',
    );
    expect(reply?.text).toMatch(/^"reply": \{\n? *"read": \{/);
    expect(reply?.text).toContain('"offset": 4096');
    expect(unknown[0]).toContain('pure overwrite');
    const again = await importAnything(scenario!.text);
    expect(again.ok).toBe(true);
    expect(scenario!.step).toBe(1);
    expect(JSON.parse(scenario!.text).steps[1].reply.read.offset).toBe(4096);
  });

  it('counts what a patch has, and opens no scenario', async () => {
    const { becomes, scenario } = await understood(
      'diff --git a/x.c b/x.c\n--- a/x.c\n+++ b/x.c\n@@ -1,1 +1,2 @@ int fuse_iomap_begin(struct inode *inode)\n one\n+two\n',
    );
    expect(becomes).toBe('1 file, 1 hunk; 1 of them in functions that the core models.');
    expect(scenario).toBeNull();
  });
});
