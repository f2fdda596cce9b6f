// SPDX-License-Identifier: MIT
import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import type { Row } from './row.ts';

/** Nothing can be said about such a file. */
export class UnusableFile extends Error {}

/** A row, and the line of its file that it stands in, the first is 1. */
export interface NumberedRow {
  line: number;
  row: Row;
}

const GZIP = [0x1f, 0x8b] as const;

function contents(path: string): string {
  try {
    const bytes = readFileSync(path);
    return (bytes[0] === GZIP[0] && bytes[1] === GZIP[1] ? gunzipSync(bytes) : bytes).toString('utf8');
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    throw new UnusableFile(`${path}: ${code === 'ENOENT' ? 'there is no such file' : message}`, {
      cause: error,
    });
  }
}

/** A string of JSON, or a number of so many digits that a double may not hold it. */
const STRING_OR_LONG = /"(?:[^"\\]|\\.)*"|-?\d{16,}(?![\d.eE])/g;

/** One line. Long integers become strings, as the vectors write them: a double would round them. */
function parseRow(line: string): Row | null {
  try {
    const exact = line.replace(STRING_OR_LONG, (token) => (token.startsWith('"') ? token : `"${token}"`));
    const value = JSON.parse(exact) as unknown;
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Row) : null;
  } catch {
    return null;
  }
}

/** The rows of a file of JSON Lines, plain or gzipped; blank lines count as lines only. Throws UnusableFile. */
export function readRows(path: string): NumberedRow[] {
  const rows: NumberedRow[] = [];
  const text = contents(path).replace(/^\ufeff/, '');
  for (const [i, line] of text.split('\n').entries()) {
    if (line.trim() === '') continue;
    const row = parseRow(line);
    if (row === null) throw new UnusableFile(`${path}:${i + 1}: not a JSON object on one line`);
    rows.push({ line: i + 1, row });
  }
  return rows;
}
