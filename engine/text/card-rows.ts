// SPDX-License-Identifier: MIT
import type { JsonValue } from '../scenario/json.ts';
import { valuePieces } from './card-value.ts';

/** Columns of a card: what a mail is wrapped at. */
export const CARD_COLUMNS = 72;

const HANG = 12;

type Fields = Record<string, JsonValue>;

/** The tables of named things, and what one of them is called. */
export const TABLES: Readonly<Record<string, string>> = { devices: 'device', fds: 'fd', inodes: 'inode' };

/** The key of a row's first word, where the word stands without it. */
export const FIRST: Readonly<Record<string, string>> = {
  kernel: 'revision',
  fd: 'kind',
  step: 'do',
  read: 'type',
  write: 'type',
};

/** What a reader wants to see of a step even if it is the default (a default never changes within a format). */
const SHOWN: Readonly<Record<string, Fields>> = {
  backing_open: { fd: 3n, type: 'IOMAP' },
  backing_close: { id: 1n },
  passthrough_open: { id: 1n },
  iomap_begin: { op: 0n, pos: 0n, count: 4096n },
};

/**
 * Lays out one row: its label, then its parts, two spaces between them. The pieces of a part stay together if
 * their line holds them.
 */
export function cardRow(label: string, parts: readonly string[][], hang = HANG): string[] {
  const lines: string[] = [];
  let line = label.padEnd(hang - 1) + ' ';
  let empty = true;
  const put = (text: string, gap: string) => {
    const longer = empty ? line + text : line + gap + text;
    if (longer.length > CARD_COLUMNS && line.trim() !== '') {
      lines.push(line.trimEnd());
      line = ' '.repeat(hang) + text;
    } else line = longer;
    empty = false;
  };
  for (const pieces of parts) {
    const whole = pieces.join(' ');
    if (pieces.length > 1 && hang + whole.length > CARD_COLUMNS)
      pieces.forEach((piece, i) => put(piece, i === 0 ? '  ' : ' '));
    else put(whole, '  ');
  }
  return [...lines, line.trimEnd()];
}

/** The rows of everything but the steps: what differs from the defaults, and the revision. */
export function setupRows(scenario: Fields, revision: string): string[] {
  const { format: _format, steps: _steps, show: _show, title, notes, kernel, ...rest } = scenario;
  return [
    ...(title === undefined ? [] : valueRow('title', title)),
    ...(notes === undefined ? [] : valueRow('notes', notes)),
    ...fieldsRow('kernel', { revision, ...(kernel as Fields | undefined) }, 'kernel'),
    ...Object.entries(rest).flatMap(([key, value]) => topRows(key, value)),
  ];
}

function topRows(key: string, value: JsonValue): string[] {
  const table = Object.hasOwn(TABLES, key) ? TABLES[key] : undefined;
  if (table === undefined || !isFields(value) || Object.keys(value).length === 0) return valueRow(key, value);
  return Object.entries(value).flatMap(([name, item]) => fieldsRow(`${table} ${name}`, item, table));
}

/**
 * The rows of a step; `remark` is put after what it does. `answered` says that a reply which is left out is one that others
 * give: it has no row.
 */
export function stepRows(step: Fields, number: number, remark: string, answered = false): string[] {
  const { do: kind, ...rest } = step;
  const main: Fields = { do: kind!, ...SHOWN[String(kind)], ...scalars(rest) };
  const own = fieldsParts(main, 'do');
  const parts = remark === '' ? own : [...own, [`(${remark})`]];
  const rows = cardRow(`step ${number}:`, parts);
  if (kind === 'iomap_begin' && !(answered && rest['reply'] === undefined))
    rows.push(...replyRows(rest['reply']));
  for (const [key, value] of Object.entries(rest)) {
    if (key === 'reply' && kind === 'iomap_begin') continue;
    if (isFields(value) || key === 'note') rows.push(...valueRow(`  ${key}`, value));
  }
  return rows;
}

/** A reply to a begin: the two mappings with every field, or an error, or raw bytes. */
function replyRows(reply: JsonValue | undefined): string[] {
  const fields = isFields(reply) ? reply : {};
  if ('hex' in fields || 'payload' in fields || 'error' in fields) return valueRow('  reply', fields);
  const { read, write, ...others } = fields;
  return [
    ...mappingRow('read', read),
    ...(write === undefined ? [] : mappingRow('write', write)),
    ...(Object.keys(others).length === 0 ? [] : valueRow('  reply', others)),
  ];
}

function mappingRow(label: string, mapping: JsonValue | undefined): string[] {
  const { type, flags, ...rest } = isFields(mapping) ? mapping : {};
  const shown: Fields = {
    type: type ?? 'HOLE',
    ...{ offset: 0n, length: 0n, addr: 0n, dev: 0n },
    ...rest,
    ...(flags === undefined ? {} : { flags }),
  };
  return fieldsRow(`  ${label}`, shown, label);
}

/** `label: value`, the value an object's fields or one thing. */
function valueRow(label: string, value: JsonValue): string[] {
  return isFields(value) ? fieldsRow(label, value, '') : cardRow(`${label}:`, [valuePieces(value, label)]);
}

function fieldsRow(label: string, value: JsonValue, kind: string): string[] {
  const fields = isFields(value) ? value : {};
  return cardRow(`${label}:`, Object.keys(fields).length === 0 ? [['{}']] : fieldsParts(fields, FIRST[kind]));
}

/** `key value` for each field, dotted where it is nested; the one under `first` leads and has no key. */
function fieldsParts(fields: Fields, first?: string): string[][] {
  const { [first ?? '']: leading, ...rest } = fields;
  const pairs = Object.entries(rest).flatMap(([key, value]) => pair(key, value));
  return leading === undefined || first === undefined ? pairs : [valuePieces(leading, first), ...pairs];
}

function pair(path: string, value: JsonValue): string[][] {
  if (isFields(value)) {
    const entries = Object.entries(value);
    if (entries.length > 0 && entries.every(([key]) => /^[A-Za-z_0-9]+$/.test(key)))
      return entries.flatMap(([key, item]) => pair(`${path}.${key}`, item));
  }
  const [head = '', ...tail] = valuePieces(value, path.slice(path.lastIndexOf('.') + 1));
  return [
    path.length + head.length < CARD_COLUMNS - HANG ? [`${path} ${head}`, ...tail] : [path, head, ...tail],
  ];
}

function scalars(step: Fields): Fields {
  return Object.fromEntries(
    Object.entries(step).filter(([key, value]) => !isFields(value) && key !== 'note'),
  );
}

function isFields(value: JsonValue | undefined): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
