// SPDX-License-Identifier: MIT
import { readJson } from '#engine/scenario/json.ts';
import { at } from '#engine/scenario/path.ts';
import { placeOfExample, sectionOf } from '#engine/view/example-order.ts';
import { shownStep } from '#engine/scenario/shown-step.ts';

export interface Example {
  /** File name without its ending. */
  name: string;
  /** The section of the teaching order that it stands in. */
  group: string;
  title: string;
  notes: string;
  text: string;
  /** Whether it has the code of a server: such a scenario runs on the page itself, and nowhere beside. */
  code: boolean;
  /** The step to show. */
  step: number;
}

const files = import.meta.glob<string>('../../../../examples/*.json', {
  query: '?raw',
  import: 'default',
  eager: true,
});

/** Every scenario of the examples folder, in the order in which one who learns looks at them. */
export const EXAMPLES: Example[] = Object.entries(files)
  .map(([path, text]) => {
    const name = path.replace(/^.*\//, '').replace(/\.json$/, '');
    const value = readJson(text).root?.value;
    const string = (key: string) => {
      const found = at(value, [key]);
      return typeof found === 'string' ? found : '';
    };
    return {
      name,
      group: sectionOf(name),
      title: string('title') || name,
      notes: string('notes'),
      code: string('server') !== '',
      text,
      step: shownStep(value),
    };
  })
  .sort((a, b) => placeOfExample(a.name) - placeOfExample(b.name) || a.name.localeCompare(b.name));

/** Those that can run beside the page, many at once: none that has the code of a server. */
export const BESIDE: readonly Example[] = EXAMPLES.filter(({ code }) => !code);

/** Why there are fewer of them than examples. */
export const WITHOUT_CODE = `The other ${EXAMPLES.length - BESIDE.length} of ${EXAMPLES.length} examples have a server in code, and run only when they are open.`;

/** An example by its name; undefined if there is none. */
export const exampleOf = (name: string): Example | undefined => EXAMPLES.find((one) => one.name === name);

/** The example that a scenario is, by its title, whatever else was edited in it; undefined if it is none. */
export const exampleTitled = (title: string): Example | undefined =>
  EXAMPLES.find((one) => one.title === title);
