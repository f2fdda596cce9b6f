// SPDX-License-Identifier: MIT
import type { JsonValue } from './json.ts';
import type { Scenario } from './schema.ts';

/** Whether a scenario says itself who answers what its steps leave open. */
export function hasAnswers(scenario: Pick<Scenario, 'inodes' | 'server'>): boolean {
  return scenario.server !== undefined || hasExtents(scenario);
}

/** Whether a file of it says its extents: then they answer for all of its files. */
export function hasExtents({ inodes }: Pick<Scenario, 'inodes'>): boolean {
  return Object.values(inodes).some(({ extents }) => extents !== undefined);
}

/** The same of a document, whatever it holds. */
export const documentHasAnswers = (value: JsonValue): boolean => firstAsked(value) !== null;

/** Who is asked first for what the steps of a document leave open; null for nobody. */
export function firstAsked(value: JsonValue): 'server' | 'extents' | null {
  if (typeof fieldsOf(value)['server'] === 'string') return 'server';
  const inodes = Object.values(fieldsOf(fieldsOf(value)['inodes']));
  return inodes.some((inode) => fieldsOf(inode)['extents'] !== undefined) ? 'extents' : null;
}

/** The document without those who answer. */
export function withoutAnswers(value: JsonValue): JsonValue {
  const { inodes, server: _server, ...rest } = fieldsOf(value);
  if (inodes === undefined) return rest;
  const plain = Object.entries(fieldsOf(inodes)).map(([name, inode]) => {
    const { extents: _, allocates: __, copyOnWrite: ___, ...own } = fieldsOf(inode);
    return [name, own];
  });
  return { ...rest, inodes: Object.fromEntries(plain) };
}

function fieldsOf(value: JsonValue | undefined): { [key: string]: JsonValue } {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : {};
}
