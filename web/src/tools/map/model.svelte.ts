// SPDX-License-Identifier: MIT
/** A map: what varies, how near, the cursor, and the ids that came of it so far. */
import type { Revision } from '#engine/kernel/features.ts';
import { pointEdits, pointScenario, valueIn } from '#engine/map/edits.ts';
import { USUAL_AXES, type MapAxes } from '#engine/map/fields.ts';
import { MOST_CELLS, putPart } from '#engine/map/render.ts';
import { LEVELS, isListed, largestOf, lineOf, scaleOf, type Level, type Line } from '#engine/map/scale.ts';
import { cornersOf, marksOf, type Mark } from '#engine/map/ticks.ts';
import { classesOf, type MapClass } from '#engine/view/map/classes.ts';
import type { MapAnswer, MapAsked, MapQuestion } from '#engine/view/map/protocol.ts';
import { pointSaid } from '#engine/view/map/said.ts';
import { WorkerClient } from '../../workers/client.ts';
import { newMapWorker } from '../../workers/new-map.ts';
import type { Ids, MapSubject, PointWords } from './types.ts';

export class MapModel {
  axes = $state.raw<MapAxes>(USUAL_AXES);
  level = $state<Level>('block');
  /** The revision that is compared with, null for none. */
  other = $state<Revision | null>(null);
  /** Lines that fit in one direction. */
  room = $state(512);
  /** Where the cursor was put. */
  #put = $state.raw<readonly [bigint, bigint]>([0n, 0n]);
  /** A value that lies in the middle of each axis. */
  #around = $state.raw<readonly [bigint, bigint]>([0n, 0n]);
  #ids = $state.raw<Ids | null>(null);
  #trouble = $state.raw<string | null>(null);
  #none = $state.raw<string | null>(null);
  #point = $state.raw<PointWords | null>(null);
  #wanted = 0;
  readonly #subjectOf: () => MapSubject | string;
  readonly #client = new WorkerClient<MapAsked, MapAnswer>({
    create: newMapWorker,
    name: 'The map',
    again: 'Move the cursor, or zoom, to start it afresh.',
    queue: false,
    message: (asked) => ({ kind: 'map', ...asked }),
    isLast: ({ kind }) => kind !== 'part',
    hear: (answer) => this.#hear(answer),
    broke: (trouble) => (this.#trouble = trouble),
  });

  /** @param subjectOf what the map is of, or as a sentence why there is none; asked again when what it reads changes */
  constructor(subjectOf: () => MapSubject | string) {
    this.#subjectOf = subjectOf;
  }

  readonly subject = $derived.by((): MapSubject | string => this.#subjectOf());

  /** The values that the scenario gives a meaning, by axis. */
  readonly marks = $derived.by((): readonly [Mark[], Mark[]] => {
    const { subject } = this;
    if (typeof subject === 'string') return [[], []];
    const of = (at: 0 | 1) => marksOf(this.axes[at], subject.of, subject.scenario);
    return [of(0), of(1)];
  });

  /** The lines of both axes. */
  readonly lines = $derived.by((): readonly [Line[], Line[]] => {
    const { subject } = this;
    if (typeof subject === 'string') return [[], []];
    const of = (at: 0 | 1) =>
      scaleOf(this.axes[at], {
        level: this.level,
        around: this.#around[at],
        blockSize: subject.of.inode.blockSize,
        marks: cornersOf(this.marks[at]),
        room: Math.min(this.room, MOST_CELLS),
        revision: subject.scenario.kernel.revision,
      });
    return [of(0), of(1)];
  });

  get ids(): Ids | null {
    return this.#ids;
  }
  get trouble(): string | null {
    return this.#trouble;
  }
  /** Why there is no map of this step. */
  get none(): string | null {
    return this.#none;
  }
  /** The verdict on the point under the cursor, once it is there. */
  get point(): PointWords | null {
    return this.#point;
  }

  /** The legend; from what has come so far. */
  readonly classes = $derived.by((): MapClass[] => {
    const ids = this.#ids;
    return ids === null || ids.drawn === 0 ? [] : classesOf(ids.sides[0]!, ids.sides[1] ?? null);
  });

  /** Where the cursor is among the lines. */
  readonly at = $derived<readonly [number, number]>([
    lineOf(this.lines[0], this.#put[0]),
    lineOf(this.lines[1], this.#put[1]),
  ]);

  /** The point that it is on: always one that was asked. */
  readonly cursor = $derived<readonly [bigint, bigint]>([
    this.lines[0][this.at[0]]?.value ?? this.#put[0],
    this.lines[1][this.at[1]]?.value ?? this.#put[1],
  ]);

  /** What varies, from now on; the cursor goes where the scenario is. */
  show(axes: MapAxes): void {
    this.axes = axes;
    this.home();
  }

  /** The cursor, and the middle, where the scenario is. */
  home(): void {
    const { subject } = this;
    if (typeof subject === 'string') return;
    this.#put = [valueIn(subject.of, this.axes[0]), valueIn(subject.of, this.axes[1])];
    this.#around = this.#put;
  }

  /** What is shown goes to where these values are, as near as it is. */
  goTo(values: readonly [bigint, bigint]): void {
    this.#put = values;
    this.#around = values;
  }

  /** The cursor goes to a cell. */
  moveTo(x: number, y: number): void {
    const [xs, ys] = this.lines;
    const [across, up] = [xs[x], ys[y]];
    if (across && up) this.#put = [across.value, up.value];
  }

  /** The cursor goes so many lines on; at an edge the axis follows. */
  moveBy(dx: number, dy: number): void {
    const to = ([dx, dy] as const).map((by, axis) => this.#moved(axis as 0 | 1, by));
    this.#put = [to[0]!, to[1]!];
  }

  #moved(axis: 0 | 1, by: number): bigint {
    const lines = this.lines[axis];
    const at = this.at[axis] + by;
    const inside = lines[Math.min(Math.max(at, 0), lines.length - 1)]!;
    if (at >= 0 && at < lines.length) return inside.value;
    const field = this.axes[axis];
    if (this.level === 'powers' || isListed(field)) return inside.value;
    const beyond = at < 0 ? lines[0]!.value - 1n : lines.at(-1)!.last + 1n;
    if (beyond < 0n || beyond > largestOf(field)) return inside.value;
    this.#around = axis === 0 ? [beyond, this.#around[1]] : [this.#around[0], beyond];
    const moved = this.lines[axis];
    return moved[lineOf(moved, beyond)]!.value;
  }

  /** Nearer or farther, around the cursor. */
  zoom(by: 1 | -1): void {
    const to = LEVELS[LEVELS.indexOf(this.level) + by];
    if (to) this.zoomTo(to);
  }

  zoomTo(level: Level): void {
    this.#put = this.cursor;
    this.#around = this.#put;
    this.level = level;
  }

  /** Asks for the map as it is set now; what was asked before is dropped. */
  ask(): void {
    const { subject, axes, lines, other } = this;
    if (typeof subject === 'string') return;
    const { scenario, step } = subject;
    const revision = scenario.kernel.revision;
    const values = (list: readonly Line[]) => list.map(({ value }) => value);
    const asked: MapAsked = {
      scenario,
      step,
      axes,
      xs: values(lines[0]),
      ys: values(lines[1]),
      revisions: other === null || other === revision ? [revision] : [revision, other],
    };
    this.#trouble = null;
    this.#none = null;
    const points = asked.xs.length * asked.ys.length;
    const sides = asked.revisions.map(() => new Uint16Array(points));
    this.#ids = { asked, sides, drawn: 0, whole: false };
    this.#client.ask(asked);
  }

  /** Asks what the ordinary run says of the point under the cursor. */
  async askPoint(): Promise<void> {
    const { subject } = this;
    const wanted = ++this.#wanted;
    this.#point = null;
    if (typeof subject === 'string') return;
    const scenario = pointScenario(subject.scenario, subject.step, this.axes, this.cursor);
    const question: Omit<Extract<MapQuestion, { kind: 'point' }>, 'seq'> = {
      kind: 'point',
      scenario,
      step: subject.step,
    };
    const answer = await this.#client.askBeside(question, ({ kind }) => kind === 'failed');
    if (wanted === this.#wanted && answer?.kind === 'point') this.#point = answer;
  }

  /** The edits that make the point under the cursor the scenario. */
  edits(): ReturnType<typeof pointEdits> {
    const { subject } = this;
    return typeof subject === 'string'
      ? []
      : pointEdits(subject.scenario, subject.step, this.axes, this.cursor);
  }

  /** The id under the cursor, of each side; null while it has not come. */
  get idsAtCursor(): number[] | null {
    return this.idsAt(...this.at);
  }

  /** What the cursor is on, as a sentence for a screen reader; '' while it is not known. */
  get spoken(): string {
    const ids = this.idsAtCursor;
    return ids === null ? '' : `${pointSaid(this.axes, this.cursor, ids)}.`;
  }

  /** The ids of a cell. */
  idsAt(x: number, y: number): number[] | null {
    const ids = this.#ids;
    if (ids === null || !ids.whole) return null;
    return ids.sides.map((side) => side[y * ids.asked.xs.length + x] ?? 0);
  }

  /** Nobody looks any more. */
  end(): void {
    this.#wanted++;
    this.#client.end();
    this.#ids = null;
  }

  #hear(answer: MapAnswer): void {
    const ids = this.#ids;
    if (answer.kind === 'part' && ids) {
      const { xs, ys } = ids.asked;
      putPart(ids.sides[answer.side]!, xs.length, ys.length, answer.part);
      // A difference is drawn once both are there.
      const ready = ids.sides.length === 1 || (answer.side === 1 && answer.part.stride === 1);
      this.#ids = { ...ids, drawn: ids.drawn + Number(ready) };
    } else if (answer.kind === 'whole' && ids) this.#ids = { ...ids, drawn: ids.drawn + 1, whole: true };
    else if (answer.kind === 'none') this.#none = answer.why;
    else if (answer.kind === 'failed') this.#trouble = answer.message;
  }
}
