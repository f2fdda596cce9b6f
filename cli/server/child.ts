// SPDX-License-Identifier: MIT
import { spawn, type ChildProcess } from 'node:child_process';
import { grouped } from '#engine/kernel/digits.ts';
import type { ServerFaultKind } from '#engine/server/fuse-server.ts';
import { LINE_BYTES, type LineReply } from './channel.ts';
import { MEMORY_MB, endWords, watchMemory } from './memory.ts';

/** What is started: a command of the shell, or a program with its arguments. */
export type ServerCommand = { shell: string } | { program: string; args: string[] };

/** What a server wrote to its standard error last, for when it ends. */
const STDERR_CHARS = 400;
/** Why it ended stands before a stack of any length. */
const HEARD_CHARS = 20_000;

/** A server that is a process of its own: one line to it, one line from it. */
export class ServerChild {
  readonly #command: ServerCommand;
  readonly #limitMs: number;
  readonly #cwd: string;
  #child: ChildProcess | null = null;
  #rest = '';
  #stderr = '';
  /** A line that nothing asked for. */
  #extra: string | null = null;
  /** Why it can't be asked any more. */
  #dead: string | null = null;
  #waiting: ((reply: LineReply) => void) | null = null;

  constructor(command: ServerCommand, limitMs: number, cwd: string) {
    this.#command = command;
    this.#limitMs = limitMs;
    this.#cwd = cwd;
  }

  /** Ends the process, if there is one, and starts a new one. */
  restart(): void {
    this.stop();
    this.#rest = this.#stderr = '';
    this.#extra = this.#dead = null;
    const options = { cwd: this.#cwd, detached: true, stdio: 'pipe' } as const;
    const command = this.#command;
    const child =
      'shell' in command
        ? spawn(command.shell, { ...options, shell: true })
        : spawn(command.program, command.args, options);
    this.#child = child;
    child.stdin.on('error', () => {});
    child.stdout.setEncoding('utf8').on('data', (text: string) => this.#hear(child, text));
    child.stderr
      .setEncoding('utf8')
      .on('data', (text: string) => (this.#stderr = (this.#stderr + text).slice(-HEARD_CHARS)));
    child.on('error', (error) => this.#died(child, `it could not be started: ${error.message}`));
    const limited = 'program' in command;
    const unwatch = limited
      ? watchMemory(child.pid, (message) => {
          const settle = this.#waiting;
          this.#end(message);
          settle?.(fault('too-much', message));
        })
      : () => {};
    child.on('close', (status, signal) => {
      unwatch();
      const words = endWords(status, signal, this.#stderr, limited ? MEMORY_MB : null);
      this.#died(child, words.length > STDERR_CHARS ? `... ${words.slice(-STDERR_CHARS)}` : words);
    });
  }

  /** Sends a line and waits for the answer, no longer than the limit. */
  ask(line: string): Promise<LineReply> {
    if (this.#dead !== null) return Promise.resolve({ fault: 'died', message: this.#dead });
    if (this.#extra !== null) {
      const extra = this.#extra;
      this.#extra = null;
      return Promise.resolve(fault('two-answers', `it had written a line that nothing asked for: ${extra}`));
    }
    return new Promise((resolve) => {
      const timer = setTimeout(() => {
        this.#end(`it gave no answer within ${this.#limitMs} ms and was stopped`);
        settle(fault('timeout', `no answer within ${this.#limitMs} ms; it was stopped`));
      }, this.#limitMs);
      const settle = (reply: LineReply) => {
        clearTimeout(timer);
        this.#waiting = null;
        resolve(reply);
      };
      this.#waiting = settle;
      this.#child?.stdin?.write(`${line}\n`);
    });
  }

  /** Ends the process, with everything that it started. */
  stop(): void {
    this.#end('it was stopped');
  }

  #end(why: string): void {
    const child = this.#child;
    this.#child = null;
    this.#dead ??= why;
    if (child?.pid === undefined || child.exitCode !== null) return;
    try {
      // Its group: a shell's own children go with it.
      process.kill(-child.pid, 'SIGKILL');
    } catch {
      child.kill('SIGKILL');
    }
  }

  #died(child: ChildProcess, why: string): void {
    if (child !== this.#child) return;
    this.#child = null;
    this.#dead = why;
    this.#waiting?.({ fault: 'died', message: why });
  }

  #hear(child: ChildProcess, text: string): void {
    if (child !== this.#child) return;
    const lines = (this.#rest + text).split('\n');
    this.#rest = lines.pop() ?? '';
    if (this.#rest.length > LINE_BYTES || lines.some((line) => Buffer.byteLength(line) > LINE_BYTES)) {
      this.#end('it wrote a line that is too long, and was stopped');
      this.#waiting?.(
        fault('too-much', `it wrote a line of more than ${grouped(LINE_BYTES)} bytes; it was stopped`),
      );
      return;
    }
    for (const [i, line] of lines.entries()) {
      const settle = this.#waiting;
      if (settle === null) {
        this.#extra ??= JSON.stringify(line.slice(0, 60));
        continue;
      }
      const next = lines[i + 1];
      if (next === undefined) settle({ line });
      else {
        settle(
          fault(
            'two-answers',
            `it wrote two lines: ${[line, next].map((one) => JSON.stringify(one.slice(0, 60))).join(', ')}`,
          ),
        );
        return;
      }
    }
  }
}

const fault = (kind: ServerFaultKind, message: string): LineReply => ({ fault: kind, message });
