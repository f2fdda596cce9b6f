// SPDX-License-Identifier: MIT
import { Worker } from 'node:worker_threads';
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { UsageError } from '../common/args.ts';
import type { Option } from '../common/command.ts';
import { callersFolder } from '../common/files.ts';
import { packageFile } from '../common/package-file.ts';
import { answerTo, newChannel } from './channel.ts';
import { ServerChild, type ServerCommand } from './child.ts';
import type { Job, JobResult } from './jobs.ts';
import { MEMORY_MB } from './memory.ts';

const LIMIT_MS = 5_000;

/** The options of a command that a server stands behind. */
export const SERVER_OPTIONS = {
  server: {
    type: 'string',
    value: 'CMD',
    about:
      'who answers what the steps leave open: a command that speaks the lines of docs/SERVER-PROTOCOL.md, or a file ' +
      'whose name ends in .ts, .js or .mjs and whose default export is a server (docs/API.md)',
  },
  'server-timeout': {
    type: 'string',
    value: 'MS',
    about: `how long an answer may take; ${LIMIT_MS} if left out`,
  },
} as const satisfies Record<string, Option>;

/** What help says of the dangers. */
export const SERVER_NOTE =
  '--server starts a program with all your rights: neither files nor the network are kept from it. A file is run in ' +
  `a process of its own, with ${MEMORY_MB} MB of memory and the time limit, and nothing more than that isolates it.`;

export interface ServerChoice {
  command: ServerCommand;
  limitMs: number;
}

/** The server that the options name; null if they name none. Throws a UsageError for what can't be one. */
export function chosenServer(
  name: string,
  values: { server?: string | undefined; 'server-timeout'?: string | undefined },
): ServerChoice | null {
  const limitMs = timeoutOf(name, values['server-timeout']);
  const { server } = values;
  if (server === undefined) return null;
  if (server.trim() === '') throw new UsageError(`${name}: --server is empty`, `See ${name} --help.`);
  if (!/\.(ts|mts|js|mjs)$/.test(server)) return { command: { shell: server }, limitMs };
  const path = resolve(callersFolder(), server);
  if (!existsSync(path))
    throw new UsageError(`${name}: --server: there is no file '${server}'`, `See ${name} --help.`);
  const program = builtFile('server-file.js');
  const args = [`--max-old-space-size=${MEMORY_MB}`, program, path];
  return { command: { program: process.execPath, args }, limitMs };
}

/** How long an answer may take, in ms, as the option says. */
export function timeoutOf(name: string, text: string | undefined): number {
  if (text === undefined) return LIMIT_MS;
  if (/^\d{1,7}$/.test(text) && Number(text) > 0) return Number(text);
  throw new UsageError(
    `${name}: --server-timeout: '${text}' is not a number of milliseconds`,
    `See ${name} --help.`,
  );
}

/** The path of a built program. */
export function builtFile(file: string): string {
  const path = packageFile(`build/node/${file}`);
  if (path === null) throw new Error(`build/node/${file} is missing. In a clone, npm run build makes it.`);
  return path;
}

/** Does a job with a server behind the engine, which runs in a thread of its own. */
export async function behindServer({ command, limitMs }: ServerChoice, job: Job): Promise<JobResult> {
  const channel = newChannel();
  const child = new ServerChild(command, limitMs, callersFolder());
  const thread = new Worker(builtFile('engine-thread.js'), { workerData: { job, channel } });
  try {
    return await new Promise((done, fail) => {
      thread.on('message', (message: { ask: string | null } | { done: JobResult }) => {
        if ('done' in message) return done(message.done);
        if (message.ask !== null) {
          void child.ask(message.ask).then((reply) => answerTo(channel, reply));
          return;
        }
        child.restart();
        answerTo(channel, { line: '' });
      });
      thread.on('error', fail);
      thread.on('exit', () => fail(new Error("the engine's thread ended")));
    });
  } finally {
    child.stop();
    await thread.terminate();
  }
}
