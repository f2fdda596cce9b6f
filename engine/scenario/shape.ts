// SPDX-License-Identifier: MIT
/** The parts of a schema that its readers beside validation look at: print, edit, the tables of FORMATS.md. */
export interface Shape {
  type: string;
  /** Of an object, in order. */
  entries?: Record<string, Shape>;
  /** Of what may be left out or null: the thing itself; `default` if it has one. */
  wrapped?: Shape;
  default?: unknown;
  /** Of an array. */
  item?: Shape;
  /** Of a record: the values. */
  value?: Shape;
  /** Of a choice: the shapes, and which of them an input is meant to be. */
  options?: Shape[];
  getter?: (input: unknown) => Shape;
}

/** A schema seen as its shape. */
export function shapeOf(schema: object): Shape {
  return schema as Shape;
}

/** The shape that a value at `path` of a document must have; undefined for a place that the schema hasn't. */
export function shapeAt(
  root: Shape,
  document: unknown,
  path: readonly (string | number)[],
): Shape | undefined {
  const entry = entryAt(root, document, path);
  return entry && unwrap(entry, valueAt(document, path));
}

/** As `shapeAt`, with what says that the value may be left out or null, and what holds then. */
export function entryAt(
  root: Shape,
  document: unknown,
  path: readonly (string | number)[],
): Shape | undefined {
  let entry: Shape | undefined = root;
  let value = document;
  for (const step of path) {
    const shape: Shape = unwrap(entry, value);
    value = valueAt(value, [step]);
    entry = typeof step === 'number' ? shape.item : (shape.entries?.[step] ?? shape.value);
    if (entry === undefined) return undefined;
  }
  return entry;
}

function valueAt(document: unknown, path: readonly (string | number)[]): unknown {
  return path.reduce<unknown>(
    (value, step) =>
      typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[step] : undefined,
    document,
  );
}

/** The shape inside an optional one, and of a choice the one that a value is meant to be. */
export function unwrap(shape: Shape, value: unknown): Shape {
  if (shape.wrapped !== undefined) return unwrap(shape.wrapped, value);
  return shape.type === 'choice' ? unwrap(shape.getter!(value), value) : shape;
}
