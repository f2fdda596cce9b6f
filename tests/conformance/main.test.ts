// SPDX-License-Identifier: MIT
// The built conformance run, on rows that others may bring.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { afterAll, beforeAll, expect, test } from 'vitest';

const ROOT = resolve(import.meta.dirname, '../..');
const ROWS = 40;

type Value = null | boolean | number | string | Value[] | { [key: string]: Value };
type Members = { [key: string]: Value };

let folder: string;
beforeAll(() => (folder = mkdtempSync(join(tmpdir(), 'conformance-'))));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function vectors(name: string): Members[] {
  const bytes = gunzipSync(readFileSync(join(ROOT, 'tests/conformance/vectors', `${name}.jsonl.gz`)));
  const lines = bytes.toString('utf8').split('\n').slice(0, ROWS);
  return lines.map((line) => JSON.parse(line) as Members);
}

const lines = (rows: readonly object[], end = '\n') => rows.map((row) => JSON.stringify(row) + end).join('');

function file(name: string, content: string | Uint8Array): string {
  writeFileSync(join(folder, name), content);
  return name;
}

/** Runs it in the test's folder, as `npm run` does from there. */
function conformance(...files: string[]) {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [join(ROOT, 'build/node/conformance.js'), ...files],
    {
      cwd: ROOT,
      env: { ...process.env, npm_lifecycle_event: 'conformance', INIT_CWD: folder },
      encoding: 'utf8',
    },
  );
  return { status, stdout, stderr, last: stdout.trimEnd().split('\n').at(-1) };
}

/** Every value of a row through `change`; keys in the reverse order. */
function rewritten(value: Value, change: (value: Value) => Value): Value {
  if (Array.isArray(value)) return value.map((item) => rewritten(item, change));
  if (typeof value !== 'object' || value === null) return change(value);
  const members = Object.entries(value).reverse();
  return Object.fromEntries(members.map(([name, inner]) => [name, rewritten(inner, change)]));
}

test('takes 32-bit numbers as strings, and 64-bit ones as numbers, to the last digit', () => {
  const rows = ['begin-v6', 'end', 'backing'].flatMap(vectors);
  const asStrings = (value: Value) => (typeof value === 'number' ? String(value) : value);
  const begins = vectors('begin-v6').map((row) => rewritten(row, asStrings) as object);
  const asNumbers = lines(rows).replace(/"(-?\d+)"(?!:)/g, '$1');
  const result = conformance(file('strings.jsonl', lines(begins)), file('numbers.jsonl', asNumbers));
  expect(result.last).toBe(`${4 * ROWS} passed, 0 failed`);
  expect(result.status).toBe(0);
});

test('takes rows without what their revision has no use for, blank lines, CRLF, and files without a row', () => {
  const begins = vectors('begin-v6').map(({ rev: _, inode, ...row }) => {
    const { caches: __, ...rest } = inode as Members;
    return { ...row, inode: rest };
  });
  const ends = vectors('end').filter(({ rev }) => rev !== 'late');
  for (const row of ends) {
    delete row['no_end'];
    delete (row['expect'] as Members)['no_end_after'];
  }
  const result = conformance(
    file('begins.jsonl', `\ufeff${lines(begins, '\r\n\r\n')}`),
    file('ends.gz', gzipSync(lines(ends))),
    file('empty.jsonl', ''),
  );
  expect(result.last).toBe(`${begins.length + ends.length} passed, 0 failed`);
  expect(result.status).toBe(0);
});

test('counts rows of a revision that is not built as skipped, not as passed', () => {
  const rows = vectors('begin-v6').map((row, i) => (i < 3 ? { ...row, rev: 'v99' } : row));
  const { status, stdout, last } = conformance(file('later.jsonl', lines(rows)));
  expect(stdout).toContain('\nskipped: 3 rows of rev v99\n');
  expect(last).toBe(`${ROWS - 3} passed, 0 failed`);
  expect(status).toBe(0);
});

test('fails a row that expects something else, or something unknown, or cannot be run; shows ten, by field', () => {
  const rows = vectors('begin-v6');
  rows.forEach((row, i) => {
    const expected = row['expect'] as Members;
    if (i === 0) expected['dax_dev'] = null;
    else if (i === 1) delete row['expect'];
    else if (i < 15) expected['sent_opflags'] = 0x4000_0000;
  });
  const { status, stdout, last } = conformance(file('wrong.jsonl', `\n${lines(rows)}`));
  expect(last).toBe(`${ROWS - 15} passed, 15 failed`);
  expect(status).toBe(1);
  const shown = [...stdout.matchAll(/wrong\.jsonl:(\d+)\n/g)].map(([, line]) => Number(line));
  expect(shown).toEqual([2, 3, 4, 5, 6, 7, 8, 9, 10, 11]);
  expect(stdout).toContain('expect.dax_dev');
  expect(stdout).toMatch(/sent_opflags\n {4}kernel: 1073741824\n {4}core: {3}\d+\n/);
});

test('names a file that cannot be used, and runs the others', () => {
  const good = file('good.jsonl', lines(vectors('begin-v6')));
  const cut = gzipSync(lines(vectors('end'))).subarray(0, 200);
  const { status, stderr, last } = conformance(
    file('family.jsonl', '\n{"foo":1}\n'),
    file('cut.gz', cut),
    file('text.jsonl', 'hello\n'),
    'nowhere.jsonl',
    good,
  );
  expect(stderr).toContain('family.jsonl:2: a row of no family that is known here');
  expect(stderr).toContain('cut.gz: unexpected end of file');
  expect(stderr).toContain('text.jsonl:1: not a JSON object');
  expect(stderr).toContain('nowhere.jsonl: there is no such file');
  expect(last).toBe(`${ROWS} passed, 0 failed`);
  expect(status).toBe(2);
});
