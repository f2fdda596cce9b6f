// SPDX-License-Identifier: MIT
import { describe, expect, test } from 'vitest';
import { callersFolder, problemText } from './files.ts';

describe('relative paths', () => {
  const own = { npm_package_name: 'iomap-playground', npm_lifecycle_event: 'cli', INIT_CWD: '/from/here' };

  test("start where `npm run cli` was called, since npm changes to the package's root", () => {
    expect(callersFolder(own)).toBe('/from/here');
  });

  test.each([
    {},
    { ...own, npm_package_name: 'a-server' },
    { ...own, npm_lifecycle_event: 'test' },
    { ...own, INIT_CWD: undefined },
  ])("start in the process's own folder otherwise: %o", (env) => {
    expect(callersFolder(env)).toBe(process.cwd());
  });
});

describe('a problem', () => {
  const problem = { severity: 'error', start: 0, end: 1, line: 3, column: 7 } as const;

  test('names file, line, column, place and reason', () => {
    const path = ['steps', 2, 'reply', 'read', 'type'];
    expect(problemText('a.json', { ...problem, path, message: 'expected a name' })).toBe(
      'a.json:3:7: error: steps[2].reply.read.type (step 3; indexes count from 0): expected a name',
    );
  });

  test('cannot write escapes to the terminal', () => {
    expect(problemText('a.json', { ...problem, path: [], message: 'bad \u001b[2J' })).toBe(
      'a.json:3:7: error: bad \\u{1b}[2J',
    );
  });
});
