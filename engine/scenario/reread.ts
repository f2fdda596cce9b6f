// SPDX-License-Identifier: MIT
/**
 * Reads a text that differs from one that was read before. Only the innermost list or object around the difference
 * is read, and of it only what lies between two children that the difference does not touch. The rest is reused:
 * its values are the same objects, so caches keyed by object identity still hit.
 */

import { difference } from './difference.ts';
import { readJson, type Extent, type JsonFault, type JsonNode, type JsonText, type Member } from './json.ts';

/** A stretch of the text before, and by how much what follows it moved. */
interface Change extends Extent {
  by: number;
}

/** The node as it is now, or the fault that the whole text has; null if more has to be read to tell. */
type Reread = { node: JsonNode } | { fault: JsonFault } | null;

/** The same result as readJson(text), reusing as much of `before` as possible. */
export function rereadJson(before: JsonText, text: string): JsonText {
  const clean = before.faults.length === 0 ? before : before.clean;
  if (clean?.text === text) return clean;
  const reread = clean?.root && around(clean.root, changeOf(clean.text, text), text, 0);
  if (reread && 'node' in reread) return { text, root: reread.node, broken: false, faults: [] };
  if (reread) return new Broken(text, reread.fault, clean!);
  const read = readJson(text);
  return read.faults.length === 0 || clean === undefined ? read : { ...read, clean };
}

function changeOf(before: string, text: string): Change {
  const { start, removed } = difference(before, text);
  return { start, end: start + removed.length, by: text.length - before.length };
}

/** Text that is not JSON: as many nodes as it has are read only on demand. */
class Broken implements JsonText {
  readonly text: string;
  readonly broken = true;
  readonly faults: JsonFault[];
  readonly clean: JsonText;
  #read: JsonText | undefined;

  constructor(text: string, fault: JsonFault, clean: JsonText) {
    this.text = text;
    this.faults = [fault];
    this.clean = clean;
  }

  get root(): JsonNode | undefined {
    this.#read ??= readJson(this.text);
    return this.#read.root;
  }
}

/** Reads a list or an object again that has the change inside of it, `depth` levels deep. */
function around(node: JsonNode, change: Change, text: string, depth: number): Reread {
  const list = childrenOf(node);
  if (list === null || node.start >= change.start || change.end >= node.end) return null;
  // The children that the change touches; none if `last` is before `first`.
  const first = firstWhere(list, (child) => extent(child).end >= change.start);
  const last = firstWhere(list, (child) => extent(child).start > change.end) - 1;
  if (first === last) {
    const child = list[first]!;
    const inner = around(valueOf(child), change, text, depth + 1);
    if (inner && 'fault' in inner)
      return { fault: inside(inner.fault, 'name' in child ? child.name : first) };
    if (inner) {
      const now = 'name' in child ? { ...child, node: inner.node } : inner.node;
      return { node: rebuilt(node, list, { first, last, now: [now] }, change.by) };
    }
  }
  return between(node, list, { first, last }, change, text, depth);
}

/** Reads from the last child before the change to the first one after it, both included. */
function between(
  node: JsonNode,
  list: Child[],
  { first, last }: { first: number; last: number },
  change: Change,
  text: string,
  depth: number,
): Reread {
  const [left, right] = [list[first - 1], list[last + 1]];
  const from = left === undefined ? node.start + 1 : extent(left).start;
  const to = (right === undefined ? node.end - 1 : extent(right).end) + change.by;
  const part = text.slice(from, to);
  const read = readJson(node.items ? `[${part}]` : `{${part}}`, depth);
  const by = from - 1;
  const now = childrenOf(read.root!)!.map((child) => moved(child, by));
  const fresh = {
    start: left === undefined ? from : extent(left).end,
    end: right === undefined ? to : extent(right).start + change.by,
  };
  if (node.members && repeats(list, { first, last }, now, fresh)) return null;
  if (read.broken) {
    const fault = read.faults[0]!;
    // A fault at the end or after it may depend on what follows.
    if (read.faults.length > 1 || read.afterValue || fault.end > part.length) return null;
    return { fault: placed(fault, by, node.items && left ? first - 1 : 0) };
  }
  if (read.faults.length > 0) return null;
  // The two neighbours were read only to see that they are still intact.
  const others = now.slice(left === undefined ? 0 : 1, right === undefined ? now.length : -1);
  return { node: rebuilt(node, list, { first, last, now: others }, change.by) };
}

const inside = (fault: JsonFault, key: string | number): JsonFault => ({
  ...fault,
  path: [key, ...fault.path!],
});

function placed(fault: JsonFault, by: number, index: number): JsonFault {
  const [key, ...path] = fault.path!;
  const at = typeof key === 'number' ? key + index : key;
  return {
    ...fault,
    start: fault.start + by,
    end: fault.end + by,
    path: at === undefined ? [] : [at, ...path],
  };
}

/** Whether one of the new keys, which stand between `from` and `to`, is one of those that stay. */
function repeats(
  list: Child[],
  { first, last }: { first: number; last: number },
  now: Child[],
  between: Extent,
) {
  const stay = new Set(
    [...list.slice(0, first), ...list.slice(last + 1)].map((child) => (child as Member).name),
  );
  return (now as Member[]).some(
    ({ name, key }) => key.start >= between.start && key.start < between.end && stay.has(name),
  );
}

/** A node with some of its children replaced, and those after them moved. */
function rebuilt(
  node: JsonNode,
  list: Child[],
  { first, last, now }: { first: number; last: number; now: Child[] },
  by: number,
): JsonNode {
  const after = by === 0 ? list.slice(last + 1) : list.slice(last + 1).map((child) => moved(child, by));
  const children = [...list.slice(0, first), ...now, ...after];
  const { start } = node;
  const end = node.end + by;
  if (node.items) {
    const items = children as JsonNode[];
    return { start, end, value: items.map(({ value }) => value), items };
  }
  const members = children as Member[];
  const value = Object.fromEntries(members.map(({ name, node: child }) => [name, child!.value]));
  return { start, end, value, members };
}

type Child = JsonNode | Member;

const childrenOf = (node: JsonNode): Child[] | null => node.items ?? node.members ?? null;
const valueOf = (child: Child): JsonNode => ('name' in child ? child.node! : child);
const extent = (child: Child): Extent =>
  'name' in child ? { start: child.key.start, end: (child.node ?? child.key).end } : child;

function moved(child: Child, by: number): Child {
  if (!('name' in child)) return new Moved(child, by);
  const { name, key, node } = child;
  const now: Member = { name, key: { start: key.start + by, end: key.end + by } };
  if (node) now.node = new Moved(node, by);
  return now;
}

/** A node with shifted offsets. Its children are shifted on access: few of many are ever accessed. */
class Moved implements JsonNode {
  readonly #node: JsonNode;
  readonly #by: number;
  #children: Child[] | undefined;

  constructor(node: JsonNode, by: number) {
    this.#node = node instanceof Moved ? node.#node : node;
    this.#by = node instanceof Moved ? node.#by + by : by;
  }

  get start(): number {
    return this.#node.start + this.#by;
  }
  get end(): number {
    return this.#node.end + this.#by;
  }
  get value(): JsonNode['value'] {
    return this.#node.value;
  }
  get members(): Member[] | undefined {
    return this.#node.members && (this.#moved(this.#node.members) as Member[]);
  }
  get items(): JsonNode[] | undefined {
    return this.#node.items && (this.#moved(this.#node.items) as JsonNode[]);
  }

  #moved(children: Child[]): Child[] {
    this.#children ??= children.map((child) => moved(child, this.#by));
    return this.#children;
  }
}

/** Binary search: the index of the first child for which `holds`; it must hold for all after it too. */
function firstWhere(list: readonly Child[], holds: (child: Child) => boolean): number {
  let low = 0;
  let high = list.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (holds(list[middle]!)) high = middle;
    else low = middle + 1;
  }
  return low;
}
