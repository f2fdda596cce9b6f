import { test } from 'vitest';
import { readFileSync, writeFileSync } from 'node:fs';
import { parseDocument } from '#engine/scenario/parse.ts';
import { printScenario } from '#engine/scenario/print.ts';
test('x', () => {
  for (const f of ['server-linear', 'server-forgets-block']) {
    const p = `examples/${f}.json`;
    const d = parseDocument(readFileSync(p, 'utf8'));
    console.log(d.problems);
    writeFileSync(p, printScenario(d.value));
  }
});
