// SPDX-License-Identifier: MIT
/** The rule of scripts/layers.mjs is in force: ESLint, with the settings of the project, reports what it refuses. */
import { resolve } from 'node:path';
import { ESLint } from 'eslint';
import { expect, test } from 'vitest';

const eslint = new ESLint({
  cwd: resolve(import.meta.dirname, '../..'),
  // Of all rules only this one: the others need types, and are not what is asked here.
  ruleFilter: ({ ruleId }) => ruleId === 'layers/imports',
});

const UP = "import '../run/runner.ts';\n";
const LATE = `<script lang="ts"></script>\n{#await import('../tools/share/forms.ts')}…{/await}\n`;

test.each([
  ['an import', 'engine/core/machine.ts', UP],
  ['a lazy one', 'engine/core/machine.ts', "export const late = () => import('../run/runner.ts');\n"],
  ['a type', 'engine/core/machine.ts', "export type A = import('../run/types.ts').Run;\n"],
  ['one in markup', 'web/src/ui/Late.svelte', LATE],
  ['no door', 'cli/main.ts', "import '#engine/run/execute.ts';\n"],
])('lint reports %s that is refused', async (_, filePath, text) => {
  const [result] = await eslint.lintText(text, { filePath });
  const { messages } = result!;
  expect(messages.map(({ ruleId, severity }) => [ruleId, severity])).toEqual([['layers/imports', 2]]);
});

test('and nothing where the import goes down', async () => {
  const [result] = await eslint.lintText("import '../core/machine.ts';\n", {
    filePath: 'engine/run/runner.ts',
  });
  expect(result!.messages).toEqual([]);
});
