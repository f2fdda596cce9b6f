// SPDX-License-Identifier: MIT
/** As much of JSON Schema as ours uses. A keyword that is not known here throws, so that none goes unchecked. */
export interface JsonSchema {
  [keyword: string]: unknown;
  type?: string;
  const?: unknown;
  enum?: unknown[];
  pattern?: string;
  anyOf?: JsonSchema[];
  properties?: Record<string, JsonSchema>;
  required?: string[];
  additionalProperties?: JsonSchema | false;
  propertyNames?: JsonSchema;
  items?: JsonSchema;
}

const ASIDE = new Set([
  '$schema',
  'description',
  'default',
  'required',
  'properties',
  'additionalProperties',
]);

/** Whether a JSON value (integers as bigint) satisfies a schema. */
export function satisfies(value: unknown, schema: JsonSchema): boolean {
  return Object.keys(schema).every((keyword) => holds(keyword, value, schema)) && membersFit(value, schema);
}

function holds(keyword: string, value: unknown, schema: JsonSchema): boolean {
  if (ASIDE.has(keyword)) return true;
  switch (keyword) {
    case 'type':
      return typeOf(value) === schema.type;
    case 'const':
      return plain(value) === schema.const;
    case 'enum':
      return schema.enum!.includes(plain(value));
    case 'pattern':
      return typeof value !== 'string' || new RegExp(schema.pattern!).test(value);
    case 'anyOf':
      return schema.anyOf!.some((option) => satisfies(value, option));
    case 'items':
      return !Array.isArray(value) || value.every((item) => satisfies(item, schema.items!));
    case 'propertyNames':
      return (
        typeOf(value) !== 'object' ||
        Object.keys(value as object).every((name) => satisfies(name, schema.propertyNames!))
      );
  }
  throw new Error(`Unknown keyword ${keyword}`);
}

function membersFit(value: unknown, schema: JsonSchema): boolean {
  if (typeOf(value) !== 'object') return true;
  const object = value as Record<string, unknown>;
  if (!(schema.required ?? []).every((name) => Object.hasOwn(object, name))) return false;
  return Object.entries(object).every(([name, item]) => {
    const own = schema.properties?.[name] ?? schema.additionalProperties;
    return own === undefined || (own !== false && satisfies(item, own));
  });
}

function typeOf(value: unknown): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'array';
  return typeof value === 'bigint' ? 'integer' : typeof value;
}

function plain(value: unknown): unknown {
  return typeof value === 'bigint' ? Number(value) : value;
}
