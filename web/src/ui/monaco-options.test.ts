// SPDX-License-Identifier: MIT
import { expect, it } from 'vitest';
import { editTo } from './monaco-options.ts';

/** A model of one text, with places counted from 1, as Monaco counts. */
function modelOf(text: string) {
  const getPositionAt = (offset: number) => {
    const before = text.slice(0, offset).split('\n');
    return { lineNumber: before.length, column: before.at(-1)!.length + 1 };
  };
  return { getValue: () => text, getPositionAt };
}

it('replaces the stretch that differs, and nothing around it', () => {
  expect(editTo(modelOf('one\ntwo\nthree'), 'one\nsix\nthree')).toEqual({
    range: { startLineNumber: 2, startColumn: 1, endLineNumber: 2, endColumn: 4 },
    text: 'six',
  });
  expect(editTo(modelOf('one\ntwo'), 'one\ntwo\n')).toEqual({
    range: { startLineNumber: 2, startColumn: 4, endLineNumber: 2, endColumn: 4 },
    text: '\n',
  });
});

it('is nothing for a text that is there already', () => {
  expect(editTo(modelOf('one'), 'one')).toBeNull();
});
