// SPDX-License-Identifier: MIT
import { grouped } from '../../ui/group.ts';
import type { App } from '../../app/app.svelte.ts';
import { openingCommands, type Command } from '../../app/tool.ts';

/** The groups in their order; those that a tool adds come after them. */
const GROUPS = ['Scenario', 'Edit', 'Kernel', 'Mail', 'View', 'Examples', 'Checks'];

const rank = ({ group }: Command) => {
  const index = GROUPS.indexOf(group);
  return index < 0 ? GROUPS.length : index;
};

/** Every command that there is now, by group. Throws if those of a tool do not load. */
export async function palette(app: App): Promise<[group: string, commands: Command[]][]> {
  const { all } = app.tools;
  const further = await Promise.all(
    all.map(async ({ commands }) => (await commands?.())?.commands(app) ?? []),
  );
  const own = openingCommands(all, (id) => app.tools.open(id));
  const last = Number.POSITIVE_INFINITY;
  const list = [...further.flat(), ...own].sort(
    (a, b) => rank(a) - rank(b) || (a.order ?? last) - (b.order ?? last) || 0,
  );
  return grouped(list);
}
