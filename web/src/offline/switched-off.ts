// SPDX-License-Identifier: MIT
/**
 * Stands in the place of the service worker where a host no longer wants one: deletes what the other kept for this
 * folder, and goes. docs/HOSTING.md says how it gets there.
 */
import { cacheNames } from 'workbox-core';
import type { WorkerSelf } from './messages.ts';

declare const self: WorkerSelf;

self.addEventListener('install', () => void self.skipWaiting());
self.addEventListener('activate', (event) => {
  event.waitUntil(caches.delete(cacheNames.precache).then(() => self.registration.unregister()));
});
