// SPDX-License-Identifier: MIT
import { CALLBACKS } from '../scenario/server-record.ts';
import type { FuseServer } from '../server/fuse-server.ts';

const NONE =
  'the code exports no server: export default an object with callbacks such as iomap_begin, or export the callbacks themselves';

/** What a module exported. */
export type Exports = Record<string, unknown>;

/** The server in what the code exports: its default (an object, a class, a function that makes one), or the exports. */
export function serverOf(exports: Exports): FuseServer {
  const main = exports['default'];
  if (main === undefined) {
    if ([...CALLBACKS, 'init'].some((name) => typeof exports[name] === 'function')) return exports;
    throw new Error(NONE);
  }
  const made: unknown = typeof main === 'function' ? instanceOf(main as () => unknown) : main;
  if (typeof made !== 'object' || made === null) throw new Error(NONE);
  return made;
}

function instanceOf(main: (() => unknown) | (new () => unknown)): unknown {
  const isClass = /^class\b/.test(Function.prototype.toString.call(main));
  return isClass ? new (main as new () => unknown)() : (main as () => unknown)();
}
