// SPDX-License-Identifier: MIT
import { defineConfig, devices } from '@playwright/test';
import { findChromium } from './scripts/find-chromium.mjs';

const executablePath = await findChromium();
/**
 * What Chromium is to leave out: Playwright's own list, which this option would replace, and the two pages that a
 * window of the new headless mode draws for the suggestions of its address bar. Nobody sees them, and they cost
 * half as much again as to open the playground.
 */
const LEFT_OUT = [
  'AvoidUnnecessaryBeforeUnloadCheckSync',
  'DestroyProfileOnBrowserClose',
  'HttpsUpgrades',
  'HttpsFirstBalancedModeAutoEnable',
  'LensOverlay',
  'MediaRouter',
  'PaintHolding',
  'ThirdPartyStoragePartitioning',
  'AvoidCorsURLLoaderRestartOnRedirect',
  'TcpPortRandomizationWin',
  'OptimizationHints',
  'NetworkTimeServiceQuerying',
  'AimEnabled',
  'PreconnectToSearch',
  'WebUIOmniboxPopup',
  'WebUIOmniboxAimPopup',
];

const asRoot = process.getuid?.() === 0;

// The server takes a free port and prints it; Playwright reads it there and hands it to the workers, which
// load this file again. So several runs can go on at once and none meets another's server.
const port = process.env.E2E_PORT;

export default defineConfig({
  testDir: 'tests/e2e',
  outputDir: 'test-results',
  fullyParallel: true,
  workers: 2,
  // No test measures time; a busy machine may take long.
  timeout: 120_000,
  expect: { timeout: 20_000 },
  // At a desk a test that fails by chance is seen at once. A judge of a whole change asks twice, and names the
  // test that needed it (scripts/tally.mjs), with a trace of the second try.
  retries: process.env.CI ? 1 : 0,
  forbidOnly: Boolean(process.env.CI),
  reporter: [['list']],
  use: {
    ...devices['Desktop Chrome'],
    // Tests hold back and count what the page asks for; offline.spec.ts lets the service worker in.
    serviceWorkers: 'block',
    baseURL: `http://127.0.0.1:${port ?? '0'}/`,
    // A trace of every test would slow all of them for the few that fail.
    trace: 'on-first-retry',
    screenshot: 'only-on-failure',
    launchOptions: {
      ...(executablePath === undefined ? {} : { executablePath }),
      args: [
        // Chromium's sandbox does not work for root.
        ...(asRoot ? ['--no-sandbox'] : []),
        '--disable-gpu',
        '--disable-quic',
        '--no-first-run',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
        `--disable-features=${LEFT_OUT.join(',')}`,
      ],
    },
  },
  webServer: {
    command: 'node scripts/serve.mjs',
    env: { PORT: '0' },
    wait: { stdout: /http:\/\/127\.0\.0\.1:(?<e2e_port>\d+)\// },
    gracefulShutdown: { signal: 'SIGTERM', timeout: 2000 },
    timeout: 30_000,
  },
});
