// SPDX-License-Identifier: MIT
import { readJson } from '#engine/scenario/json.ts';
import { at } from '#engine/scenario/path.ts';
import { shownStep } from '#engine/scenario/shown-step.ts';

export interface Example {
  /** File name without its ending; the part before the first dash names its group. */
  name: string;
  group: string;
  title: string;
  notes: string;
  text: string;
  /** Whether it has the code of a server: such a scenario runs on the page itself, and nowhere beside. */
  code: boolean;
  /** The step to show. */
  step: number;
}

const GROUPS: Record<string, string> = {
  begin: 'Answering iomap_begin',
  check: 'Each check, once as the one that decides',
  end: 'iomap_end',
  backing: 'The backing table',
  io: 'Reading and writing through the mappings',
  server: 'A server as code',
  review: 'From review',
};

/** Where a newcomer begins: these come before the others of their group, which are sorted by file name. */
const FIRST = ['begin-read', 'begin-read-hole', 'begin-pure-overwrite', 'begin-out-of-place'];

const files = import.meta.glob<string>('../../../../examples/*.json', {
  query: '?raw',
  import: 'default',
  eager: true,
});

/** Every scenario of the examples folder, grouped, the first ones to look at before the others. */
export const EXAMPLES: Example[] = Object.entries(files)
  .map(([path, text]) => {
    const name = path.replace(/^.*\//, '').replace(/\.json$/, '');
    const value = readJson(text).root?.value;
    const string = (key: string) => {
      const found = at(value, [key]);
      return typeof found === 'string' ? found : '';
    };
    const prefix = name.split('-')[0] ?? '';
    const group = GROUPS[prefix] ?? prefix;
    return {
      name,
      group,
      title: string('title') || name,
      notes: string('notes'),
      code: string('server') !== '',
      text,
      step: shownStep(value),
    };
  })
  .sort((a, b) => order(a) - order(b) || place(a) - place(b) || a.name.localeCompare(b.name));

function place({ name }: { name: string }): number {
  const index = FIRST.indexOf(name);
  return index < 0 ? FIRST.length : index;
}

function order({ name }: { name: string }): number {
  const index = Object.keys(GROUPS).findIndex((prefix) => name.startsWith(`${prefix}-`));
  return index < 0 ? Object.keys(GROUPS).length : index;
}
