// SPDX-License-Identifier: MIT
import type { JsonValue } from './json.ts';
import { parseInteger } from './integers.ts';

type JsonObject = { [key: string]: JsonValue };

/** `"4b"`: blocks of a filesystem, as xfs_io counts them. */
const BLOCKS = /^(-?\d{1,18})b$/i;
/** The keys of inodes and steps that hold bytes of a file or of a device. Others count something else, or are hex digits. */
const BYTE_KEYS = new Set([
  ...['offset', 'length', 'addr', 'pos', 'count', 'written', 'size'],
  ...['newsize', 'diskSize', 'logical', 'physical'],
]);

/**
 * A document with each number of blocks (`"4b"`) as bytes. How large a block is says the inode that the number stands
 * in, or that the step is about. Where no block size is known the text stays, and is not a number to the schema.
 *
 * What has no such number comes back as the same object, for which readers may remember what they made of it.
 */
export function blocksInBytes(document: JsonValue): JsonValue {
  if (!isObject(document)) return document;
  const { inodes, steps } = document;
  const sizes = new Map<string, bigint | undefined>(
    isObject(inodes) ? Object.entries(inodes).map(([name, inode]) => [name, blockBytes(inode)]) : [],
  );
  const ofStep = (step: JsonValue) => stepBlockBytes(step, steps, sizes);
  return mapped(document, (part, key) => {
    if (key === 'inodes' && isObject(part))
      return mapped(part, (inode, name) => inBytes(inode, () => sizes.get(name)));
    if (key === 'steps' && Array.isArray(part))
      return mapped(part, (step) => inBytes(step, () => ofStep(step), true));
    return part;
  });
}

const DEFAULT_BLOCK_BYTES = 4096n;

/** Bytes in a block of an inode as a document has it; undefined if it can't be read. */
function blockBytes(inode: JsonValue): bigint | undefined {
  if (!isObject(inode)) return undefined;
  const { blockSize = DEFAULT_BLOCK_BYTES } = inode;
  if (typeof blockSize === 'bigint') return blockSize;
  return typeof blockSize === 'string' ? parseInteger(blockSize) : undefined;
}

/** Bytes in a block of the inode that a step is about; undefined if it is not known before the run. */
function stepBlockBytes(
  step: JsonValue,
  steps: JsonValue | undefined,
  sizes: ReadonlyMap<string, bigint | undefined>,
): bigint | undefined {
  if (!isObject(step)) return undefined;
  if (step['do'] === 'iomap_end') {
    const of = typeof step['of'] === 'string' ? parseInteger(step['of']) : step['of'];
    if (typeof of !== 'bigint') {
      // It ends the begin that was accepted last, whichever that will be.
      const [one, ...others] = new Set(sizes.values());
      if (others.length > 0) return undefined;
      return sizes.size === 0 ? DEFAULT_BLOCK_BYTES : one;
    }
    const begin = Array.isArray(steps) ? steps[Number(of)] : undefined;
    return isObject(begin) && begin['do'] === 'iomap_begin' ? stepBlockBytes(begin, steps, sizes) : undefined;
  }
  const { inode } = step;
  if (typeof inode === 'string') return sizes.get(inode);
  return sizes.size === 0 ? DEFAULT_BLOCK_BYTES : [...sizes.values()][0];
}

function inBytes(value: JsonValue, block: () => bigint | undefined, isStep = false): JsonValue {
  if (Array.isArray(value)) return mapped(value, (item) => inBytes(item, block));
  if (!isObject(value)) return value;
  // How many extents there is room for.
  const countsExtents = isStep && value['do'] === 'fiemap';
  return mapped(value, (item, key) => {
    if (typeof item !== 'string') return inBytes(item, block);
    if (!BYTE_KEYS.has(key) || (countsExtents && key === 'count')) return item;
    const blocks = BLOCKS.exec(item);
    const bytes = blocks === null ? undefined : block();
    return bytes === undefined ? item : BigInt(blocks![1]!) * bytes;
  });
}

/** What `of` makes of each part; the same object if all of them stay. */
function mapped<C extends JsonObject | JsonValue[]>(
  container: C,
  of: (item: JsonValue, key: string) => JsonValue,
): C {
  let changed: JsonObject | JsonValue[] | null = null;
  for (const key of Object.keys(container)) {
    const item = (container as JsonObject)[key]!;
    const next = of(item, key);
    if (next === item) continue;
    changed ??= Array.isArray(container) ? [...container] : { ...container };
    (changed as JsonObject)[key] = next;
  }
  return (changed ?? container) as C;
}

const isObject = (value: JsonValue | undefined): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
