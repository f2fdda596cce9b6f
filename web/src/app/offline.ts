// SPDX-License-Identifier: MIT
/** Registers the service worker, and offers the builds that come while the page is open. */
import { TAKE_OVER } from '../offline/messages.ts';
import type { App } from './app.svelte.ts';

/** A page that stays open asks for a newer build when it is looked at again, but not more often than this. */
const ASK_EVERY_MS = 3_600_000;
const ABOUT = 'newer build';

/**
 * Keeps the page for visits without a network, from now on. Does nothing where the browser can't, where the page is not
 * on a secure origin, or where the reader wants to save data.
 */
export async function keepForOffline(app: App): Promise<void> {
  const container = 'serviceWorker' in navigator ? navigator.serviceWorker : undefined;
  const { connection } = navigator as { connection?: { saveData?: boolean } };
  if (!container || connection?.saveData === true) return;
  let controlled = container.controller !== null;
  let wanted = false;
  container.addEventListener('controllerchange', () => {
    if (wanted) return reload(app);
    // The first worker of all begins to serve the page that brought it.
    if (controlled)
      app.notices.show(
        'Another tab took a newer build of this page. What this tab has not loaded yet is gone.',
        {
          about: ABOUT,
          kind: 'warning',
          actions: [{ label: 'Reload', run: () => reload(app) }],
        },
      );
    controlled = true;
  });
  try {
    const registration = await container.register('./sw.js', { updateViaCache: 'none' });
    const offer = (worker: ServiceWorker) =>
      app.notices.show('A newer build of this page is here.', {
        about: ABOUT,
        stays: true,
        actions: [
          {
            label: 'Reload with it',
            run: () => {
              wanted = true;
              worker.postMessage(TAKE_OVER);
            },
          },
        ],
      });
    if (registration.waiting && container.controller) offer(registration.waiting);
    registration.addEventListener('updatefound', () => {
      const { installing } = registration;
      installing?.addEventListener('statechange', () => {
        if (installing.state === 'installed' && container.controller) offer(installing);
      });
    });
    askAgain(registration);
  } catch {
    // A browser that forbids it, or a host without the file: the page works with the network alone.
  }
}

function askAgain(registration: ServiceWorkerRegistration): void {
  let asked = Date.now();
  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState === 'hidden' || Date.now() - asked < ASK_EVERY_MS) return;
    asked = Date.now();
    registration.update().catch(() => undefined);
  });
}

function reload(app: App): void {
  app.work.autosave.now();
  location.reload();
}
