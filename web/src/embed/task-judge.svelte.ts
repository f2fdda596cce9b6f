// SPDX-License-Identifier: MIT
import type { Judgement } from '#engine/lessons/judge.ts';
import type { App } from '../app/app.svelte.ts';
import type { JudgeAnswer, JudgeQuestion } from '../tools/lesson/judge-protocol.ts';
import { judgeClient } from '../tools/lesson/judge-client.ts';
import type { Task } from './task.ts';

/** How the document is judged as an answer to the task of an embed. Nothing of it is kept. */
export class TaskJudge {
  readonly #app: App;
  readonly #task: Task;
  #heard = $state.raw<{ text: string; judgement: Judgement | null } | null>(null);
  #met = $state.raw(false);
  #touched = $state.raw(false);
  #trouble = $state.raw<string | null>(null);
  readonly #client = judgeClient<JudgeQuestion>(
    (answer, question) => this.#hear(answer, question),
    (trouble) => (this.#trouble = trouble),
  );

  constructor(app: App, task: Task) {
    this.#app = app;
    this.#task = task;
    app.view.ask(task.step.edit);
    app.document.subscribe(() => {
      this.#touched = true;
      this.#judge();
    });
    this.#judge();
  }

  /** Of the document as it is; null while it is not known. */
  get judgement(): Judgement | null {
    return this.#heard?.text === this.#app.document.text ? this.#heard.judgement : null;
  }

  /** The goal was met, now or before. */
  get met(): boolean {
    return this.#met;
  }

  /** The reader edited something. */
  get touched(): boolean {
    return this.#touched;
  }

  get trouble(): string | null {
    return this.#trouble;
  }

  #judge(): void {
    const { text, parsed } = this.#app.document;
    if (parsed.scenario === null) return;
    this.#client.ask({ ...this.#task, text });
  }

  #hear(answer: JudgeAnswer, { text }: JudgeQuestion): void {
    if (answer.kind === 'failed') {
      this.#trouble = answer.message;
      return;
    }
    this.#trouble = null;
    this.#heard = { text, judgement: answer.judgement };
    if (text !== this.#app.document.text) return;
    const met = answer.judgement?.met ?? false;
    this.#app.view.goalIs(met);
    this.#met ||= met;
  }
}
