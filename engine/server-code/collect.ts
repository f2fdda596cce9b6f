// SPDX-License-Identifier: MIT
import { clean } from '../kernel/clean.ts';
import {
  CALLBACKS,
  type CallbackName,
  type FaultKind,
  type Plain,
  type RecordedCall,
  type RecordedFault,
  type RecordedStep,
  type ServerRecord,
} from '../scenario/server-record.ts';
import { plainOf } from '../server/plain.ts';
import { LOG_CHARS, MESSAGE_CHARS } from './messages.ts';
import { STATE_CHARS } from './state-text.ts';

const LOGGED = 2_000;
const STATES = 20_001;
/** Characters that all states have together. */
const STATES_CHARS = 4_000_000;
const CALLS = 200_000;
const STARTED = 5_000;
/** Of the messages of a run and of its batches; a run that says more is stopped. */
const MESSAGES = 1_500_000;
const BATCH = 1_000;
/** Bytes and characters that all answers have together: 200,000 right ones have fewer. */
const ANSWERED = 64_000_000;

/** A line that the server logged, or its state, and the execution that it belongs to: -1 before the first. */
export interface Noted {
  execution: number;
  text: string;
}

/** What a server told beside its answers. */
export interface ServerNotes {
  log: Noted[];
  /** One for each time that the state changed: it holds from the end of this execution on. */
  states: Noted[];
}

/** Gathers what is told from where a server's code runs. Whatever comes, what it keeps is bounded and of the right shape. */
export class Collector {
  readonly #record: ServerRecord = {
    start: { has: CALLBACKS, did: [], fault: null },
    calls: [],
    ended: null,
  };
  readonly #notes: ServerNotes = { log: [], states: [] };
  #execution = -1;
  #stateChars = 0;
  #messages = 0;
  #answered = 0;
  /** What takes time now. */
  #what = 'the code itself, before its first callback';
  #broken: string | null = null;
  #done = false;
  #started = false;
  /** Counts the steps that began. */
  steps = 0;

  get done(): boolean {
    return this.#done;
  }

  /** Why the code did not begin at all; null if it did. */
  get broken(): string | null {
    return this.#broken;
  }

  get notes(): ServerNotes {
    return this.#notes;
  }

  /** Whether its init() has ended, or was not there: before that nothing was asked of it. */
  get started(): boolean {
    return this.#started;
  }

  /** The record as it is now. @param ended why nothing comes any more; null if the run came to its end */
  record(ended: RecordedFault | null): ServerRecord {
    const named = ended && { ...ended, message: `${this.#what}: ${ended.message}` };
    return { ...this.#record, ended: named };
  }

  /** Takes a batch. Returns false if what came is not of this kind, or too much: then it is to be stopped. */
  hear(batch: unknown): boolean {
    const list = listOf(batch, BATCH);
    if (list === null || ++this.#messages > MESSAGES) return false;
    return list.every((told) => isFields(told) && ++this.#messages <= MESSAGES && this.#take(told));
  }

  #take(told: Fields): boolean {
    const text = typeof told['text'] === 'string' ? told['text'] : null;
    switch (told['kind']) {
      case 'begins':
        return true;
      case 'done':
        this.#done = true;
        return true;
      case 'asks':
        this.#what = wordsOf(told['what']);
        return true;
      case 'step': {
        const at = told['execution'];
        if (typeof at !== 'number' || !Number.isInteger(at) || at < 0) return false;
        this.#execution = at;
        this.steps++;
        return true;
      }
      case 'log':
        if (text === null) return false;
        if (this.#notes.log.length < LOGGED)
          this.#notes.log.push({ execution: this.#execution, text: text.slice(0, LOG_CHARS) });
        return true;
      case 'state':
        return text !== null && this.#state(text.slice(0, STATE_CHARS + 1));
      case 'broken':
        this.#broken = wordsOf(told['message']);
        return true;
      case 'start':
        return this.#start(told['start']);
      case 'said':
        return this.#said(told['said']);
      default:
        return false;
    }
  }

  #state(text: string): boolean {
    this.#stateChars += text.length;
    if (this.#stateChars <= STATES_CHARS && this.#notes.states.length < STATES)
      this.#notes.states.push({ execution: this.#execution, text });
    return true;
  }

  #start(start: unknown): boolean {
    if (!isFields(start)) return false;
    const did = listOf(start['did'], STARTED)?.map(startedOf);
    if (did === undefined || did.includes(null)) return false;
    const has = listOf(start['has'], BATCH) ?? [];
    this.#started = true;
    this.#record.start = {
      has: CALLBACKS.filter((name) => has.includes(name)),
      did: did as RecordedStep[],
      fault: start['fault'] === null ? null : faultOf(start['fault']),
    };
    return true;
  }

  #said(said: unknown): boolean {
    if (!isFields(said) || this.#record.calls.length >= CALLS) return false;
    const call = CALLBACKS.find((name) => name === said['call']);
    if (call === undefined) return false;
    const heard = callOf(call, said);
    this.#answered += 'said' in heard ? sizeOf(heard.said) : 0;
    if (this.#answered > ANSWERED) return false;
    this.#record.calls.push(heard);
    return true;
  }
}

type Fields = Record<string, unknown>;

const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** A list without gaps, and without anything else that may hang on a list; null for what is none, or too long. */
const listOf = (value: unknown, most: number): unknown[] | null =>
  Array.isArray(value) && value.length <= most ? Array.from<unknown>(value) : null;

/** About how much memory an answer takes. */
function sizeOf(said: Plain): number {
  if (said instanceof Uint8Array) return said.length;
  if (typeof said === 'string') return said.length;
  if (typeof said !== 'object' || said === null) return 8;
  let size = 0;
  for (const [key, value] of Object.entries(said)) size += key.length + sizeOf(value);
  return size;
}

const wordsOf = (value: unknown): string =>
  typeof value === 'string' ? clean(value.slice(0, MESSAGE_CHARS)) : '?';

const callOf = (call: CallbackName, said: Fields): RecordedCall =>
  'fault' in said ? { call, fault: faultOf(said['fault']) } : { call, said: plainOf(said['said']) };

const KINDS: readonly FaultKind[] = ['threw', 'shape', 'too-much'];

function faultOf(value: unknown): RecordedFault {
  const { kind, message } = isFields(value) ? value : {};
  return { kind: KINDS.find((one) => one === kind) ?? 'threw', message: wordsOf(message) };
}

function startedOf(value: unknown): RecordedStep | null {
  if (!isFields(value)) return null;
  const { do: what, fd, flags, id } = value;
  const whole = (one: unknown): one is number => typeof one === 'number' && Number.isInteger(one);
  if (what === 'device_add' && whole(fd) && whole(flags)) return { do: what, fd, flags };
  return what === 'device_remove' && whole(id) ? { do: what, id } : null;
}
