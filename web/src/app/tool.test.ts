// SPDX-License-Identifier: MIT
import { describe, expect, it } from 'vitest';
import {
  keysOf,
  menuOf,
  openingCommands,
  placeOf,
  pressOf,
  toolAt,
  toolOfKey,
  type Command,
  type MenuEntry,
  type Tool,
} from './tool.ts';

const load = () => Promise.reject(new Error('nothing is drawn here'));
const over: Tool = {
  id: 'lens',
  title: 'Lens',
  words: ['magnify'],
  keys: { press: 'Ctrl L', what: 'the lens' },
  place: { name: 'lens' },
  opens: 'over',
  load,
  command: { group: 'View', label: 'Open the lens', order: 5 },
  menus: [{ in: 'file', label: 'Lens…', order: 20 }],
};
const instead: Tool = {
  id: 'lesson',
  title: 'Lesson',
  place: { name: 'lesson', part: { noun: 'lesson', example: 'one', has: (part) => part === 'one' } },
  opens: 'instead',
  load,
};
const beside: Tool = {
  id: 'ruler',
  title: 'Ruler',
  keys: { press: '%', what: 'the ruler' },
  opens: 'beside',
  load,
  command: { group: 'View' },
  menus: [
    { in: 'file', order: 10 },
    { in: 'bar', order: 1 },
  ],
};
const tools = [over, instead, beside];
/** Opens on a part, or on none. */
const shelf: Tool = {
  id: 'shelf',
  title: 'Shelf',
  place: {
    name: 'shelf',
    part: { noun: 'book', example: 'two', has: (part) => part === 'two', optional: true },
  },
  opens: 'instead',
  load,
};

it('has an address with a part and one without, where the part may be left out', () => {
  expect(placeOf(shelf, '')).toBe('#/shelf');
  expect(placeOf(shelf, 'two')).toBe('#/shelf/two');
  expect(toolAt([shelf], '#/shelf')).toEqual({ tool: shelf, subject: '' });
  expect(toolAt([shelf], '#/shelf/two')).toEqual({ tool: shelf, subject: 'two' });
  expect(toolAt([shelf], '#/shelf/three')).toMatch(/^There is no book “three”\./);
});

const key = (press: string, held: Partial<KeyboardEvent> = {}) =>
  ({ key: press, ctrlKey: false, metaKey: false, altKey: false, ...held }) as KeyboardEvent;

describe('what the page reads of its tools', () => {
  it('opens one by its keys', () => {
    expect(toolOfKey(tools, pressOf(key('l', { ctrlKey: true }), false))).toBe(over);
    expect(toolOfKey(tools, pressOf(key('L', { metaKey: true }), true))).toBe(over);
    expect(toolOfKey(tools, pressOf(key('l'), false))).toBeNull();
    expect(toolOfKey(tools, pressOf(key('%'), false))).toBe(beside);
    // In a field a sign is text, and with Alt it is not the page's.
    expect(toolOfKey(tools, pressOf(key('%'), true))).toBeNull();
    expect(toolOfKey(tools, pressOf(key('%', { altKey: true }), false))).toBeNull();
  });

  it('finds one by its address, and says the addresses that there are', () => {
    expect(toolAt(tools, '#/lens')).toEqual({ tool: over, subject: '' });
    expect(toolAt(tools, '#/lesson/one')).toEqual({ tool: instead, subject: 'one' });
    expect(toolAt(tools, '#/lesson/t%C3%B6')).toBe(
      'There is no lesson “tö”. One that there is: #/lesson/one.',
    );
    expect(toolAt(tools, '#/lenses')).toBe(
      'There is no place “#/lenses” on this page. Places are #/lens, #/lesson/….',
    );
    expect(toolAt(tools, '#lens')).toMatch(/^“#lens” is neither a share link/);
    expect(toolAt(tools, `#/${'x'.repeat(90)}`)).toContain(`#/${'x'.repeat(58)}…`);
  });

  it('gives one its address while it is open', () => {
    expect(tools.map((tool) => placeOf(tool, 'one'))).toEqual(['#/lens', '#/lesson/one', null]);
  });

  it('puts them in their menus, in order', () => {
    const labels = (menu: MenuEntry['in']) => menuOf(tools, menu).map(({ label }) => label);
    expect(labels('file')).toEqual(['Ruler', 'Lens…']);
    expect(labels('bar')).toEqual(['Ruler']);
    expect(labels('revision')).toEqual([]);
  });

  it('offers them in the palette, by their words and with their keys', () => {
    const opened: string[] = [];
    const offered = openingCommands(tools, (id) => opened.push(id));
    const told = ({ group, label, keys, words, order }: Command) => ({ group, label, keys, words, order });
    expect(offered.map(told)).toEqual([
      { group: 'View', label: 'Open the lens', keys: 'Ctrl L', words: ['magnify'], order: 5 },
      { group: 'View', label: 'Ruler', keys: '%', words: undefined, order: undefined },
    ]);
    for (const { run } of offered) run();
    expect(opened).toEqual(['lens', 'ruler']);
    expect(keysOf({ ...instead, browserKeys: 'Ctrl V' })).toBe('Ctrl V');
  });
});
