// SPDX-License-Identifier: MIT
import type { JsonValue } from './json.ts';
import type { Scenario } from './schema.ts';

/** Whether a scenario says itself who answers what its steps leave open. */
export function hasAnswers({ inodes, server }: Pick<Scenario, 'inodes' | 'server'>): boolean {
  if (server !== undefined) return true;
  return Object.values(inodes).some(({ extents }) => extents !== undefined);
}

/** The same of a document, whatever it holds. */
export function documentHasAnswers(value: JsonValue): boolean {
  if (typeof fieldsOf(value)['server'] === 'string') return true;
  return Object.values(fieldsOf(fieldsOf(value)['inodes'])).some(
    (inode) => fieldsOf(inode)['extents'] !== undefined,
  );
}

function fieldsOf(value: JsonValue | undefined): { [key: string]: JsonValue } {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : {};
}
