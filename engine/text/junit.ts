// SPDX-License-Identifier: MIT
import { clean } from '../kernel/clean.ts';
import type { Failure } from './failures.ts';
import { testPoints, type FileResult, type TestPoint } from './tap.ts';

/** A report as JUnit writes it, file by file: a testsuite for each file, a testcase for each step that is a test. */
export class Junit {
  *begin(): Generator<string> {
    yield '<?xml version="1.0" encoding="UTF-8"?>';
    yield '<testsuites name="iomap-playground">';
  }

  *file(result: FileResult): Generator<string> {
    const points = testPoints(result);
    const unusable = 'reasons' in result;
    const failed = points.filter(({ failure, trouble }) => failure !== null || trouble !== null).length;
    const counts = {
      tests: points.length,
      failures: unusable ? 0 : failed,
      errors: unusable ? failed : 0,
      skipped: 0,
    };
    yield `  <testsuite ${attributes({ name: result.name, ...counts, time: 0 })}>`;
    for (const point of points) yield* testcase(result.name, point, unusable);
    yield '  </testsuite>';
  }

  *end(): Generator<string> {
    yield '</testsuites>';
  }
}

function* testcase(
  file: string,
  { name, failure, trouble }: TestPoint,
  unusable: boolean,
): Generator<string> {
  const line = lineOf(failure);
  const head = attributes({ classname: file, name, file, ...(line === null ? {} : { line }), time: 0 });
  if (failure === null && trouble === null) {
    yield `    <testcase ${head}/>`;
    return;
  }
  const [message = '', ...more] = failure?.reasons ?? [trouble!.message, ...trouble!.reasons];
  const facts = (failure?.facts ?? []).map(({ label, text }) => `${label}: ${text}`);
  const body = [...(failure?.place == null ? [] : [failure.place]), message, ...more, ...facts];
  const tag = unusable ? 'error' : 'failure';
  yield `    <testcase ${head}>`;
  yield `      <${tag} ${attributes({ message, type: failure?.kind ?? 'file' })}>`;
  for (const text of body) yield escaped(text);
  yield `      </${tag}>`;
  yield '    </testcase>';
}

/** The line in `case.json:7:5`. */
function lineOf(failure: Failure | null): string | null {
  return /:(\d+):\d+$/.exec(failure?.place ?? '')?.[1] ?? null;
}

const attributes = (values: Readonly<Record<string, string | number>>): string =>
  Object.entries(values)
    .map(([name, value]) => `${name}="${escaped(String(value))}"`)
    .join(' ');

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

/** Text for XML, in one line: without what no XML may hold. */
const escaped = (text: string): string => clean(text).replace(/[&<>"]/g, (char) => ENTITIES[char]!);
