// SPDX-License-Identifier: MIT
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { difference } from '#engine/scenario/difference.ts';
import { History } from './history.ts';

describe('History', () => {
  test('undo and redo walk through any sequence of texts and places', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ maxLength: 12 }), { minLength: 2, maxLength: 20 }), (texts) => {
        const history = new History();
        texts.slice(1).forEach((text, i) => history.record(texts[i]!, text, `edit ${i}`, null, i, i + 1));
        let text = texts.at(-1)!;
        // Looked at beforehand, all of it stands there and nothing is undone.
        const before = texts.slice(0, -1).map((own, i) => ({ text: own, place: i, label: `edit ${i}` }));
        expect(history.past(text, 50)).toEqual(before.reverse());
        expect(history.past(text, 2)).toEqual(before.slice(0, 2));
        for (let i = texts.length - 2; i >= 0; i--) {
          const step = history.undo(text)!;
          expect(step).toEqual({ text: texts[i], place: i, label: `edit ${i}` });
          text = step.text;
        }
        expect(history.undo(text)).toBeNull();
        for (let i = 1; i < texts.length; i++) {
          const step = history.redo(text)!;
          expect(step).toEqual({ text: texts[i], place: i, label: `edit ${i - 1}` });
          text = step.text;
        }
        expect(history.redo(text)).toBeNull();
      }),
    );
  });

  test('changes with one key become one entry, until it is sealed', () => {
    const history = new History();
    expect(history.record('', 'a', 'type', 'k', 0, 0)).toBe(true);
    expect(history.record('a', 'ab', 'type', 'k', 0, 0)).toBe(false);
    history.seal();
    expect(history.record('ab', 'abc', 'type', 'k', 0, 0)).toBe(true);
    expect(history.undo('abc')?.text).toBe('ab');
    expect(history.undo('ab')?.text).toBe('');
  });

  test('merged entries undo to where the first began, wherever in the text they were', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ maxLength: 8 }), { minLength: 2, maxLength: 8 }), (texts) => {
        const history = new History();
        texts.slice(1).forEach((text, i) => history.record(texts[i]!, text, 'type', 'k', 0, 0));
        expect(history.undo(texts.at(-1)!)?.text).toBe(texts[0]);
      }),
    );
  });

  test('a change after an undo drops what could have been redone', () => {
    const history = new History();
    history.record('', 'a', 'one', null, 0, 0);
    history.undo('a');
    history.record('', 'b', 'two', null, 0, 0);
    expect(history.canRedo).toBe(false);
    expect(history.undoLabel).toBe('two');
  });
});

test('difference finds the smallest stretch', () => {
  expect(difference('"length": 4096', '"length": 8192')).toEqual({
    start: 10,
    removed: '4096',
    inserted: '8192',
  });
  expect(difference('aa', 'aaa')).toEqual({ start: 2, removed: '', inserted: 'a' });
});
