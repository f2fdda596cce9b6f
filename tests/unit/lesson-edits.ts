// SPDX-License-Identifier: MIT
/** The edits of one field that the form's lists of values offer, within what a step of a lesson lets be edited. */
import { run, stateAt } from '#engine/run/runner.ts';
import type { LessonEdit } from '#engine/lessons/types.ts';
import type { Run } from '#engine/run/types.ts';
import { isIoStep } from '#engine/scenario/io-names.ts';
import { parseDocument } from '#engine/scenario/parse.ts';
import { at, isObject, type JsonValue } from '#engine/scenario/path.ts';
import { resolveInodes } from '#engine/scenario/resolve.ts';
import type { Scenario } from '#engine/scenario/schema.ts';
import { parseInteger } from '#engine/scenario/integers.ts';
import { IO_FORMS } from '../../web/src/columns/server/io/io-fields.ts';
import { BOOLEAN_OFF, CAPABILITIES, CONFIGS } from '../../web/src/columns/server/scenario/machine-fields.ts';
import { STEP_FIELDS, isPlainStep } from '../../web/src/columns/server/step-fields.ts';
import { mappingChoices, toggled, type Choice } from '../../web/src/fields/choices.ts';
import { mappingContext } from '../../web/src/fields/mapping-context.ts';
import { FIELDS, type Field } from '../../web/src/fields/mapping-fields.ts';
import type { StepField } from '../../web/src/fields/step-field.ts';
import {
  addedReplies,
  byteEdits,
  errorEdits,
  formOf,
  isBytes,
  kindEdits,
  statusEdits,
} from './reply-edits.ts';

type Path = (string | number)[];

/** @param places what may be edited */
export function oneFieldEdits(
  text: string,
  places: readonly Path[],
  module: WebAssembly.Module,
): LessonEdit[] {
  const { scenario, value } = parseDocument(text);
  if (scenario === null) throw new Error('the start is no scenario');
  const edits = new Edits(scenario, value, run(module, scenario));
  for (const place of places) edits.under(place);
  return edits.found;
}

class Edits {
  readonly #scenario: Scenario;
  readonly #value: JsonValue;
  readonly #run: Run;
  readonly found: LessonEdit[] = [];

  constructor(scenario: Scenario, value: JsonValue, ran: Run) {
    this.#scenario = scenario;
    this.#value = value;
    this.#run = ran;
  }

  /** All edits at a place or below it. */
  under(place: Path): void {
    if (place[0] !== 'steps') return this.#machine(place);
    const last = place.at(-1);
    const here = at(this.#value, place);
    const [, , third] = place;
    const inReply = third === 'reply' || third === 'replies';
    if (place.length === 2) {
      for (const { path } of this.#fields(place)) this.under([...place, ...path]);
      for (const list of ['reply', 'replies'])
        if (at(here, [list]) !== undefined) this.under([...place, list]);
    } else if (inReply && (last === 'read' || last === 'write')) {
      for (const field of FIELDS) this.under([...place, field]);
    } else if (inReply && FIELDS.some((field) => field === last)) this.#mapping(place, last as Field);
    else if (Array.isArray(here)) {
      here.forEach((_, i) => this.under([...place, i]));
      if (isReplies(third)) this.found.push(...addedReplies(place, here));
      if (here.length > 0) this.found.push({ path: [...place, here.length - 1], value: undefined });
    } else if (inReply && isObject(here)) {
      this.found.push(...kindEdits(place, here));
      const form = formOf(here);
      if (form !== undefined) return this.under([...place, form]);
      this.under([...place, 'read']);
      if (at(here, ['write']) === undefined) this.found.push({ path: [...place, 'write'], value: {} });
      else {
        this.under([...place, 'write']);
        this.found.push({ path: [...place, 'write'], value: undefined });
      }
    } else if (inReply && last === 'error') this.found.push(...errorEdits(place));
    else if (isBytes(last)) this.found.push(...byteEdits(place, here));
    else if (isReplies(third))
      this.found.push(...(here === undefined ? addedReplies(place, []) : statusEdits(place)));
    else this.#field(place);
  }

  /** The switches of the machine at a place or below it. */
  #machine(place: Path): void {
    const within = (path: Path) => place.every((part, i) => part === path[i]);
    for (const { path, options } of MACHINE)
      if (within(path)) this.found.push(...options.map(({ value }) => ({ path, value })));
  }

  #mapping(place: Path, field: Field): void {
    const step = Number(place[1]);
    const execution = this.#run.executions.find((one) => one.step === step);
    const calls = execution?.io?.calls.filter((call) => call.do === 'iomap_begin');
    const call = place[2] === 'replies' ? calls?.[Number(place[3])] : execution;
    const asked = call?.request ?? calls?.[0]?.request ?? null;
    const { entries } = stateAt(this.#run, Math.max(0, (execution?.index ?? 1) - 1));
    const inode = [...resolveInodes(this.#scenario).values()][0];
    const context = mappingContext({
      asked: asked as { pos: bigint; count: bigint } | null,
      reply: call?.reply ?? null,
      entries,
      blockBytes: inode?.blockSize,
      scenario: this.#scenario,
    });
    const written = at(this.#value, place);
    const now = integerOf(written);
    this.#choices(place, written, mappingChoices(field, now, context));
  }

  #field(place: Path): void {
    const own = this.#fields(place.slice(0, 2)).find(({ path }) => path.join() === place.slice(2).join());
    const written = at(this.#value, place);
    if (own?.choices) return this.#choices(place, written, own.choices());
    const offered = this.#switch(place);
    if (offered) return void this.found.push(...offered.map((value) => ({ path: place, value })));
    if (typeof written === 'boolean')
      return void this.found.push(...[!written, undefined].map((value) => ({ path: place, value })));
    const now = integerOf(written ?? DEFAULTS[String(place.at(-1))]);
    for (const by of [1n, -1n, 4096n, -4096n])
      if (now + by >= 0n) this.found.push({ path: place, value: now + by });
    if (now !== 0n) this.found.push({ path: place, value: 0n });
  }

  #choices(place: Path, written: JsonValue | undefined, choices: readonly Choice[]): void {
    for (const { label, value, bit } of choices)
      this.found.push({ path: place, value: bit === undefined ? value : toggled(written, label) });
  }

  /** The positions of a switch; null for a field of another kind. */
  #switch(place: Path): (JsonValue | undefined)[] | null {
    const step = this.#scenario.steps[Number(place[1])]!;
    const own = isIoStep(step)
      ? IO_FORMS[step.do].switches.find(({ key }) => place.length === 3 && key === place[2])
      : undefined;
    return own?.options.map(({ value }) => value) ?? null;
  }

  #fields(place: Path): readonly StepField[] {
    const step = this.#scenario.steps[Number(place[1])]!;
    if (isPlainStep(step.do)) return STEP_FIELDS[step.do];
    if (!isIoStep(step)) return [];
    const { fields, switches } = IO_FORMS[step.do];
    return [...fields, ...switches.map(({ key }) => ({ path: [key], label: key }))];
  }
}

/** Whether a key of a step is a list of replies. */
const isReplies = (key: string | number | undefined): boolean =>
  key === 'replies' || key === 'endReplies' || key === 'ioendReplies';

/** What the form of the machine offers for each of its switches. */
const MACHINE = [
  ...CONFIGS.map((key) => ({ path: ['kernel', 'config', key], options: BOOLEAN_OFF('') })),
  ...['iomap', 'passthrough'].map((key) => ({ path: ['connection', key], options: BOOLEAN_OFF('') })),
  { path: ['connection', 'capabilities'], options: CAPABILITIES },
];

/** What a field of a step that is left out counts from. */
const DEFAULTS: Readonly<Record<string, bigint>> = { fd: 3n, count: 4096n, length: 4096n };

function integerOf(value: JsonValue | undefined): bigint {
  if (typeof value === 'bigint') return value;
  return typeof value === 'string'
    ? (parseInteger(value) ?? (value === 'NULL_ADDR' ? 2n ** 64n - 1n : 0n))
    : 0n;
}
