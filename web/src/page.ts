// SPDX-License-Identifier: MIT
import { flushSync, mount } from 'svelte';
import { LESSONS } from '#engine/lessons/names.ts';
import '#engine/scenario/advice.ts';
import './styles/controls.css';
import './styles/drawing.css';
import './styles/beside.css';
import './styles/print.css';
import Page from './layout/App.svelte';
import type { Start } from './boot/start.ts';
import { readLocal } from './boot/storage.ts';
import { App } from './app/app.svelte.ts';
import { lessonKey } from './tools/lesson/kept-steps.ts';
import { TOOLS } from './tools/registry.ts';

/** Puts the page into `target`, in place of the first verdict. */
export function openPage(target: HTMLElement, start: Start, worker: Worker | null): void {
  const app = new App(start, worker, TOOLS);
  target.replaceChildren();
  mount(Page, { target, props: { app } });
  // From here on the page handles the keys.
  flushSync();
  // Nothing waits for it, and it is in nobody's way.
  const later = self.requestIdleCallback ?? ((run: () => void) => setTimeout(run, 2000));
  later(() => void import('./app/offline.ts').then(({ keepForOffline }) => keepForOffline(app)));
  // Whoever comes by an address or a link comes for what it leads to.
  if (start.hash === '' && LESSONS.some((id) => readLocal(lessonKey(id)) !== null))
    later(() => void import('./tools/lesson/go-on.ts').then(({ offerToGoOn }) => offerToGoOn(app)));
}
