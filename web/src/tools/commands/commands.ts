// SPDX-License-Identifier: MIT
import { CHECK_IDS } from '#engine/kernel/checks.ts';
import { beginsOf, replyPath } from '../compare/replies.ts';
import { chosen } from '../compare/sides.svelte.ts';
import { mailCommands } from '../share/commands.ts';
import type { App } from '../../app/app.svelte.ts';
import { edit } from '../../app/editing.ts';
import { download, openFile } from '../../app/files.ts';
import { at } from '#engine/scenario/path.ts';
import { DEFAULT_REVISION, REVISION_LABELS } from '../../app/revisions.ts';
import { STEP_KINDS, addStep, copyChosen, moveChosen, removeChosen } from '../../app/steps.ts';
import { THEMES } from '../../boot/theme.ts';
import { EXAMPLES } from '../examples/examples.ts';

export interface Command {
  group: string;
  label: string;
  keys?: string;
  /** Other words under which it is found. */
  words?: string[];
  run: () => void;
}

/** The chosen step's reply, kept to compare later ones with; nothing if the step has none. */
function keepReply(app: App): Command[] {
  const { step } = app.selection;
  const { value } = app.document.parsed;
  if (!beginsOf(value).includes(step)) return [];
  const run = () => {
    chosen.keep({ reply: at(value, replyPath(step)), step });
    chosen.show('replies');
    app.notices.show('The reply is kept as A. Edit it, then compare.', {
      actions: [{ label: 'Compare now', run: () => app.selection.open('compare') }],
    });
  };
  return [{ group: 'Edit', label: 'Keep this reply as A, to compare', words: ['two replies'], run }];
}

/** Every action that the page has, as they apply now. */
export function commands(app: App): Command[] {
  const { document, selection } = app;
  const scenario: Command[] = [
    {
      group: 'Scenario',
      label: 'Share a link',
      keys: 'Ctrl S',
      words: ['copy', 'url'],
      run: () => selection.open('share'),
    },
    { group: 'Scenario', label: 'New scenario', words: ['empty', 'clear'], run: () => app.newScenario() },
    {
      group: 'Scenario',
      label: 'Open a file',
      keys: 'Ctrl O',
      words: ['load', 'import'],
      run: () => void openFile(app),
    },
    { group: 'Scenario', label: 'Download as .json', words: ['save', 'export'], run: () => download(app) },
    {
      group: 'Scenario',
      label: 'Browse the examples',
      words: ['gallery'],
      run: () => selection.open('examples'),
    },
    {
      group: 'Scenario',
      label: 'Compare revisions',
      words: ['matrix', 'difference', 'patch', 'side by side', 'two scenarios'],
      run: () => selection.open('compare'),
    },
    {
      group: 'Scenario',
      label: 'Compare two replies',
      words: ['side by side', 'alternative'],
      run: () => {
        chosen.show('replies');
        selection.open('compare');
      },
    },
    ...keepReply(app),
    {
      group: 'Kernel',
      label: 'Change the core',
      words: ['edit', 'source', 'code', 'compile', 'diff'],
      run: () => selection.open('edit'),
    },
    {
      group: 'Kernel',
      label: 'About the revisions',
      words: ['mail', 'patch', 'version'],
      run: () => selection.open('revisions'),
    },
    {
      group: 'Scenario',
      label: 'Notes',
      words: ['markdown', 'description'],
      run: () => selection.open('notes'),
    },
    {
      group: 'Scenario',
      label: 'Bring back earlier work',
      words: ['recover'],
      run: () => selection.open('recover'),
    },
  ];
  const mail = mailCommands(app);
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
    {
      group: 'View',
      label: 'Keyboard',
      keys: '?',
      words: ['shortcuts', 'help'],
      run: () => selection.open('shortcuts'),
    },
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
  const examples = EXAMPLES.map(({ title, text, step, name }) => ({
    group: 'Examples',
    label: `Example: ${title}`,
    words: [name],
    run: () => app.load(text, `open example ${title}`, step),
  }));
  const checks = CHECK_IDS.filter((id) => id !== 'none').map((id) => ({
    group: 'Checks',
    label: `Check: ${id}`,
    run: () => app.openCheck(id),
  }));
  return [...scenario, ...mail, ...steps, ...view, ...revisions, ...examples, ...checks];
}
