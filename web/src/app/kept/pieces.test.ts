// SPDX-License-Identifier: MIT
import { IDBFactory } from 'fake-indexeddb';
import 'fake-indexeddb/auto';
import { openDB } from 'idb';
import { beforeEach, describe, expect, test } from 'vitest';
import { NAMES_KEPT, OTHERS_KEPT, OWN_KEPT, asPiece, digestOf, infoOf, type Piece } from './piece.ts';
import { NoStorage, Pieces } from './pieces.ts';

const NAME = 'test';

let clock = 0;
const piece = (id: string, text: string, more: Partial<Piece> = {}): Piece => ({
  id,
  kind: 'aside',
  text,
  title: `title of ${id}`,
  step: 1,
  hash: '',
  savedAt: ++clock,
  seq: 0,
  own: true,
  entry: '',
  ...more,
});

let pieces: Pieces;
beforeEach(async () => {
  globalThis.indexedDB = new IDBFactory();
  pieces = await Pieces.open(NAME, () => {});
});

describe('a piece', () => {
  test('is read as it was put, also by a page that opens the database anew', async () => {
    const one = piece('a', '{"format":1}', { step: 3, hash: '#1.x', seq: 7 });
    await pieces.put(one);
    pieces.close();
    const again = await Pieces.open(NAME, () => {});
    expect(await again.read('a')).toEqual(one);
    expect(await again.read('b')).toBeNull();
  });

  test('takes the place of an earlier one with its id, whose text goes', async () => {
    await pieces.put(piece('tab', 'before', { kind: 'tab' }));
    await pieces.put(piece('tab', 'after', { kind: 'tab' }));
    expect((await pieces.list()).map(({ digest }) => digest)).toEqual([digestOf('after')]);
    expect((await pieces.read('tab'))?.text).toBe('after');
  });

  test('of the same text is one of the list, however often it was set aside', async () => {
    await pieces.put(piece('a', 'same'));
    await pieces.put(piece('b', 'other'));
    await pieces.put(piece('c', 'same', { own: false }));
    expect((await pieces.list()).map(({ id, own }) => [id, own])).toEqual([
      ['c', true],
      ['b', true],
    ]);
    expect((await pieces.read('a'))?.text).toBe('same');
  });

  test('is forgotten with all that have its text, but for a tab that lives', async () => {
    await pieces.put(piece('a', 'same'));
    await pieces.put(piece('tab', 'same', { kind: 'tab' }));
    await pieces.forget(digestOf('same'), new Set(['tab']));
    expect(await pieces.read('a')).toBeNull();
    expect((await pieces.read('tab'))?.text).toBe('same');
    await pieces.forget(digestOf('same'));
    expect(await pieces.ids()).toEqual([]);
  });

  test('says how long its text is', async () => {
    await pieces.put(piece('a', 'é€'));
    expect((await pieces.list())[0]!.sizeBytes).toBe(5);
  });

  test('of one digest with another is still its own text', async () => {
    // Two texts of one digest are hard to find; an alien text under the digest does as well.
    const db = await openDB(NAME);
    await db.put('texts', 'not this one', digestOf('mine'));
    await pieces.put(piece('a', 'mine'));
    expect((await pieces.read('a'))?.text).toBe('mine');
    expect(await db.get('texts', digestOf('mine'))).toBe('not this one');
  });
});

describe('what is kept', () => {
  test('loses the oldest of those that somebody wrote, and none for a text that nobody did', async () => {
    for (let i = 0; i < OWN_KEPT; i++) await pieces.put(piece(`own ${i}`, `own ${i}`));
    for (let i = 0; i < OTHERS_KEPT + 5; i++)
      await pieces.put(piece(`link ${i}`, `link ${i}`, { own: false }));
    const list = await pieces.list();
    expect(list.filter(({ own }) => own)).toHaveLength(OWN_KEPT);
    expect(list.filter(({ own }) => !own)).toHaveLength(OTHERS_KEPT);
    await pieces.put(piece('one more', 'one more'));
    expect(await pieces.read('own 0')).toBeNull();
    expect(await pieces.read('own 1')).not.toBeNull();
  });

  test('stays bounded over a thousand pieces of the same text under ever new names', async () => {
    await pieces.put(piece('tab', 'of a tab', { kind: 'tab' }));
    const db = await openDB(NAME);
    const write = db.transaction('pieces', 'readwrite');
    for (let i = 0; i < 999; i++) void write.store.put(infoOf(piece(`name ${i}`, 'same')));
    await write.done;
    db.close();
    await pieces.put(piece('name 999', 'same'), new Set(['tab']));
    const ids = await pieces.ids();
    expect(ids.length).toBeLessThanOrEqual(NAMES_KEPT + 1);
    expect(ids).toContain('tab');
    expect(ids).toContain('name 999');
    expect(ids).not.toContain('name 0');
    expect((await pieces.read('name 999'))?.text).toBe('same');
  });

  test('loses no living tab, however old', async () => {
    await pieces.put(piece('tab', 'of a tab', { kind: 'tab' }));
    const living = new Set(['tab']);
    for (let i = 0; i <= OWN_KEPT; i++) await pieces.put(piece(`own ${i}`, `own ${i}`), living);
    expect((await pieces.read('tab'))?.text).toBe('of a tab');
  });

  test('loses nothing where a new piece finds no room', async () => {
    await pieces.put(piece('a', 'kept'));
    const put = IDBObjectStore.prototype.put;
    IDBObjectStore.prototype.put = function () {
      throw new DOMException('full', 'QuotaExceededError');
    };
    try {
      await expect(pieces.put(piece('b', 'too much'))).rejects.toThrow(/no more room/);
    } finally {
      IDBObjectStore.prototype.put = put;
    }
    expect((await pieces.list()).map(({ id }) => id)).toEqual(['a']);
  });
});

describe('pieces of a file', () => {
  const LATER = 1_000_000;
  const ofFile = (n: number, more: Partial<Piece> = {}) =>
    piece(`file.${n}`, `foreign ${n}`, { savedAt: LATER + n, ...more });
  const many = (count: number, more?: Partial<Piece>) =>
    Array.from({ length: count }, (_, n) => ofFile(n, more));
  const texts = async () => (await pieces.list()).map(({ id }) => id);

  test('cost none of what is kept, whatever their number and their times, and it is told how many had no room', async () => {
    await pieces.put(piece('mine', 'mine'));
    await pieces.put(piece('looked at', 'looked at', { own: false }));
    expect(await pieces.takeUp([...many(OWN_KEPT + 7), ofFile(-1, { own: false })])).toBe(8);
    expect(await texts()).toEqual(expect.arrayContaining(['mine', 'looked at', 'file.-1', 'file.106']));
    expect(await texts()).toHaveLength(OWN_KEPT + 2);
    // The newest of them are the ones that found room.
    expect(await texts()).not.toContain('file.7');
    const others = many(OTHERS_KEPT + 2, { own: false }).map((one) => ({ ...one, text: `other ${one.id}` }));
    expect(await pieces.takeUp(others)).toBe(others.length - OTHERS_KEPT + 2);
    expect(await texts()).toEqual(expect.arrayContaining(['mine', 'looked at']));
  });

  test('go before all that a tab had when there is no more room', async () => {
    await pieces.put(piece('mine', 'mine'));
    await pieces.takeUp(many(OWN_KEPT - 1));
    for (let i = 0; i < 5; i++) await pieces.put(piece(`next ${i}`, `next ${i}`));
    const left = await texts();
    expect(left).toHaveLength(OWN_KEPT);
    expect(left).toEqual(expect.arrayContaining(['mine', 'next 0', 'next 4', 'file.98']));
    expect(left).not.toContain('file.4');
  });

  test('that are set aside already are not added again, and find their room in a full list', async () => {
    for (let i = 0; i < OWN_KEPT; i++) await pieces.put(piece(`own ${i}`, `own ${i}`));
    const before = await pieces.ids();
    const again = before.map((id) => piece(`file.${id}`, id, { savedAt: LATER }));
    expect(await pieces.takeUp(again)).toBe(0);
    expect(await pieces.ids()).toEqual(before);
  });

  test('that a tab shows are set aside beside it, for the next key changes what it shows', async () => {
    await pieces.put(piece('tab', 'same', { kind: 'tab' }));
    expect(await pieces.takeUp([piece('file.same', 'same')])).toBe(0);
    await pieces.put(piece('tab', 'changed', { kind: 'tab' }));
    expect((await pieces.read('file.same'))?.text).toBe('same');
  });

  test('of which one finds no room in the browser are not taken up at all', async () => {
    const put = IDBObjectStore.prototype.put;
    let left = 3;
    IDBObjectStore.prototype.put = function (...args: Parameters<typeof put>) {
      if (left-- === 0) throw new DOMException('full', 'QuotaExceededError');
      return put.apply(this, args);
    };
    try {
      await expect(pieces.takeUp(many(4))).rejects.toThrow(/no more room/);
    } finally {
      IDBObjectStore.prototype.put = put;
    }
    expect(await pieces.ids()).toEqual([]);
  });
});

test('every write is one of strict durability, so that what is safe outlives a crash of the machine', async () => {
  const asked: unknown[] = [];
  const { transaction } = IDBDatabase.prototype;
  IDBDatabase.prototype.transaction = function (
    names: string | string[],
    mode?: IDBTransactionMode,
    options?: IDBTransactionOptions,
  ) {
    if (mode === 'readwrite') asked.push(options?.durability);
    return transaction.call(this, names, mode, options);
  };
  try {
    await pieces.put(piece('a', 'a'));
    await pieces.forget(digestOf('a'));
    await pieces.takeUp([piece('file.b', 'b')]);
    const db = await openDB(NAME);
    const write = db.transaction('pieces', 'readwrite', { durability: 'strict' });
    for (let i = 0; i < NAMES_KEPT; i++) void write.store.put(infoOf(piece(`name ${i}`, 'same')));
    await write.done;
    db.close();
    await pieces.put(piece('one name more', 'same'));
  } finally {
    IDBDatabase.prototype.transaction = transaction;
  }
  expect(asked.length).toBeGreaterThanOrEqual(6);
  expect(new Set(asked)).toEqual(new Set(['strict']));
});

test('at least 50 texts that somebody wrote are kept', async () => {
  for (let i = 0; i < 50; i++) await pieces.put(piece(`own ${i}`, `own ${i}`));
  expect(await pieces.list()).toHaveLength(50);
});

describe('a database', () => {
  test('of a newer page is left alone, and it is said', async () => {
    pieces.close();
    (await openDB('newer', 99)).close();
    await expect(Pieces.open('newer', () => {})).rejects.toThrow(/newer version of this page/);
    await expect(Pieces.open('newer', () => {})).rejects.toBeInstanceOf(NoStorage);
  });

  test('that a newer page wants is given up, and its owner told', async () => {
    let gone = 0;
    await Pieces.open('shared', () => gone++);
    (await openDB('shared', 2)).close();
    expect(gone).toBe(1);
  });
});

test('a piece out of a storage is taken as far as it is one', () => {
  expect(asPiece(null)).toBeNull();
  expect(asPiece({ id: 'a' })).toBeNull();
  expect(asPiece({ id: 'a', text: 't', step: 'x', savedAt: NaN })).toEqual({
    ...{
      id: 'a',
      text: 't',
      title: '',
      step: 0,
      hash: '',
      savedAt: 0,
      seq: 0,
      kind: 'tab',
      own: true,
      entry: '',
    },
  });
});
