// SPDX-License-Identifier: MIT
import { beforeEach, expect, test } from 'vitest';
import type { Piece } from './piece.ts';
import { NoStorage, type Pieces } from './pieces.ts';
import { Store } from './store.ts';

const piece = (id: string, kind: Piece['kind'], text = id): Piece => ({
  ...{ id, kind, text, title: '', step: 0, hash: '', savedAt: 0, seq: 0, own: true },
});

/** A database of which a test says what it takes, and what came into it. */
function database(takes: (piece: Piece) => boolean) {
  const written: string[] = [];
  const put = (one: Piece) =>
    takes(one) ? Promise.resolve(void written.push(one.text)) : Promise.reject(new NoStorage('no room'));
  return { written, open: () => Promise.resolve({ put } as unknown as Pieces) };
}

/** A store on it, and what it told; `settled` resolves when it has nothing more to try. */
function storeOn(open: () => Promise<Pieces>) {
  const kept: string[] = [];
  const troubles: (string | null)[] = [];
  let over = () => {};
  const settled = () => new Promise<void>((resolve) => (over = resolve));
  const store = new Store(open, () => Promise.resolve(new Set()), {
    kept: ({ id }) => kept.push(id),
    trouble: (why) => {
      troubles.push(why);
      over();
    },
  });
  return { store, kept, troubles, settled };
}

beforeEach(() => {
  const session = new Map<string, string>();
  Object.assign(globalThis, {
    location: { pathname: '/folder/' },
    sessionStorage: {
      getItem: (key: string) => session.get(key) ?? null,
      setItem: (key: string, value: string) => void session.set(key, value),
      removeItem: (key: string) => void session.delete(key),
    },
  });
});

test('what is set aside is written before what the tab shows, and of that the newest', async () => {
  const { written, open } = database(() => true);
  const { store, kept, troubles, settled } = storeOn(open);
  const done = settled();
  store.save(piece('tab', 'tab', 'first'));
  store.setAside(piece('old', 'aside'));
  store.save(piece('tab', 'tab', 'second'));
  store.save(piece('tab', 'tab', 'third'));
  await done;
  expect(written).toEqual(['first', 'old', 'third']);
  expect(kept).toEqual(['tab', 'old', 'tab']);
  expect(troubles).toEqual([null]);
});

test('a piece that finds no room waits, and holds back nothing else', async () => {
  let room = false;
  const { written, open } = database(({ kind }) => room || kind === 'tab');
  const { store, troubles, settled } = storeOn(open);
  let done = settled();
  store.setAside(piece('large', 'aside'));
  store.save(piece('tab', 'tab', 'mine'));
  await done;
  expect([written, troubles.at(-1)]).toEqual([['mine'], 'no room']);
  expect(store.waiting('large')?.text).toBe('large');
  room = true;
  done = settled();
  store.save(piece('tab', 'tab', 'mine again'));
  await done;
  expect([written, troubles.at(-1)]).toEqual([['mine', 'large', 'mine again'], null]);
  expect(store.waiting('large')).toBeNull();
});

test('what was not safe when the page went is written by the next one', async () => {
  storeOn(() => Promise.reject(new NoStorage('none'))).store.setAside(piece('old', 'aside'));
  const { written, open } = database(() => true);
  const { settled } = storeOn(open);
  await settled();
  expect(written).toEqual(['old']);
});
