// SPDX-License-Identifier: MIT
// Makes sure that the browser tests have a Chromium: says which one it found, or brings one.
import { execFileSync } from 'node:child_process';
import { findChromium } from './find-chromium.mjs';

const PACKAGED = '@sparticuz/chromium@147.0.0';
const LIMIT_MS = 300_000;

/** In the order they are tried: each downloads from somewhere else, so that one of them is likely reachable. */
const SOURCES = [
  { name: "Playwright's own download", when: true, command: ['npx', 'playwright', 'install', 'chromium'] },
  {
    name: `the npm package ${PACKAGED}`,
    when: process.platform === 'linux' && process.arch === 'x64',
    command: ['npm', 'install', '--no-save', '--no-package-lock', '--prefix', '.cache/chromium', PACKAGED],
  },
  {
    name: "the system's package manager",
    when: process.platform === 'linux' && process.getuid?.() === 0,
    command: [
      'sh',
      '-c',
      'apt-get update && apt-get install -y --no-install-recommends chromium-headless-shell',
    ],
  },
];

async function found() {
  try {
    return (await findChromium()) ?? "Playwright's own";
  } catch (error) {
    // A wrong $CHROMIUM is for its author to mend: bringing another browser would hide it.
    if (process.env.CHROMIUM) throw error;
    return null;
  }
}

/** @param {string[]} command */
function succeeds([program = '', ...args]) {
  try {
    execFileSync(program, args, { stdio: 'inherit', timeout: LIMIT_MS });
    return true;
  } catch {
    return false;
  }
}

async function ensure() {
  let path = await found();
  for (const source of SOURCES) {
    if (path !== null) break;
    if (!source.when) continue;
    console.log(`[chromium] none found; trying ${source.name}`);
    if (succeeds(source.command)) path = await found();
  }
  // Asks once more for the words.
  if (path === null) await findChromium();
  console.log(`[chromium] ${path}`);
}

try {
  await ensure();
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
