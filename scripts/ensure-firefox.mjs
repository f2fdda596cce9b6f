// SPDX-License-Identifier: MIT
// Says which Firefox the smoke test has, or tries to bring one. Without one its tests are skipped.
import { execFileSync } from 'node:child_process';
import { findFirefox } from './find-firefox.mjs';

const PACKAGE = 'firefox-esr';
const LIMIT_MS = 120_000;

/** Debian's package, where it may be installed. Only Debian has it: on Ubuntu this fails at once. */
function install() {
  if (process.platform !== 'linux' || process.getuid?.() !== 0) return;
  console.log(`[firefox] none found; trying the system's package manager`);
  try {
    execFileSync(
      'sh',
      ['-c', `apt-get update -qq && apt-get install -y -qq --no-install-recommends ${PACKAGE}`],
      {
        env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
        stdio: ['ignore', 'ignore', 'inherit'],
        timeout: LIMIT_MS,
      },
    );
  } catch (error) {
    console.log(`[firefox] ${error instanceof Error ? error.message : error}`);
  }
}

try {
  if (findFirefox() === null) install();
  console.log(`[firefox] ${findFirefox() ?? 'none: its tests are skipped'}`);
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
