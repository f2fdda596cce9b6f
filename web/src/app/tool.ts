// SPDX-License-Identifier: MIT
/**
 * A tool is what opens: a dialog, a view, a panel. Each folder of `tools/` says in its `tool.ts` what the page has
 * to know of it. Palette, keys, menus, addresses and layout read that, so a new folder is all that a new tool needs.
 */
import type { Component } from 'svelte';
import type { OpenedLink } from '#engine/link/open.ts';
import { nowhereWords, shownHash } from '../boot/nowhere.ts';
import type { App } from './app.svelte.ts';

/** What each tool's component is given. */
export interface ToolProps {
  close: () => void;
  title: string;
  /** What it was opened on, in the tool's own terms: a check, a pasted text; '' for nothing in particular. */
  subject: string;
}

/** An action of the palette. */
export interface Command {
  group: string;
  label: string;
  /** Keys that do the same, for the reader. */
  keys?: string | undefined;
  /** Other words under which it is found. */
  words?: readonly string[] | undefined;
  /** Where it stands within its group; left out, at the end. */
  order?: number | undefined;
  run: () => void;
}

/** A `#/…` address that a tool has while it lies open. */
export interface Place {
  /** `compare` in `#/compare`. */
  name: string;
  /** For addresses such as `#/check/length-zero`, whose last part is what the tool is opened on. */
  part?: {
    /** What the part names: `check`. */
    noun: string;
    example: string;
    has: (part: string) => boolean;
    /** Whether the tool also opens without one, at `#/name`. */
    optional?: true;
  };
}

/** A menu, or another row of buttons, in which a tool stands. */
export interface MenuEntry {
  /** file: the File menu. bar: the buttons of the header. revision: small ones beside the choice of a revision. */
  in: 'file' | 'bar' | 'revision';
  /** Left out, the tool's title. */
  label?: string;
  /** What a button says to a screen reader where its label is only a sign. */
  name?: string;
  /** A sentence for the pointer that rests on it. */
  about?: string;
  /** In the File menu a line stands where the hundred changes. */
  order: number;
  /** Shows the tool's keys in the button. */
  withKeys?: boolean;
  /** Not on a narrow screen, where another menu or Help has it. */
  whereRoomy?: boolean;
  /** The one that stands out, at the end. */
  primary?: boolean;
}

export interface Tool {
  /** The name of its folder. */
  id: string;
  title: string;
  /** Other words under which the palette finds it. */
  words?: readonly string[];
  /** `Ctrl K` or `?`, and what they do, for the list of keys. Without Ctrl they are those of the page outside of fields. */
  keys?: { press: string; what: string };
  /** Keys that the browser turns into something the page hears of: shown, and not listened for. */
  browserKeys?: string;
  place?: Place;
  /**
   * - over: a dialog over the columns
   * - instead: in place of the columns, which stay mounted underneath
   * - beside: a panel beside the columns, which stay live; on a narrow screen above them
   */
  opens: 'over' | 'instead' | 'beside';
  /** Of one that opens beside: it takes the machine's place, or on a narrow screen the lower edge, so that nothing moves. */
  drawer?: true;
  load: () => Promise<{ default: Component<ToolProps> }>;
  /** How the palette offers to open it; left out, it does not. */
  command?: { group: string; label?: string; order?: number };
  /** Further commands, which load with the palette. */
  commands?: () => Promise<{ commands: (app: App) => Command[] }>;
  menus?: readonly MenuEntry[];
  /** For text that is pasted or dropped on the page: `take` resolves to whether the tool took it. */
  takes?: () => Promise<{ take: (app: App, text: string) => Promise<boolean> }>;
  /** A link was opened, which may carry something for the tool. */
  linkOpened?: (app: App, opened: OpenedLink) => void;
}

/** The keys that a reader may press for it. */
export const keysOf = (tool: Tool): string | undefined => tool.keys?.press ?? tool.browserKeys;

/**
 * A key event as keys are written, in lower case: `ctrl k`, `?`; null if it is none of the page's.
 * @param typing whether text is being typed where the key was pressed
 */
export function pressOf(
  event: Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'altKey'>,
  typing: boolean,
): string | null {
  const control = event.ctrlKey || event.metaKey;
  if (!control && (typing || event.altKey)) return null;
  return control ? `ctrl ${event.key.toLowerCase()}` : event.key.toLowerCase();
}

/** The tool that a key opens, or null. @param press from pressOf() */
export const toolOfKey = (tools: readonly Tool[], press: string | null): Tool | null =>
  tools.find(({ keys }) => keys?.press.toLowerCase() === press) ?? null;

/** The address of a tool while it is open on a subject; null if it has none. */
export function placeOf({ place }: Tool, subject: string): string | null {
  if (!place) return null;
  const { name, part } = place;
  return part && !(part.optional && subject === '') ? `#/${name}/${subject}` : `#/${name}`;
}

/** The tool that a hash names, and what to open it on; or, in words, why there is none. */
export function toolAt(tools: readonly Tool[], hash: string): { tool: Tool; subject: string } | string {
  const missing = hash.startsWith('#/')
    ? `There is no place “${shownHash(hash)}” on this page.`
    : nowhereWords(hash);
  let known: string | null = null;
  for (const tool of tools) {
    const { place } = tool;
    if (!place) continue;
    const { name, part } = place;
    if ((!part || part.optional) && hash === `#/${name}`) return { tool, subject: '' };
    if (!part || !hash.startsWith(`#/${name}/`)) continue;
    const subject = hash.slice(name.length + 3);
    if (part.has(subject)) return { tool, subject };
    if (!subject.includes('/'))
      known = `There is no ${part.noun} “${shownHash(subject)}”. One that there is: #/${name}/${part.example}.`;
  }
  return known ?? `${missing} ${placesInWords(tools)}`;
}

/** Each place once, in a message that has to leave room for the page: `#/check/…` goes on with a name. */
function placesInWords(tools: readonly Tool[]): string {
  const places = tools.flatMap(({ place }) => (place ? [place] : []));
  const plain = places.filter(({ part }) => !part || part.optional).map(({ name }) => `#/${name}`);
  const parts = places.filter(({ part }) => part && !part.optional).map(({ name }) => `#/${name}/…`);
  return `Places are ${[...plain, ...parts].join(', ')}.`;
}

/** The tools that stand in a menu, each with its entry, in their order. */
export function menuOf(
  tools: readonly Tool[],
  menu: MenuEntry['in'],
): { tool: Tool; entry: MenuEntry; label: string }[] {
  return tools
    .flatMap((tool) =>
      (tool.menus ?? [])
        .filter((entry) => entry.in === menu)
        .map((entry) => ({ tool, entry, label: entry.label ?? tool.title })),
    )
    .sort((a, b) => a.entry.order - b.entry.order);
}

/** What the palette offers of the tools that it opens without further ado. */
export function openingCommands(tools: readonly Tool[], open: (id: string) => void): Command[] {
  return tools.flatMap((tool) => {
    const { command, words, title, id } = tool;
    if (!command) return [];
    const { group, label = title, order } = command;
    return [{ group, label, keys: keysOf(tool), words, order, run: () => open(id) }];
  });
}
