// SPDX-License-Identifier: MIT
import {
  nodeAt,
  readJson,
  type Extent,
  type JsonNode,
  type JsonText,
  type JsonValue,
  type Path,
} from './json.ts';
import { Pieces, type Change } from './pieces.ts';
import { rereadJson } from './reread.ts';
import { scenarioSchema } from './schema.ts';
import { shapeAt, shapeOf } from './shape.ts';
import { minify, pretty, type Layout } from './write.ts';

/** The text after the edits, and the same edits as one transaction on the text before. */
export interface Edited {
  text: string;
  /** In offsets of the text before, ascending, none touching another. */
  changes: Change[];
  /** How the text after the edits reads. */
  json: JsonText;
}

/** How a document is written, as far as what is put in must match. */
interface Style {
  eol: string;
  indent: string;
  /** No blanks at all. */
  compact: boolean;
}

/**
 * A document that is being edited as text: each operation changes as little as it can and writes what it puts
 * in as its neighbours are written. Throws if the text is not JSON, since then there is no place to edit.
 */
export class Draft {
  readonly #pieces: Pieces;
  #json: JsonText;

  /** @param source the text, or how it was read already */
  constructor(source: string | JsonText) {
    this.#json = usable(typeof source === 'string' ? readJson(source) : source);
    this.#pieces = new Pieces(this.#json.text);
  }

  get root(): JsonNode | undefined {
    return this.#json.root;
  }

  finish(): Edited {
    return { text: this.#pieces.text, changes: this.#pieces.changes(), json: this.#json };
  }

  /** Makes changes that lie apart from each other, in offsets of the present text. */
  change(changes: Change[]): void {
    this.#pieces.replace(changes.toSorted((a, b) => a.offset - b.offset));
    if (changes.length > 0) this.#json = usable(rereadJson(this.#json, this.#pieces.text));
  }

  /**
   * Puts a value at a path, making the containers around it that are missing; undefined removes what is there.
   * An index at or past an array's end appends.
   */
  set(path: Path, value: JsonValue | undefined): void {
    const last = path.at(-1);
    const here = nodeAt(this.root, path);
    if (value === undefined) {
      if (here !== undefined && last !== undefined) this.remove(path);
    } else if (here !== undefined) {
      if (minify(here.value) !== minify(value)) this.#replace(here, this.#write(value, here.start, 1));
    } else if (last === undefined) {
      this.#replace({ start: 0, end: this.#pieces.text.length }, `${pretty(value)}\n`);
    } else {
      const parentPath = path.slice(0, -1);
      const parent = nodeAt(this.root, parentPath);
      const fits = typeof last === 'number' ? parent?.items !== undefined : parent?.members !== undefined;
      if (fits) this.#insert(parentPath, parent!, last, value);
      else this.set(parentPath, typeof last === 'number' ? [value] : { [last]: value });
    }
  }

  /** Puts an item before the one at `index`, or last. The path is an array's. */
  insertItem(path: Path, index: number, value: JsonValue): void {
    const array = nodeAt(this.root, path);
    if (array?.items === undefined) return this.set([...path, 0], value);
    this.#place(array, array.items, Math.min(index, array.items.length), value);
  }

  /** Takes a member or an item out. */
  remove(path: Path): void {
    const parent = nodeAt(this.root, path.slice(0, -1));
    if (parent === undefined) return;
    const at = children(parent);
    const last = path.at(-1)!;
    const i = typeof last === 'number' ? last : parent.members!.findIndex(({ name }) => name === last);
    const child = at[i];
    if (child === undefined) return;
    if (at.length === 1) this.#replace({ start: parent.start + 1, end: parent.end - 1 }, '');
    else if (i < at.length - 1) this.#replace({ start: child.start, end: at[i + 1]!.start }, '');
    else this.#replace({ start: at[i - 1]!.end, end: child.end }, '');
  }

  /** Moves an item so that it has the index `to` afterwards. The text of every item stays as it is. */
  moveItem(path: Path, from: number, to: number): void {
    const items = nodeAt(this.root, path)?.items;
    const item = items?.[from];
    const target = items?.[to];
    if (items === undefined || item === undefined || target === undefined || from === to) return;
    const { text } = this.#pieces;
    const own = text.slice(item.start, item.end);
    if (from < to) {
      const gap = { start: item.end, end: items[from + 1]!.start };
      this.change([
        { offset: item.start, length: gap.end - item.start, content: '' },
        { offset: target.end, length: 0, content: text.slice(gap.start, gap.end) + own },
      ]);
    } else {
      const gap = { start: items[from - 1]!.end, end: item.start };
      this.change([
        { offset: target.start, length: 0, content: own + text.slice(gap.start, gap.end) },
        { offset: gap.start, length: item.end - gap.start, content: '' },
      ]);
    }
  }

  /** The text of a value. */
  textAt(extent: Extent): string {
    return this.#pieces.text.slice(extent.start, extent.end);
  }

  /** Puts text between the items of an array, with the separator that its neighbours have. */
  copyItem(path: Path, index: number): void {
    const items = nodeAt(this.root, path)?.items;
    const item = items?.[index];
    if (items === undefined || item === undefined) return;
    const separator = this.#separator(nodeAt(this.root, path)!, items, index + 1);
    this.change([{ offset: item.end, length: 0, content: separator + this.textAt(item) }]);
  }

  /** A member goes where the schema's order has it, an item last. */
  #insert(path: Path, parent: JsonNode, last: string | number, value: JsonValue): void {
    const at = children(parent);
    if (typeof last === 'number') return this.#place(parent, at, at.length, value);
    const order = Object.keys(shapeAt(shapeOf(scenarioSchema), this.root!.value, path)?.entries ?? {});
    const rank = order.indexOf(last);
    const before = parent.members!.findLastIndex(({ name }) => rank < 0 || order.indexOf(name) < rank);
    this.#place(parent, at, before + 1, value, last);
  }

  /** Puts a child before the one at `index`, or last; with `name` it is a member. */
  #place(parent: JsonNode, at: Extent[], index: number, value: JsonValue, name?: string): void {
    if (at.length === 0) {
      const whole = name === undefined ? [value] : { [name]: value };
      return this.#replace(parent, this.#write(whole, parent.start, 1));
    }
    const label = name === undefined ? '' : JSON.stringify(name) + (this.#style().compact ? ':' : ': ');
    const separator = this.#separator(parent, at, index);
    const before = separator.slice(separator.lastIndexOf('\n') + 1).length + label.length;
    const anchor = at[Math.min(index, at.length - 1)]!;
    const content = label + this.#write(value, anchor.start, 1, before);
    if (index === 0) this.change([{ offset: anchor.start, length: 0, content: content + separator }]);
    else this.change([{ offset: at[index - 1]!.end, length: 0, content: separator + content }]);
  }

  /** What stands between the children around `index`, comma and all. */
  #separator(parent: JsonNode, at: Extent[], index: number): string {
    const { text } = this.#pieces;
    const right = Math.min(Math.max(index, 1), at.length - 1);
    if (at.length > 1) return text.slice(at[right - 1]!.end, at[right]!.start);
    const lead = text.slice(parent.start + 1, at[0]!.start);
    if (/[\r\n]/.test(lead)) return `,${lead}`;
    return this.#style().compact ? ',' : ', ';
  }

  /** The text of a value that begins where `offset` is, or `before` characters into its line. */
  #write(value: JsonValue, offset: number, after: number, before?: number): string {
    const { eol, indent, compact } = this.#style();
    if (compact) return minify(value);
    const { text } = this.#pieces;
    const lineStart = Math.max(text.lastIndexOf('\n', offset - 1), text.lastIndexOf('\r', offset - 1)) + 1;
    const margin = /^[ \t]*/.exec(text.slice(lineStart, offset))![0];
    const layout: Layout = { margin, indent, eol, before: before ?? offset - lineStart, after };
    return pretty(value, layout);
  }

  #style(): Style {
    const { text } = this.#pieces;
    const eol = /\r\n|\r|\n/.exec(text)?.[0] ?? '\n';
    const root = this.root;
    const first = root === undefined ? undefined : children(root)[0];
    const lead = first === undefined ? '' : text.slice(root!.start + 1, first.start);
    const indent = /[\r\n]([ \t]+)$/.exec(lead)?.[1] ?? '  ';
    const { key, node } = root?.members?.[0] ?? {};
    const compact = key !== undefined && node !== undefined && text.slice(key.end, node.start) === ':';
    return { eol, indent, compact: compact && lead === '' };
  }

  #replace({ start, end }: Extent, content: string): void {
    this.change([{ offset: start, length: end - start, content }]);
  }
}

/** Where the members (key to value) or items of a container stand. */
function children(node: JsonNode): Extent[] {
  return (
    node.items ??
    (node.members ?? []).map(({ key, node: value }) => ({ start: key.start, end: (value ?? key).end }))
  );
}

function usable(json: JsonText): JsonText {
  if (json.broken && json.text.trim() !== '')
    throw new Error(`The document can't be edited in place: ${json.faults[0]?.message}`);
  return json;
}
