// SPDX-License-Identifier: GPL-2.0-only
/**
 * Page numbers to pointers, for keys of 64 bits: pages of a device, folios of a file. A radix tree of 64-way
 * nodes, as high as its largest key needs.
 */

import { DEBUG } from '../config';
import { kmem_cache, kmem_cache_alloc, kmem_cache_free } from '../mm/slab';

/**
 *     xarray, 8 bytes
 *     +0  | root (4)         | levels (4)       |
 *
 *     node, 264 bytes; slots of the lowest level are the pointers, others are nodes
 *     +0  | present: which slots are used       |
 *     +8  | slot 0 (4)       | slot 1 (4)       |
 *         | ...                                 |
 */
@unmanaged
export class xarray {
  root: usize;
  levels: u32;
}

/** One level of the tree: which of 64 slots hold something; the slots follow. */
@unmanaged
class xa_node {
  present: u64;
}
const SLOTS: usize = 8;
const SIZEOF_NODE: u32 = 8 + 64 * 4;
const BITS: u64 = 6;

const nodes_block: usize = memory.data(16, 16);

function nodes(): kmem_cache {
  return changetype<kmem_cache>(nodes_block);
}

function slot_at(node: usize, slot: u64): usize {
  return node + SLOTS + ((<usize>slot) << 2);
}

function slot_of(key: u64, shift: u64): u64 {
  return (key >> shift) & 63;
}

/** Shift of the root's slots. Eleven levels hold every key of 64 bits. */
function root_shift(map: xarray): u64 {
  return (<u64>map.levels - 1) * BITS;
}

function holds(map: xarray, key: u64): bool {
  return map.levels >= 11 || (map.levels != 0 && key >> (<u64>map.levels * BITS) == 0);
}

/** What is stored at a key, or 0. */
export function xa_load(map: xarray, key: u64): usize {
  if (!holds(map, key)) return 0;
  let at = map.root;
  for (let shift = root_shift(map); shift > 0; shift -= BITS) {
    at = load<usize>(slot_at(at, slot_of(key, shift)));
    if (at == 0) return 0;
  }
  return load<usize>(slot_at(at, slot_of(key, 0)));
}

/** Stores a pointer that is not 0. False if memory is out. */
export function xa_store(map: xarray, key: u64, value: usize): bool {
  while (!holds(map, key)) {
    const root = kmem_cache_alloc(nodes(), SIZEOF_NODE);
    if (root == 0) return false;
    if (map.levels > 0) {
      store<usize>(slot_at(root, 0), map.root);
      changetype<xa_node>(root).present = 1;
    }
    map.root = root;
    map.levels++;
  }
  let at = map.root;
  for (let shift = root_shift(map); shift > 0; shift -= BITS) {
    const slot = slot_of(key, shift);
    let child = load<usize>(slot_at(at, slot));
    if (child == 0) {
      child = kmem_cache_alloc(nodes(), SIZEOF_NODE);
      if (child == 0) return false;
      store<usize>(slot_at(at, slot), child);
      changetype<xa_node>(at).present |= (<u64>1) << slot;
    }
    at = child;
  }
  store<usize>(slot_at(at, slot_of(key, 0)), value);
  changetype<xa_node>(at).present |= (<u64>1) << slot_of(key, 0);
  if (DEBUG) {
    xa_validate(map, key);
    assert(xa_load(map, key) == value, 'what was stored is found');
  }
  return true;
}

/** Takes a key out. Nodes that become empty are freed, but for the root. */
export function xa_erase(map: xarray, key: u64): void {
  if (holds(map, key)) erase_below(map.root, root_shift(map), key);
  if (DEBUG) {
    xa_validate(map, key);
    assert(xa_load(map, key) == 0, 'what was erased is gone');
  }
}

/** In a debug build: the nodes on the way to a key say which of their slots are used, and none but the root is empty. */
function xa_validate(map: xarray, key: u64): void {
  if (!holds(map, key)) return;
  let at = map.root;
  for (let shift = root_shift(map); ; shift -= BITS) {
    const present = changetype<xa_node>(at).present;
    assert(present != 0 || at == map.root, 'no node but the root is empty');
    for (let slot: u64 = 0; slot < 64; slot++) {
      const used = load<usize>(slot_at(at, slot)) != 0;
      assert(used == (((present >> slot) & 1) != 0), 'a slot is used if it is marked so');
    }
    at = load<usize>(slot_at(at, slot_of(key, shift)));
    if (shift == 0 || at == 0) return;
  }
}

function erase_below(at: usize, shift: u64, key: u64): void {
  const slot = slot_of(key, shift);
  const child = load<usize>(slot_at(at, slot));
  if (child == 0) return;
  if (shift > 0) {
    erase_below(child, shift - BITS, key);
    if (changetype<xa_node>(child).present != 0) return;
    kmem_cache_free(nodes(), child);
  }
  store<usize>(slot_at(at, slot), 0);
  changetype<xa_node>(at).present &= ~((<u64>1) << slot);
}

/** Where xa_find() leaves the key that it found. */
const found_block: usize = memory.data(8, 8);

export function xa_found(): u64 {
  return load<u64>(found_block);
}

/** The first pointer at or after a key, 0 if there is none; its key is xa_found() then. */
export function xa_find(map: xarray, key: u64): usize {
  return holds(map, key) ? find_below(map.root, root_shift(map), key, 0) : 0;
}

/** `base` is the key of the node's first slot; keys before `from` do not count. */
function find_below(at: usize, shift: u64, from: u64, base: u64): usize {
  const first = from > base ? (from - base) >> shift : 0;
  let wanted = first > 63 ? 0 : changetype<xa_node>(at).present & (u64.MAX_VALUE << first);
  while (wanted != 0) {
    const slot = ctz(wanted);
    const child = load<usize>(slot_at(at, slot));
    const start = base + (slot << shift);
    if (shift == 0) {
      store<u64>(found_block, start);
      return child;
    }
    const below = find_below(child, shift - BITS, from, start);
    if (below != 0) return below;
    wanted &= wanted - 1;
  }
  return 0;
}
