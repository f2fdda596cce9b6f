// SPDX-License-Identifier: MIT
import { run } from '#engine/run/runner.ts';
import type { JsonValue } from '#engine/scenario/json.ts';
import { parseDocument } from '#engine/scenario/parse.ts';
import { minifyScenario } from '#engine/scenario/print.ts';
import { finish, searchDifference, searchOnlyCheck, type Side } from '#engine/search/difference.ts';
import { nearest, searchStart } from '#engine/search/nearest.ts';
import { editText } from '#engine/search/reply.ts';
import type { Revision } from '#engine/kernel/features.ts';
import { readCore } from './core.ts';
import { table } from './table.ts';

const MAPPED = { offset: 4096n, length: 4096n, addr: '1M', type: 'MAPPED', dev: 1n };

/** Replies as servers get them wrong, and one that is right; the question is about byte 4096. */
const CASES: { name: string; read: JsonValue; write?: JsonValue; op?: JsonValue }[] = [
  { name: 'starts after pos', read: { ...MAPPED, offset: 8192n } },
  { name: 'an id that no device has', read: { ...MAPPED, dev: 99n } },
  { name: 'length of half a block', read: { ...MAPPED, length: 1000n } },
  { name: 'hole with an address and a device', read: { ...MAPPED, type: 'HOLE' } },
  { name: 'write slot left zeroed', read: MAPPED, write: {}, op: ['WRITE'] },
  {
    name: 'both slots wrong',
    read: { ...MAPPED, dev: 99n },
    write: { ...MAPPED, offset: 100n },
    op: ['WRITE'],
  },
  { name: 'accepted: what breaks it', read: MAPPED },
];

/** How often the searches ask the core: counts, not times, so they are the same on every machine. */
export function benchSearch(): void {
  const rows = CASES.map(({ name, read, write, op = [] }) => {
    const reply: JsonValue = write === undefined ? { read } : { read, write };
    const steps: JsonValue = [{ do: 'backing_open' }, { do: 'iomap_begin', pos: 4096n, op, reply }];
    const { scenario } = parseDocument(minifyScenario({ format: 1n, steps }));
    const core = readCore('v6-04', 'trace');
    const start = scenario && searchStart(core, scenario, run(core, scenario).executions[1]!);
    if (start === null) throw new Error(`the bench's own case is refused: ${name}`);
    const { evaluations, suggestions } = nearest(start.probe, start.mappings);
    return [name, String(evaluations), suggestions[0]?.edits.map(editText).join(', ') ?? 'none'];
  });
  const side = (revision: Revision): Side => ({
    label: revision,
    revision,
    module: readCore(revision, 'trace'),
  });
  const pairs: [Revision, Revision][] = [
    ['v6-03', 'v6-04'],
    ['2026-01', 'v7-04'],
    ['v7-04', 'late'],
  ];
  for (const [left, right] of pairs) {
    const found = finish(searchDifference(side(left), side(right)));
    rows.push([
      `difference: ${left}, ${right}`,
      String(found?.evaluations ?? 0),
      found === null ? 'none' : 'found',
    ]);
  }
  const only = finish(searchOnlyCheck(side('v6-04'), 'device-range-overflow'));
  rows.push([
    'device-range-overflow alone',
    String(only?.evaluations ?? 0),
    only === null ? 'none' : 'found',
  ]);
  console.log(table(['search', 'evaluations', 'nearest'], rows));
}
