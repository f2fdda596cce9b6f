// SPDX-License-Identifier: MIT
import type { App } from '../../app/app.svelte.ts';
import { edit } from '../../app/editing.ts';
import { download, openFile } from '../../app/files.ts';
import { REVISION_LABELS } from '../../app/revisions.ts';
import { DEFAULT_REVISION } from '#engine/kernel/features.ts';
import { STEP_KINDS, addStep, copyChosen, moveChosen, removeChosen } from '../../app/steps.ts';
import type { Command } from '../../app/tool.ts';
import { THEMES } from '../../boot/theme.ts';

/** What the page does without a tool, as it applies now. */
export function commands(app: App): Command[] {
  const { document } = app;
  const scenario: Command[] = [
    {
      group: 'Scenario',
      label: 'New scenario',
      words: ['empty', 'clear'],
      order: 20,
      run: () => app.newScenario(),
    },
    {
      group: 'Scenario',
      label: 'Open a file',
      keys: 'Ctrl O',
      words: ['load', 'import'],
      order: 30,
      run: () => void openFile(app),
    },
    {
      group: 'Scenario',
      label: 'Download as .json',
      words: ['save', 'export'],
      order: 40,
      run: () => download(app),
    },
  ];
  const steps: Command[] = [
    ...(document.canUndo
      ? [{ group: 'Edit', label: `Undo: ${document.undoLabel}`, keys: 'Ctrl Z', run: () => document.undo() }]
      : []),
    ...(document.canRedo
      ? [
          {
            group: 'Edit',
            label: `Redo: ${document.redoLabel}`,
            keys: 'Ctrl Shift Z',
            run: () => document.redo(),
          },
        ]
      : []),
    ...STEP_KINDS.map((kind) => ({
      group: 'Edit',
      label: `Add step: ${kind.do}`,
      words: [kind.text],
      run: () => addStep(app, kind.do),
    })),
    ...(app.stepCount > 0
      ? [
          { group: 'Edit', label: 'Copy this step', words: ['duplicate'], run: () => copyChosen(app) },
          { group: 'Edit', label: 'Remove this step', words: ['delete'], run: () => removeChosen(app) },
          { group: 'Edit', label: 'Move this step earlier', keys: 'Alt ←', run: () => moveChosen(app, -1) },
          { group: 'Edit', label: 'Move this step later', keys: 'Alt →', run: () => moveChosen(app, 1) },
        ]
      : []),
  ];
  const view: Command[] = [
    { group: 'View', label: 'Form', run: () => app.showTab('form') },
    {
      group: 'View',
      label: 'Document',
      words: ['json', 'text', 'editor'],
      run: () => app.showTab('document'),
    },
    {
      group: 'View',
      label: 'Numbers in the next notation',
      keys: 'N',
      words: ['hex', 'decimal', 'blocks'],
      run: () => app.view.cycleNotation(),
    },
    ...THEMES.map((theme) => ({
      group: 'View',
      label: `Theme: ${theme}`,
      words: ['dark', 'light'],
      run: () => app.theme.set(theme),
    })),
    { group: 'View', label: 'First step', run: () => app.choose(0) },
    { group: 'View', label: 'Last step', run: () => app.choose(app.stepCount - 1) },
    { group: 'View', label: 'Run again', run: () => app.runAgain() },
  ];
  const revisions = Object.entries(REVISION_LABELS).map(([name, label]) => ({
    group: 'Kernel',
    label: `Answer as ${label}`,
    words: [name, 'revision'],
    run: () => {
      const value = name === DEFAULT_REVISION ? undefined : name;
      document.seal();
      edit(document, [{ path: ['kernel', 'revision'], value }], `answer as ${name}`);
    },
  }));
  return [...scenario, ...steps, ...view, ...revisions];
}
