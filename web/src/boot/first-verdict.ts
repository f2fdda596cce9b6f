// SPDX-License-Identifier: MIT
import { explainBegin } from '#engine/checks/explain-begin.ts';
import type { Explanation } from '#engine/checks/words.ts';
import type { Execution } from '#engine/run/types.ts';
import type { Scenario } from '#engine/scenario/schema.ts';
import { TRUST_WORDS, askingLine, errnoBadge, toneOf } from '#engine/view/tone.ts';
import { UnfinishedRuns } from './unfinished.ts';
import { LAST_RUN } from '#engine/view/chosen.ts';
import type { Answer, Detail, Question } from '../workers/protocol.ts';
import { LINK_ERROR, type Start } from './start.ts';

/** A longer run is left to the page, which can say so and stop it. */
const RUN_PATIENCE_MS = 1500;
/** So is an engine that takes longer to load: it goes on loading while the page comes. */
const LOAD_PATIENCE_MS = 10_000;

/**
 * The first verdict, drawn with what the browser has: no component, no framework is waited for. It is what
 * Verdict.svelte draws in its place, with the same words and classes; a test compares them. `scenario` is that of the
 * start's text, null if it can't be run.
 * Resolves to the worker for the page to go on with, or null if it can't be used for that.
 */
export function firstVerdict(
  start: Start,
  scenario: Scenario | null,
  worker: Worker,
  place: HTMLElement,
): Promise<Worker | null> {
  if (start.trouble !== null && start.found === null) {
    place.replaceChildren(linkError(start.trouble));
    return Promise.resolve(worker);
  }
  // The code of a server runs after the page is there, and perhaps not before a click.
  if (!scenario || scenario.server !== undefined || new UnfinishedRuns().has(start.text))
    return Promise.resolve(worker);
  return new Promise((resolve) => {
    const give = (up: boolean) => {
      clearTimeout(timer);
      if (up) worker.terminate();
      resolve(up ? null : worker);
    };
    let timer = setTimeout(() => give(false), LOAD_PATIENCE_MS);
    worker.onerror = (event) => {
      // The page starts another one, and tells of that.
      event.preventDefault();
      give(true);
    };
    worker.onmessage = ({ data }: MessageEvent<Answer>) => {
      if (data.kind === 'failed') give(true);
      if (data.kind === 'running') {
        clearTimeout(timer);
        timer = setTimeout(() => give(true), RUN_PATIENCE_MS);
      }
      if (data.kind !== 'run') return;
      void draw(data.detail, scenario).then(
        (drawn) => {
          if (drawn) place.replaceChildren(drawn);
          give(false);
        },
        () => give(false),
      );
    };
    const question: Question = {
      kind: 'run',
      seq: 0,
      part: { scenario, head: 0, tail: 0 },
      chosen: { step: start.step, repeat: LAST_RUN },
      verdictOnly: true,
    };
    worker.postMessage(question);
  });
}

/** The words of I/O and of the backing table load only where such a step is the first to be shown. */
async function wordsOf(execution: Execution, scenario: Scenario): Promise<[Explanation, silent: boolean]> {
  const words = explainBegin(execution, scenario);
  if (words) return [words, false];
  const { explain, isSilent } = await import('#engine/checks/words.ts');
  return [explain(execution, scenario), isSilent(execution, scenario)];
}

async function draw(detail: Detail | null, scenario: Scenario): Promise<HTMLElement | null> {
  if (!detail) return null;
  const { execution } = detail;
  const [words, silent] = await wordsOf(execution, scenario);
  const tone = toneOf(execution, silent);
  const verdict = element('div', `the-verdict first-verdict tone-${tone}`);
  verdict.setAttribute('role', 'group');
  verdict.setAttribute('aria-label', 'Verdict');
  const errno = errnoBadge(execution);
  const head = element('div', 'head');
  head.append(
    element('h3', '', words.headline),
    ...(errno ? [element('span', 'errno', errno)] : []),
    element('span', 'trust', TRUST_WORDS[execution.trust]),
  );
  verdict.append(head, element('p', 'sentence', words.sentence));
  if (words.where) verdict.append(element('p', 'where', words.where));
  if (tone === 'asking') verdict.append(element('p', 'follows', askingLine(execution.do)));
  return verdict;
}

/** In the place of a verdict that nobody asked for: why the link is not shown. BrokenLink.svelte draws the same. */
function linkError(why: string): HTMLElement {
  const card = element('div', 'the-verdict link-error tone-warn');
  card.setAttribute('role', 'alert');
  card.append(element('h3', '', LINK_ERROR), element('p', 'sentence', why));
  return card;
}

function element(tag: string, className: string, text = ''): HTMLElement {
  const made = document.createElement(tag);
  if (className) made.className = className;
  made.textContent = text;
  return made;
}
