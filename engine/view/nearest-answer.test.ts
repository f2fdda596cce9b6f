// SPDX-License-Identifier: MIT
import { expect, test } from 'vitest';
import { loadCore } from '../../tests/core-module.ts';
import { consequences } from '../checks/consequences.ts';
import { foresee } from '../run/foresee.ts';
import { run } from '../run/runner.ts';
import { editDocument } from '../scenario/edit.ts';
import { parseDocument } from '../scenario/parse.ts';
import { nearestOffer } from './nearest-answer.ts';

/** Refused for its dev; with a good one, the mapping still runs past the end of the device. */
const TEXT = JSON.stringify({
  format: 1,
  devices: { vda: { size: 1_048_576 } },
  steps: [
    { do: 'backing_open' },
    {
      do: 'iomap_begin',
      pos: 4096,
      reply: { read: { offset: 4096, length: 4096, type: 'MAPPED', dev: 7, addr: 1_046_528 } },
    },
  ],
});

test('an edit that the page would warn about comes after those that it would not', () => {
  const module = loadCore('trace', 'v6-04');
  const { scenario } = parseDocument(TEXT);
  const { executions } = run(module, scenario!);
  const search = nearestOffer(module, scenario!, executions.at(-1)!);
  let next = search.next();
  while (!next.done) next = search.next();
  const warned = next.value!.alternatives.map(({ edits }) => {
    const edited = parseDocument(editDocument(TEXT, edits).text).scenario!;
    const last = run(module, edited, foresee).executions.at(-1)!;
    expect(last.outcome).toBe('ok');
    return consequences(last, last.foreseen ?? null, edited).some(({ tone }) => tone !== 'note');
  });
  // The device's end lies within the mapping: the smaller edit keeps it there.
  expect(next.value!.alternatives.map(({ text }) => text)).toEqual(['read: a hole', 'read.dev 7 → 1']);
  expect(warned).toEqual([false, true]);
});
