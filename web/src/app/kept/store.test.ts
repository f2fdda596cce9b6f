// SPDX-License-Identifier: MIT
import { beforeEach, expect, test } from 'vitest';
import type { Piece } from './piece.ts';
import { NoStorage, type Pieces } from './pieces.ts';
import { Store, type Trouble } from './store.ts';
import { writeSession } from '../../boot/storage.ts';

const piece = (id: string, kind: Piece['kind'], text = id): Piece => ({
  ...{ id, kind, text, title: '', step: 0, hash: '', savedAt: 0, seq: 0, own: true, entry: '' },
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
  const troubles: (Trouble | null)[] = [];
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
  expect(written).toEqual(['old', 'third']);
  expect(kept).toEqual(['old', 'tab']);
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
  expect([written, troubles.at(-1)]).toEqual([['mine'], { why: 'no room', tab: false, asideInTab: true }]);
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

test('what a newer page left to be written is left alone', () => {
  const left = JSON.stringify({ format: 99, pieces: [piece('old', 'aside')] });
  writeSession('waiting', left);
  const { store } = storeOn(() => Promise.reject(new NoStorage('none')));
  expect(store.waiting('old')).toBeNull();
  store.setAside(piece('mine', 'aside'));
  expect(sessionStorage.getItem('iomap-playground:/folder/:waiting')).toBe(left);
});

test('what waits is written under the name that the tab got meanwhile', async () => {
  const ids: string[] = [];
  const put = ({ id }: Piece) => Promise.resolve(void ids.push(id));
  const { store, settled } = storeOn(() => Promise.resolve({ put } as unknown as Pieces));
  const done = settled();
  store.save(piece('of the original', 'tab'));
  store.rename('of the duplicate');
  await done;
  expect(ids).toEqual(['of the duplicate']);
});

test('without a database what was set aside is listed, each text once, and can be deleted', async () => {
  const { store, settled, troubles } = storeOn(() => Promise.reject(new NoStorage('none')));
  const done = settled();
  store.setAside({ ...piece('a', 'aside', 'same'), savedAt: 1 });
  store.setAside({ ...piece('b', 'aside', 'same'), savedAt: 3 });
  store.setAside({ ...piece('c', 'aside', 'other'), savedAt: 2 });
  await done;
  expect(troubles).toEqual([{ why: 'none', tab: false, asideInTab: true }]);
  const listed = store.allWaiting();
  expect(listed.map(({ id }) => id)).toEqual(['b', 'c']);
  expect(store.forget(listed[0]!.digest).map(({ id }) => id)).toEqual(['a', 'b']);
  expect(store.allWaiting().map(({ id }) => id)).toEqual(['c']);
});
