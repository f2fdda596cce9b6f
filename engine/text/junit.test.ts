// SPDX-License-Identifier: MIT
import { expect, test } from 'vitest';
import { loadCore } from '../../tests/core-module.ts';
import { parseDocument } from '../scenario/parse.ts';
import { run } from '../run/runner.ts';
import { failuresOf } from './failures.ts';
import { Junit } from './junit.ts';

/** Everything that XML 1.0 may not hold, and all that it reads as something else. */
const HOSTILE = 'a]]><b>&"\'\u0000\u0001\u001b[31m\ufffe\uffff\ud800 \u{1f600}\u2028\r\n\t<!--';

/** The names of the elements in order, `/name` where one ends. Throws for text that is not well-formed. */
function elements(xml: string): string[] {
  // eslint-disable-next-line no-control-regex
  if (/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|[\ud800-\udfff]/u.test(xml))
    throw new Error('a character that no XML may hold');
  const open: string[] = [];
  const names: string[] = [];
  const rest = xml
    .replace(/^<\?xml version="1\.0" encoding="UTF-8"\?>/, '')
    .replace(/<(\/?)(\w+)((?: \w+="[^"<]*")*)(\/?)>/g, (_, end: string, name: string, __, empty: string) => {
      names.push(end + name);
      if (end && open.pop() !== name) throw new Error(`</${name}> ends another element`);
      if (!end && !empty) open.push(name);
      return '';
    });
  if (open.length > 0) throw new Error(`<${open[0]}> does not end`);
  if (/[<>]|\]\]>/.test(rest)) throw new Error(`left over: ${rest.trim().slice(0, 60)}`);
  if (/&(?!(?:amp|lt|gt|quot);)/.test(xml)) throw new Error('an & that is no entity');
  return names;
}

test('a report with all that XML may not hold in names and notes is well-formed', () => {
  const steps = [{ do: 'iomap_begin', note: HOSTILE, expect: { ret: 0 } }, { do: 'backing_open' }];
  const { scenario } = parseDocument(JSON.stringify({ format: 1, title: HOSTILE, steps }));
  const done = run(loadCore(), scenario!);
  const failures = failuresOf(done, scenario!);
  const junit = new Junit();
  const xml = [
    ...junit.begin(),
    ...junit.file({ name: HOSTILE, scenario: scenario!, run: done, failures }),
    ...junit.file({ name: 'b', reasons: [HOSTILE] }),
    ...junit.end(),
  ].join('\n');
  expect(elements(xml)).toEqual([
    ...['testsuites', 'testsuite', 'testcase', 'failure', '/failure', '/testcase', '/testsuite'],
    ...['testsuite', 'testcase', 'error', '/error', '/testcase', '/testsuite', '/testsuites'],
  ]);
});

test('what it is asked with is found wrong', () => {
  expect(() => elements('<a>&</a>')).toThrow();
  expect(() => elements('<a b="<">x</a>')).toThrow();
  expect(() => elements('<a>\u0001</a>')).toThrow();
  expect(() => elements('<a></b>')).toThrow();
});
