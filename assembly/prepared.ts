// SPDX-License-Identifier: GPL-2.0-only
/** What a map build has beside a fast one: a reply that is there before it is asked for, and the check that refused. */

import { MAP } from './config';

/**
 *     prepared, 8 bytes
 *     +0  | reply (4)        | decided (4)      |
 *
 * `reply` is where a fuse_iomap_begin_out lies that answers the next begins, 0 for none. `decided` is the check that
 * failed last, with its mapping: a Check and a Which, as in a record.
 */
@unmanaged
class prepared {
  reply: usize;
  decided: u32;
}
const prepared_block: usize = MAP ? memory.data(8, 8) : 0;

const REPLY_BYTES: usize = 64;

export function keep_decided(what: u32): void {
  changetype<prepared>(prepared_block).decided = what;
}

export function decided(): u32 {
  return changetype<prepared>(prepared_block).decided;
}

/** From now on this reply answers every begin; 0 lets the server answer again. */
export function prepare(reply: usize): void {
  changetype<prepared>(prepared_block).reply = reply;
}

/** Puts the prepared reply where an answer is looked for; false if there is none. */
export function take_prepared(to: usize): bool {
  const reply = changetype<prepared>(prepared_block).reply;
  if (reply == 0) return false;
  // Stores: memory.copy is a call out of wasm, which costs more than the evaluation.
  for (let at: usize = 0; at < REPLY_BYTES; at += 8) store<u64>(to + at, load<u64>(reply + at));
  return true;
}
