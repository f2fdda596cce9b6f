// SPDX-License-Identifier: MIT
import { describe } from './build.ts';
import { FORMAT } from './caps.ts';
import type { JsonValue } from './json.ts';

/** What a document's `format` says: usable after the upgrade, or why not. */
export type Upgraded = { value: JsonValue } | { message: string };

/**
 * Brings a document of an older format to the present one.
 *
 * Format 1 is the only one, so nothing changes yet. A later format adds a step from the one before it, here,
 * and documents of format 1 stay readable through the chain of them.
 */
export function upgradeDocument(value: JsonValue): Upgraded {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    return { message: `Expected a scenario: an object that begins with { "format": ${FORMAT}.` };
  }
  const format = Object.hasOwn(value, 'format') ? value['format'] : undefined;
  if (format === undefined) {
    return { message: `The key "format" is missing: a scenario begins with { "format": ${FORMAT}.` };
  }
  if (typeof format === 'bigint' && format > FORMAT) {
    return {
      message: `This scenario has format ${format} and needs a newer build; this one reads format ${FORMAT}.`,
    };
  }
  if (format !== BigInt(FORMAT)) {
    return { message: `${describe(String(FORMAT), format)} A scenario begins with { "format": ${FORMAT}.` };
  }
  return { value };
}
