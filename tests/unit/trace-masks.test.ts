// SPDX-License-Identifier: MIT
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import asc from 'assemblyscript/asc';
import { expect, test } from 'vitest';
import { CONFIG, optionsOf } from '../../scripts/core-settings.mjs';
import { ASSEMBLY } from '../core-module.ts';

/** The core has fewer checks than its masks have bits, so the masks are asked by an entry of their own. */
const ENTRY = `
import { refused, trace_check, trace_failed, trace_reset } from './trace';

export function fail(what: u32): bool {
  trace_reset();
  return trace_check(what, true, 0, 0, 0) && refused();
}
export { trace_failed };
`;

interface Masks {
  fail(what: number): number;
  trace_failed(what: number): number;
}

async function masks(): Promise<Masks> {
  const options = optionsOf({ number: 4 }, { trace: 1, debug: 0, options: [] });
  let bytes = new Uint8Array();
  const { error, stderr } = await asc.main(
    ['assembly/masks.ts', '--config', CONFIG, '--outFile', 'masks.wasm', ...options],
    {
      readFile: (name) => {
        if (name.endsWith('assembly/masks.ts')) return ENTRY;
        try {
          return readFileSync(join(ASSEMBLY, '..', name), 'utf8');
        } catch {
          return null;
        }
      },
      writeFile: (_name, contents) => void (bytes = contents as Uint8Array<ArrayBuffer>),
      listFiles: () => [],
    },
  );
  if (error) throw new Error(stderr.toString(), { cause: error });
  const { instance } = await WebAssembly.instantiate(bytes, { trace: { trace_flush: () => undefined } });
  return instance.exports as unknown as Masks;
}

test('a failed check is told from each of the 255 others, and from itself on another mapping', async () => {
  const { fail, trace_failed } = await masks();
  const all = [0, 1, 2].flatMap((which) => Array.from({ length: 256 }, (_, check) => check | (which << 16)));
  for (const failed of all) {
    expect(fail(failed)).toBe(1);
    // One at a time: the marks of the call before are gone as well.
    const told = all.filter((asked) => trace_failed(asked) !== 0);
    expect(told).toEqual([failed]);
  }
});
