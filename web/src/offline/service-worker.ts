// SPDX-License-Identifier: MIT
/**
 * The page without a network. All files of the build but those of the compiler are kept, in a cache whose name carries
 * the address of the folder, so that two copies of the page on one origin keep apart. A newer build waits until a
 * page says that its reader wants it: until then everything comes from the build that is there, as a whole.
 *
 * scripts/vite/offline.mjs puts the list of files in place of `__WB_MANIFEST`.
 */
import { clientsClaim } from 'workbox-core';
import { cleanupOutdatedCaches, precacheAndRoute, type PrecacheEntry } from 'workbox-precaching';
import { TAKE_OVER, type WorkerSelf } from './messages.ts';

declare const self: WorkerSelf & { __WB_MANIFEST: PrecacheEntry[] };

precacheAndRoute(self.__WB_MANIFEST, {
  cleanURLs: false,
  directoryIndex: 'index.html',
  // What stands after a question mark never chooses a file.
  ignoreURLParametersMatching: [/./],
});
cleanupOutdatedCaches();

// The first one of all serves the page that brought it, which then needs no network for what it loads later.
if (self.registration.active === null) clientsClaim();

self.addEventListener('message', ({ data }) => {
  if (data === TAKE_OVER) void self.skipWaiting();
});
