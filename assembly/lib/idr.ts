// SPDX-License-Identifier: GPL-2.0-only
/**
 * Small integers to pointers, as lib/idr.c: a radix tree of 64-way nodes that is as high as its largest id
 * needs.
 */

import { DEBUG } from '../config';
import { ENOMEM, ENOSPC } from '../include/linux/errno';
import { kmem_cache, kmem_cache_alloc, kmem_cache_free } from '../mm/slab';

/**
 *     idr, 16 bytes
 *     +0  | root (4)         | levels (4)       |
 *     +8  | cursor (4)       | live ids (4)     |
 *
 *     node, 272 bytes; slots of the lowest level are the pointers, others are nodes
 *     +0  | present: which slots are used       |
 *     +8  | full: which have no free id below   |
 *     +16 | slot 0 (4)       | slot 1 (4)       |
 *         | ...                                 |
 */
@unmanaged
export class idr {
  root: usize;
  levels: u32;
  /** Where the next cyclic search begins: one past the id that was handed out last. */
  cursor: u32;
  live: u32;
}

/** One level of the tree: which of 64 slots hold something, and which have no room below; the slots follow. */
@unmanaged
class node {
  present: u64;
  full: u64;
}
const SLOTS: usize = 16;
const SIZEOF_NODE: u32 = 16 + 64 * 4;
const BITS: u32 = 6;
const ALL: u64 = u64.MAX_VALUE;
const INT_MAX: i32 = i32.MAX_VALUE;

const nodes_block: usize = memory.data(16, 16);

function nodes(): kmem_cache {
  return changetype<kmem_cache>(nodes_block);
}

function slot_of(id: u32, shift: u32): u32 {
  return (id >> shift) & 63;
}

function get_slot(at: node, slot: u32): usize {
  return load<usize>(changetype<usize>(at) + SLOTS + ((<usize>slot) << 2));
}

function set_slot(at: node, slot: u32, value: usize): void {
  store<usize>(changetype<usize>(at) + SLOTS + ((<usize>slot) << 2), value);
}

function bit(slot: u32): u64 {
  return (<u64>1) << slot;
}

/** Shift of the root's slots; the tree holds ids below 1 << (root_shift + BITS). */
function root_shift(map: idr): u32 {
  return (map.levels - 1) * BITS;
}

function holds(map: idr, id: u32): bool {
  return map.levels != 0 && (<u64>id) >> (map.levels * BITS) == 0;
}

export function idr_find(map: idr, id: u32): usize {
  if (!holds(map, id)) return 0;
  let at = map.root;
  for (let shift = root_shift(map); shift > 0; shift -= BITS) {
    at = get_slot(changetype<node>(at), slot_of(id, shift));
    if (at == 0) return 0;
  }
  return get_slot(changetype<node>(at), slot_of(id, 0));
}

/**
 * The lowest id from `start` to `last` that is free (`used` false) or taken (`used` true); -1 if there is none.
 * The bitmaps skip full, or empty, parts of the tree.
 */
function search(map: idr, start: u32, last: u32, used: bool): i64 {
  let id: u64 = start;
  while (id <= last) {
    if (!holds(map, <u32>id)) return used ? -1 : <i64>id;
    let at = changetype<node>(map.root);
    let shift = root_shift(map);
    while (true) {
      const slot = slot_of(<u32>id, shift);
      const wanted = (used ? at.present : ~at.full) & (ALL << slot);
      if (wanted == 0) {
        // Nothing in the rest of this node: go on after it.
        id = ((id >> (shift + BITS)) + 1) << (shift + BITS);
        break;
      }
      const found = <u32>ctz(wanted);
      if (found != slot) id = ((id >> (shift + BITS)) << (shift + BITS)) | ((<u64>found) << shift);
      if (shift == 0) return id <= last ? <i64>id : -1;
      const child = get_slot(at, found);
      if (child == 0) return id <= last ? <i64>id : -1;
      at = changetype<node>(child);
      shift -= BITS;
    }
  }
  return -1;
}

/** The first used id at or after `id`; -1 if there is none. */
export function idr_next_id(map: idr, id: u32): i64 {
  return map.levels == 0 ? -1 : search(map, id, INT_MAX, true);
}

function new_node(): usize {
  return kmem_cache_alloc(nodes(), SIZEOF_NODE);
}

/** Puts a pointer at a free id. 0 or -ENOMEM; on failure the tree holds what it held before. */
export function idr_insert(map: idr, id: u32, value: usize): i32 {
  while (!holds(map, id)) {
    const root = new_node();
    if (root == 0) return -ENOMEM;
    if (map.levels > 0) {
      const old = changetype<node>(map.root);
      set_slot(changetype<node>(root), 0, map.root);
      changetype<node>(root).present = 1;
      if (old.full == ALL) changetype<node>(root).full = 1;
    }
    map.root = root;
    map.levels++;
  }
  if (!insert_below(changetype<node>(map.root), root_shift(map), id, value)) return -ENOMEM;
  map.live++;
  if (DEBUG) {
    idr_validate(map, id);
    assert(idr_find(map, id) == value, 'what was inserted is found');
  }
  return 0;
}

/**
 * In a debug build: in the nodes on the way to an id, the slots that are used are marked so, and those without a free
 * id below are marked full; none but the root is empty.
 */
function idr_validate(map: idr, id: u32): void {
  if (!holds(map, id)) return;
  let at = map.root;
  for (let shift = root_shift(map); ; shift -= BITS) {
    const it = changetype<node>(at);
    assert(it.present != 0 || at == map.root, 'no node but the root is empty');
    for (let slot: u32 = 0; slot < 64; slot++) {
      const child = get_slot(it, slot);
      assert((child != 0) == ((it.present & bit(slot)) != 0), 'a slot is used if it is marked so');
      const full = child != 0 && (shift == 0 || changetype<node>(child).full == ALL);
      assert(full == ((it.full & bit(slot)) != 0), 'a slot is full if it is marked so');
    }
    at = get_slot(it, slot_of(id, shift));
    if (shift == 0 || at == 0) return;
  }
}

function insert_below(at: node, shift: u32, id: u32, value: usize): bool {
  const slot = slot_of(id, shift);
  if (shift == 0) {
    set_slot(at, slot, value);
    at.full |= bit(slot);
  } else {
    let child = get_slot(at, slot);
    if (child == 0) {
      child = new_node();
      if (child == 0) return false;
      set_slot(at, slot, child);
    }
    if (!insert_below(changetype<node>(child), shift - BITS, id, value)) {
      if (changetype<node>(child).present == 0) {
        set_slot(at, slot, 0);
        kmem_cache_free(nodes(), child);
      }
      return false;
    }
    if (changetype<node>(child).full == ALL) at.full |= bit(slot);
  }
  at.present |= bit(slot);
  return true;
}

/** Takes an id out. Returns what it held, or 0. The cursor stays where it is. */
export function idr_remove(map: idr, id: u32): usize {
  const value = idr_find(map, id);
  if (value == 0) return 0;
  remove_below(changetype<node>(map.root), root_shift(map), id);
  map.live--;
  if (DEBUG) {
    idr_validate(map, id);
    assert(idr_find(map, id) == 0, 'what was removed is gone');
  }
  return value;
}

function remove_below(at: node, shift: u32, id: u32): void {
  const slot = slot_of(id, shift);
  at.full &= ~bit(slot);
  if (shift > 0) {
    const child = changetype<node>(get_slot(at, slot));
    remove_below(child, shift - BITS, id);
    if (child.present != 0) return;
    kmem_cache_free(nodes(), changetype<usize>(child));
  }
  set_slot(at, slot, 0);
  at.present &= ~bit(slot);
}

/**
 * idr_alloc_cyclic(): the lowest free id at or after the cursor, else from `start`. `end` is exclusive, and 0 or
 * less means no limit but INT_MAX. Success moves the cursor to one past the id; failure leaves it alone.
 */
export function idr_alloc_cyclic(map: idr, value: usize, start: i32, end: i32): i32 {
  const last: u32 = end > 0 ? end - 1 : INT_MAX;
  const first = max<u32>(map.cursor, <u32>start);
  let id = search(map, first, last, false);
  if (id < 0 && first > <u32>start) id = search(map, start, last, false);
  if (id < 0) return -ENOSPC;
  const err = idr_insert(map, <u32>id, value);
  if (err != 0) return err;
  map.cursor = <u32>id + 1;
  if (DEBUG) assert(id >= <i64>start && id <= <i64>last, 'an id is in its range');
  return <i32>id;
}

/** The lowest free id from `start` on. */
export function idr_lowest_free(map: idr, start: u32): u32 {
  return <u32>search(map, start, INT_MAX, false);
}

/** idr_alloc(): the lowest free id from `start` on; `end` as above. */
export function idr_alloc(map: idr, value: usize, start: i32, end: i32): i32 {
  const id = search(map, start, end > 0 ? end - 1 : INT_MAX, false);
  if (id < 0) return -ENOSPC;
  const err = idr_insert(map, <u32>id, value);
  return err != 0 ? err : <i32>id;
}

/** Frees the nodes; what the pointers point to is the caller's. */
export function idr_destroy(map: idr): void {
  if (map.levels > 0) destroy_below(map.root, root_shift(map));
  map.root = 0;
  map.levels = 0;
  map.live = 0;
}

function destroy_below(at: usize, shift: u32): void {
  if (shift > 0) {
    for (let slot: u32 = 0; slot < 64; slot++) {
      const child = get_slot(changetype<node>(at), slot);
      if (child != 0) destroy_below(child, shift - BITS);
    }
  }
  kmem_cache_free(nodes(), at);
}
