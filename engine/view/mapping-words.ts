// SPDX-License-Identifier: MIT
import { inline, isObject, type JsonValue } from '../scenario/path.ts';

/**
 * A mapping of a reply in short, as the document writes it: `MAPPED, offset 4096, length 4096, addr 0, dev 1`.
 * @param written undefined for one that the reply leaves out: libfuse writes a pure overwrite instead
 */
export function mappingWords(written: JsonValue | undefined): string {
  if (!isObject(written)) return 'left out: a pure overwrite';
  const plain = (value: JsonValue): string =>
    Array.isArray(value) ? value.map(plain).join(' ') : typeof value === 'string' ? value : inline(value);
  const { type, ...fields } = written;
  const told = Object.entries(fields).map(([name, value]) => `${name} ${plain(value)}`);
  return [type === undefined ? 'HOLE' : plain(type), ...told].join(', ');
}
