// SPDX-License-Identifier: MIT
type Json = unknown;
type Schema = Record<string, Json>;

/** A schema shorter than this is repeated. */
const WORTH_CHARS = 200;

/** A JSON Schema in which what stands in more than one place is written once, under `definitions`. */
export function shared(schema: Schema): Schema {
  const counts = new Map<string, number>();
  const texts = new Map<Schema, string>();
  const textOf = (one: Schema): string => {
    const known = texts.get(one) ?? JSON.stringify(one);
    texts.set(one, known);
    return known;
  };
  const count = (one: Schema) => {
    const text = textOf(one);
    const before = counts.get(text) ?? 0;
    counts.set(text, before + 1);
    if (before === 0) parts(one, (part) => (count(part), part));
  };
  count(schema);

  const names = new Map<string, string>();
  const definitions: Schema = {};
  const written = (one: Schema): Schema => {
    const text = textOf(one);
    if (text.length < WORTH_CHARS || counts.get(text) === 1) return parts(one, written);
    let name = names.get(text);
    if (name === undefined) {
      name = `shape${names.size + 1}`;
      names.set(text, name);
      definitions[name] = parts(one, written);
    }
    return { $ref: `#/definitions/${name}` };
  };
  const root = parts(schema, written);
  return names.size === 0 ? root : { ...root, definitions };
}

/** A schema with each schema that is directly within it replaced. */
function parts(schema: Schema, replaced: (part: Schema) => Schema): Schema {
  const within = (value: Json): Json => (isSchema(value) ? replaced(value) : value);
  return Object.fromEntries(
    Object.entries(schema).map(([key, value]): [string, Json] => {
      if (key === 'properties' && isSchema(value))
        return [key, Object.fromEntries(Object.entries(value).map(([name, one]) => [name, within(one)]))];
      if (['anyOf', 'allOf', 'oneOf'].includes(key) && Array.isArray(value)) return [key, value.map(within)];
      if (['items', 'additionalProperties', 'propertyNames'].includes(key)) return [key, within(value)];
      return [key, value];
    }),
  );
}

const isSchema = (value: Json): value is Schema =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
