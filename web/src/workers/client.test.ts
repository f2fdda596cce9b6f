// SPDX-License-Identifier: MIT
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { WorkerClient, type ClientOptions } from './client.ts';

const HELP = 'If that does not help, reload the page; a browser from before 2023 is too old for it.';

interface Question {
  what: string;
}
interface Answer {
  seq: number;
  part?: boolean;
  bad?: boolean;
}

/** A worker whose messages the test sends. */
class FakeWorker {
  posted: { what: string; seq: number }[] = [];
  terminated = false;
  onmessage: ((event: { data: Answer | { alive: string } }) => void) | null = null;
  onerror: ((event: { message: string; preventDefault: () => void }) => void) | null = null;
  onmessageerror: (() => void) | null = null;
  postMessage = (message: { what: string; seq: number }) => void this.posted.push(message);
  terminate = () => (this.terminated = true);
  say = (answer: Answer | { alive: string }) => this.onmessage!({ data: answer });
}

let made: FakeWorker[];
let told: string[];

function clientOf(options: Partial<ClientOptions<Question, Answer>> = {}) {
  return new WorkerClient<Question, Answer>({
    create: () => {
      const worker = new FakeWorker();
      made.push(worker);
      return worker as unknown as Worker;
    },
    name: 'The oracle',
    again: 'Ask again.',
    queue: true,
    isLast: ({ part }) => !part,
    hear: ({ part }, { what }, next) =>
      told.push(`${what}${part ? ' in part' : ''}${next ? ` before ${next.what}` : ''}`),
    broke: (trouble) => told.push(trouble),
    ...options,
  });
}

beforeEach(() => {
  made = [];
  told = [];
  vi.useFakeTimers();
});
afterEach(() => void vi.useRealTimers());

describe('a client of a worker', () => {
  it('begins the worker with the first question, and numbers what it asks', () => {
    const client = clientOf({ message: ({ what }) => ({ what: what.toUpperCase() }) });
    expect([client.alive, made.length]).toEqual([false, 0]);
    client.ask({ what: 'a' });
    expect(client.alive).toBe(true);
    made[0]!.say({ seq: 1, part: true });
    made[0]!.say({ seq: 1 });
    client.ask({ what: 'b' });
    expect(made.map(({ posted }) => posted)).toEqual([
      [
        { what: 'A', seq: 1 },
        { what: 'B', seq: 2 },
      ],
    ]);
    expect(told).toEqual(['a in part', 'a']);
  });

  it('lets only the newest question wait, and says which one does not any more', () => {
    const client = clientOf();
    expect(client.ask({ what: 'a' })).toBeNull();
    expect(client.ask({ what: 'b' })).toBeNull();
    expect(client.ask({ what: 'c' })).toEqual({ what: 'b' });
    expect([client.now, client.next]).toEqual([{ what: 'a' }, { what: 'c' }]);
    made[0]!.say({ seq: 1 });
    made[0]!.say({ seq: 2 });
    expect(told).toEqual(['a before c', 'c']);
    expect(made[0]!.posted.map(({ what }) => what)).toEqual(['a', 'c']);
  });

  it('drops answers to older questions where each goes out at once', () => {
    const client = clientOf({ queue: false });
    client.ask({ what: 'a' });
    client.ask({ what: 'b' });
    made[0]!.say({ seq: 1 });
    expect(told).toEqual([]);
    made[0]!.say({ seq: 2 });
    made[0]!.say({ seq: 2 });
    expect(told).toEqual(['b']);
  });

  it('asks the one that waits though the store ended the worker over the answer', () => {
    const client = clientOf({ hear: ({ bad }) => void (bad && client.end()) });
    client.ask({ what: 'a' });
    client.ask({ what: 'b' });
    made[0]!.say({ seq: 1, bad: true });
    expect(made[0]!.terminated).toBe(true);
    expect(made[1]!.posted).toEqual([{ what: 'b', seq: 2 }]);
  });

  it('ends a worker that says nothing for too long, and begins another with the next question', () => {
    const client = clientOf();
    const over = vi.fn();
    client.ask({ what: 'a' });
    client.ask({ what: 'b' });
    client.watch(5_000, over);
    vi.advanceTimersByTime(5_200);
    expect(over).not.toHaveBeenCalled();
    vi.advanceTimersByTime(100);
    expect(over).toHaveBeenCalledExactlyOnceWith('The oracle did not end within 5 seconds and was stopped.');
    expect([made[0]!.terminated, client.alive, client.now, client.next]).toEqual([true, false, null, null]);
    client.ask({ what: 'c' });
    // A message of the dead worker would be ignored.
    made[0]!.say({ seq: 1 });
    made[1]!.say({ seq: 2 });
    expect(told).toEqual(['c']);
  });

  it('spares one that spoke while the page was busy, and one that has answered', () => {
    const client = clientOf();
    const over = vi.fn();
    client.ask({ what: 'a' });
    client.watch(5_000, over);
    vi.advanceTimersByTime(5_100);
    made[0]!.say({ seq: 1, part: true });
    vi.advanceTimersByTime(10_000);
    client.watch(5_000, over);
    made[0]!.say({ seq: 1 });
    vi.advanceTimersByTime(10_000);
    expect(over).not.toHaveBeenCalled();
    expect(client.alive).toBe(true);
  });

  it('reports one that closed without a word, by the lock that it leaves; not one that it ended itself', () => {
    const locks = new Map<string, () => void>();
    vi.stubGlobal('navigator', {
      locks: { request: (name: string, has: () => void) => locks.set(name, has) },
    });
    const client = clientOf();
    client.ask({ what: 'a' });
    made[0]!.say({ alive: 'one' });
    client.end();
    locks.get('one')!();
    expect(told).toEqual([]);
    client.ask({ what: 'b' });
    made[1]!.say({ alive: 'two' });
    locks.get('two')!();
    expect(told).toEqual(['The oracle stopped working: it closed without a word. Ask again.']);
    expect(client.alive).toBe(false);
    vi.unstubAllGlobals();
  });

  it('reports in words one that breaks, and whether it ever worked', () => {
    const client = clientOf();
    const breaks = (worker: FakeWorker, message: string) => {
      const preventDefault = vi.fn();
      worker.onerror!({ message, preventDefault });
      expect(preventDefault).toHaveBeenCalled();
    };
    client.ask({ what: 'a' });
    breaks(made[0]!, '');
    client.ask({ what: 'b' });
    made[1]!.say({ seq: 2, part: true });
    breaks(made[1]!, 'out of memory');
    client.ask({ what: 'c' });
    made[2]!.onmessageerror!();
    expect(told).toEqual([
      `The oracle did not load. Ask again. ${HELP}`,
      'b in part',
      'The oracle stopped working: out of memory. Ask again.',
      `The oracle did not load: what it said could not be read. Ask again. ${HELP}`,
    ]);
    expect(made.map(({ terminated }) => terminated)).toEqual([true, true, true]);
  });

  it('asks beside the others, of a worker that is there, until that is ended', async () => {
    const client = clientOf();
    const bad = (answer: Answer) => answer.bad === true;
    expect(await client.askBeside({ what: 'look' }, bad)).toBeNull();
    client.ask({ what: 'a' });
    const [answered, failed, ended] = [1, 2, 3].map((n) => client.askBeside({ what: `look ${n}` }, bad));
    made[0]!.say({ seq: 2 });
    made[0]!.say({ seq: 3, bad: true });
    client.end();
    expect(await Promise.all([answered, failed, ended])).toEqual([{ seq: 2 }, null, null]);
    expect(told).toEqual([]);
  });

  it('goes on with a worker that is there already', () => {
    const ready = new FakeWorker();
    const client = new WorkerClient<Question, Answer>(
      {
        create: () => expect.unreachable(),
        name: 'It',
        again: '',
        queue: true,
        isLast: () => true,
        hear: (_, { what }) => told.push(what),
        broke: () => {},
      },
      ready as unknown as Worker,
    );
    // An answer to a question that another store asked.
    ready.say({ seq: 0 });
    client.ask({ what: 'a' });
    ready.say({ seq: 1 });
    expect(told).toEqual(['a']);
  });
});
