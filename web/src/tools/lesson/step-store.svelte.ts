// SPDX-License-Identifier: MIT
import { asksEdited, type Judgement } from '#engine/lessons/judge.ts';
import type { LessonStep } from '#engine/lessons/types.ts';
import type { App } from '../../app/app.svelte.ts';
import type { DocumentChange } from '../../app/document.svelte.ts';
import { edit } from '../../app/editing.ts';
import type { Course } from './course.ts';
import type { JudgeAnswer, JudgeQuestion } from './judge-protocol.ts';
import type { StepWork } from './kept-steps.ts';
import { StepJudge } from './step-judge.ts';
import type { Progress, StepPlace } from './progress.svelte.ts';

const same = (one: StepPlace | null, other: StepPlace | null) =>
  one !== null && other !== null && one.id === other.id && one.step === other.step;

/** What is met on the way to another value is not an answer: a step counts once its answer has stood for so long. */
const SETTLED_MS = 700;

/** The subject of the notice that offers to go on with the lessons: settled once any step is opened. */
export const GO_ON = 'go on with the lessons';

/**
 * The step of a lesson, or the exercise, that lies open, whether the document is its work, and how that is judged.
 *
 * The document belongs to a step from the moment its text is put there until something else takes its place. Undo and
 * Back may lead to the work of another step: it is known by its text.
 */
export class StepStore<Place extends StepPlace> {
  readonly #course: Course<Place>;
  readonly #app: App;
  #place = $state.raw<Place | null>(null);
  /** The document is the step's work. */
  #here = $state.raw(false);
  #judgement = $state.raw<{ text: string; judgement: Judgement | null } | null>(null);
  #settling: ReturnType<typeof setTimeout> | undefined;
  #trouble = $state.raw<string | null>(null);
  /** The reader edited this step since it was opened. */
  #touched = $state.raw(false);
  /** Texts that something else took the place of: of which step each was, or of none. */
  // Nothing is drawn of it.
  // eslint-disable-next-line svelte/prefer-svelte-reactivity
  readonly #left = new Map<string, Place | null>();
  /** What the form marks for this step. */
  #asked: LessonStep['edit'] = [];
  #shown: string;
  #loading = false;
  readonly #client = new StepJudge(
    (answer, question) => this.#hear(answer, question),
    (trouble) => (this.#trouble = trouble),
  );

  constructor(app: App, course: Course<Place>) {
    this.#app = app;
    this.#course = course;
    this.#shown = app.document.text;
    app.document.subscribe((change) => this.#changed(change));
  }

  get progress(): Progress<Place> {
    return this.#course.progress;
  }

  get place(): Place | null {
    return this.#place;
  }

  get here(): boolean {
    return this.#here;
  }

  get trouble(): string | null {
    return this.#trouble;
  }

  get touched(): boolean {
    return this.#touched;
  }

  /** How the document is judged; null while that is not known. */
  get judgement(): Judgement | null {
    return this.#here && this.#judgement?.text === this.#app.document.text ? this.#judgement.judgement : null;
  }

  /** Opens a step: with its address, and its work in the document. */
  go(place: Place): void {
    const subject = this.#course.subjectOf(place);
    this.enter(subject);
    this.#app.tools.open(this.#course.tool, subject);
  }

  /** A step was opened, perhaps by its address: its work takes the place of the document. */
  enter(subject: string): void {
    const place = this.#course.placeOf(subject);
    this.#app.notices.closeAbout(GO_ON);
    if (same(place, this.#place) && this.#here) return;
    this.#settle();
    const before = this.#here ? this.#place : null;
    this.#place = place;
    this.#touched = false;
    if (place) this.#show(place, before);
    else this.#belongs(false);
  }

  /** The panel was closed: the document stays. */
  leave(): void {
    this.#settle();
    this.#place = null;
    this.#belongs(false);
    this.#client.end();
  }

  /** The work of the step again, after something else took its place. */
  comeBack(): void {
    if (this.#place) this.#show(this.#place, null);
  }

  /** The start of the step again, as a change that can be undone. */
  startOver(): void {
    if (this.#place === null) return;
    const { start } = this.work(this.#place);
    this.#app.document.seal();
    this.#app.document.setText(start, 'start over', { kind: 'edit' });
    this.#app.document.seal();
  }

  /** Another core answers now: what is asked of an edited one may come out otherwise. */
  coreChanged(): void {
    if (this.#here && this.#place !== null && asksEdited(this.#step(this.#place))) this.#judge();
  }

  /** Fills the solution in. */
  solve(): void {
    if (this.#place === null) return;
    this.startOver();
    edit(this.#app.document, this.#step(this.#place).solution, 'fill the solution in');
    this.#app.document.seal();
  }

  /** What is kept of a step, or else how it begins. */
  work(place: Place): StepWork {
    return this.#course.work(place);
  }

  /** Notes whether the document is the step's work; what may be edited then is marked in the form. */
  #belongs(here: boolean): void {
    this.#here = here;
    const { view } = this.#app;
    view.askNoMore(this.#asked);
    this.#asked = here && this.#place ? this.#step(this.#place).edit : [];
    if (here) view.ask(this.#asked);
  }

  /** @param before the step whose work the document is so far */
  #show(place: Place, before: Place | null): void {
    const { text } = this.work(place);
    this.#belongs(true);
    this.#judgement = null;
    const { document, work, notices } = this.#app;
    const mine = work.shown();
    if (text !== document.text) {
      this.#left.set(document.text, before ?? this.progress.find(document.text));
      this.#loading = true;
      this.#app.load(text, this.#course.action, this.#step(place).show);
      this.#loading = false;
      if (mine.own && this.#left.get(mine.text) === null) {
        notices.show(
          `Your work “${mine.title || 'untitled'}” is set aside: Back, or “Bring back earlier work” in File, shows it again.`,
          {
            about: this.#course.tool,
            actions: [
              {
                label: 'Bring it back',
                run: () => this.#app.load(mine.text, 'bring work back', mine.step, mine.own),
              },
            ],
          },
        );
      }
    }
    this.#shown = text;
    this.#judge();
  }

  #changed({ kind, text }: DocumentChange): void {
    const before = this.#shown;
    this.#shown = text;
    if (this.#loading || this.#place === null) return;
    const replaced = kind === 'load' || ((kind === 'undo' || kind === 'redo') && this.#left.has(text));
    if (!replaced) {
      if (this.#here) this.#edited(text);
      return;
    }
    this.#left.set(before, this.#here ? this.#place : null);
    const place = this.#left.get(text) ?? this.progress.find(text);
    if (place === null) return this.#belongs(false);
    if (!same(place, this.#place)) {
      this.#place = place;
      this.#app.tools.open(this.#course.tool, this.#course.subjectOf(place));
    }
    this.#belongs(true);
    this.#judge();
  }

  #edited(text: string): void {
    const place = this.#place!;
    this.#touched = true;
    this.progress.keep(place, { ...this.work(place), text });
    this.#judge();
  }

  #judge(): void {
    const { document } = this.#app;
    if (this.#place === null || document.parsed.scenario === null) return;
    const { start } = this.work(this.#place);
    const own = this.#course.stepOf(this.#place);
    const question = { ...own, start, text: document.text };
    this.#client.ask(question, this.#app.run.edited, document.parsed.scenario.kernel.revision);
  }

  #hear(answer: JudgeAnswer, { text }: JudgeQuestion): void {
    if (answer.kind === 'failed') {
      this.#trouble = answer.message;
      return;
    }
    this.#trouble = null;
    this.#judgement = { text, judgement: answer.judgement };
    const place = this.#place;
    if (place === null || !this.#here || text !== this.#app.document.text) return;
    this.#app.view.goalIs(answer.judgement?.met ?? false);
    clearTimeout(this.#settling);
    if (answer.judgement?.met && !this.work(place).met)
      this.#settling = setTimeout(() => this.#settle(), SETTLED_MS);
  }

  /** A step that is met counts from now on: its answer has stood, or the reader goes on with it. */
  #settle(): void {
    clearTimeout(this.#settling);
    const place = this.#place;
    if (place === null || !this.judgement?.met || this.work(place).met) return;
    this.progress.keep(place, { ...this.work(place), text: this.#app.document.text, met: true });
  }

  #step(place: Place): LessonStep {
    return this.#course.stepOf(place).step;
  }
}
