// SPDX-License-Identifier: MIT
// Where a Firefox for the smoke test is: $FIREFOX, or the system's.
import { existsSync } from 'node:fs';

/** @type {Partial<Record<NodeJS.Platform, string[]>>} */
const SYSTEM = {
  // Not Ubuntu's snap, which may not read a profile in /tmp.
  linux: [
    '/usr/bin/firefox-esr',
    '/usr/lib/firefox-esr/firefox-esr',
    '/usr/lib/firefox/firefox',
    '/opt/firefox/firefox',
  ],
  darwin: ['/Applications/Firefox.app/Contents/MacOS/firefox'],
  win32: ['C:/Program Files/Mozilla Firefox/firefox.exe'],
};

/**
 * The executable to start; null if there is none.
 * @returns {string | null}
 * @throws if $FIREFOX names a file that is not there
 */
export function findFirefox() {
  const named = process.env.FIREFOX;
  if (named) {
    if (!existsSync(named)) throw new Error(`FIREFOX=${named}: there is no such file`);
    return named;
  }
  return (SYSTEM[process.platform] ?? []).find((path) => existsSync(path)) ?? null;
}
