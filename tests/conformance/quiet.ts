// SPDX-License-Identifier: MIT
import type { Call } from '#engine/core/machine.ts';
import { MayMachine as Machine } from '#engine/core/may-machine.ts';

/** Leftovers of a call that no test reads. */
const NOTHING = {
  path: [],
  decided: null,
  events: [],
  lost: 0,
  request: null,
  reply: null,
  transfers: [],
};

/**
 * A machine that can leave its trace unread. To decode it takes most of the time of a short call, and to set up
 * a table takes thousands of calls, and only their results count.
 */
export class QuietMachine extends Machine {
  /** Whether calls return their result and nothing else. */
  quiet = true;

  protected override call(enter: () => number): Call {
    return this.quiet ? { ret: enter(), ...NOTHING } : super.call(enter);
  }
}
