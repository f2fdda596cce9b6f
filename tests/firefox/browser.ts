// SPDX-License-Identifier: MIT
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Bidi } from './bidi.ts';
import { Tab } from './tab.ts';

const START_LIMIT_MS = 60_000;
const END_LIMIT_MS = 10_000;

/** Nothing that a new profile would show, ask or fetch. */
const PREFERENCES = {
  'app.normandy.enabled': false,
  'app.update.enabled': false,
  'browser.shell.checkDefaultBrowser': false,
  'browser.startup.page': 0,
  'datareporting.policy.dataSubmissionEnabled': false,
  'network.captive-portal-service.enabled': false,
  'network.connectivity-service.enabled': false,
  'services.settings.server': 'data:,',
  'toolkit.telemetry.enabled': false,
};

/** A Firefox of its own, without a window, with a new profile that goes with it. */
export class Firefox {
  /** The errors that pages left uncaught. */
  readonly errors: string[] = [];
  readonly #bidi: Bidi;
  readonly #end: () => Promise<void>;

  private constructor(bidi: Bidi, end: () => Promise<void>) {
    this.#bidi = bidi;
    this.#end = end;
  }

  /** Starts the program at `path`. Throws with what it wrote if it is not ready within a minute. */
  static async start(path: string): Promise<Firefox> {
    const home = mkdtempSync(join(tmpdir(), 'firefox-'));
    const lines = Object.entries(PREFERENCES).map(
      ([name, value]) => `user_pref(${JSON.stringify(name)}, ${JSON.stringify(value)});\n`,
    );
    writeFileSync(join(home, 'user.js'), lines.join(''));
    // Its home is the profile's folder: it refuses one that is not its user's, and writes nothing elsewhere.
    const child = spawn(path, ['--headless', '--no-remote', '--remote-debugging-port=0', '--profile', home], {
      env: { ...process.env, HOME: home, MOZ_CRASHREPORTER_DISABLE: '1' },
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    const gone = new Promise<void>((resolve) => {
      child.once('close', () => resolve());
      child.once('error', () => resolve());
    });
    const end = async () => {
      const timer = setTimeout(() => child.kill('SIGKILL'), END_LIMIT_MS);
      await gone;
      clearTimeout(timer);
      rmSync(home, { recursive: true, force: true, maxRetries: 5 });
    };
    try {
      const bidi = await Bidi.connect(`${await address(child)}/session`);
      const firefox = new Firefox(bidi, end);
      await bidi.on('log.entryAdded', ({ type, level, text }) => {
        if (type === 'javascript' && level === 'error') firefox.errors.push(String(text));
      });
      return firefox;
    } catch (error) {
      child.kill('SIGKILL');
      await end();
      throw error;
    }
  }

  async newTab(): Promise<Tab> {
    const { context } = await this.#bidi.send('browsingContext.create', { type: 'tab' });
    return new Tab(this.#bidi, context as string);
  }

  async close(): Promise<void> {
    await this.#bidi.send('browser.close');
    await this.#end();
  }
}

/** Where a Firefox that was just started listens; it says so on stderr. */
function address(child: ReturnType<typeof spawn>): Promise<string> {
  return new Promise((resolve, reject) => {
    let written = '';
    const fail = (why: string) => {
      clearTimeout(timer);
      reject(new Error(`Firefox ${why}\n${written}`));
    };
    const timer = setTimeout(() => fail(`was not ready after ${START_LIMIT_MS / 1000} s`), START_LIMIT_MS);
    child.once('error', ({ message }) => fail(`could not be started: ${message}`));
    child.once('close', (status) => fail(`ended at once, with status ${status}`));
    child.stderr?.setEncoding('utf8').on('data', (text: string) => {
      written += text;
      const url = /^WebDriver BiDi listening on (ws:\S+)$/m.exec(written)?.[1];
      if (url === undefined) return;
      clearTimeout(timer);
      resolve(url);
    });
  });
}
