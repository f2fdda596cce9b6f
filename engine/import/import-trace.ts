// SPDX-License-Identifier: MIT
import { grouped } from '../kernel/digits.ts';
import { errnoText } from '../kernel/errno.ts';
import { opNames, type Numbering } from '../kernel/codes.ts';
import { DEFAULT_REVISION } from '../kernel/features.ts';
import { numberingOf } from '../kernel/numbering.ts';
import type { WireMapping } from '../run/types.ts';
import type { JsonValue } from '../scenario/json.ts';
import { parseDocument } from '../scenario/parse.ts';
import { printScenario } from '../scenario/print.ts';
import { CAPS } from '../scenario/caps.ts';
import { plainLines } from '../mail/quotes.ts';
import { replyValue } from './reply-value.ts';
import { TraceMachine, sayUnknown, unreadable, type Broken } from './trace-machine.ts';
import { ofOneConnection } from './trace-connection.ts';
import { revisionOfTrace, type TraceRevision } from './trace-revision.ts';
import {
  field,
  mapField,
  numberField,
  opField,
  strangeWord,
  traceEvents,
  type TraceEvent,
} from './trace-events.ts';
import { IMPORT_CHARS, refuse, type ImportError, type ImportedScenario } from './types.ts';

/** An iomap_begin in the trace, as far as the trace shows it. */
interface Begin {
  inode: string;
  op: number;
  pos: bigint;
  count: bigint;
  line: number;
  read: WireMapping | null;
  write: WireMapping | null;
  error: bigint | null;
  /** Where a bad_data event said that the reply was refused. */
  refusedIn: string | null;
  /** The last iomap_end of it. */
  end: Record<string, JsonValue> | null;
}

type Item =
  { kind: 'begin'; begin: Begin } | { kind: 'step'; step: Record<string, JsonValue>; of: Begin | null };

/**
 * An ftrace log (trace_pipe, trace-cmd report, or what the playground prints) as a scenario: each
 * fuse_iomap_begin with the fuse_iomap_read_map and fuse_iomap_write_map that followed in the same task, errors,
 * iomap_ends and the opens of backing files. Other events may stand between them. Never throws.
 */
export function importTrace(text: string): ImportedScenario | ImportError {
  if (text.length > IMPORT_CHARS) return refuse(`At most ${grouped(IMPORT_CHARS)} characters are read.`);
  const events = traceEvents(plainLines(text));
  if (!events.some(({ name }) => name === 'begin'))
    return refuse(
      'Expected an ftrace log with fuse_iomap_begin lines, such as ' +
        '"fio-42 [001] ..... 7.125: fuse_iomap_begin: connection 1 ino 12 nodeid 12 isize 0x10000 opflags () pos 0x0 length 0x1000".',
      events[0]?.line ?? 1,
    );
  const { events: own, left } = ofOneConnection(events);
  const made = new TraceReader(revisionOfTrace(own)).read(own);
  return made.ok && left !== null ? { ...made, unknown: [left, ...made.unknown] } : made;
}

class TraceReader {
  readonly #machine = new TraceMachine();
  readonly #items: Item[] = [];
  /** The begin that a task is in, or was in last. */
  readonly #current = new Map<string, Begin>();
  /** The begin that came last, of any task. */
  #latest: Begin | undefined;
  readonly #broken: Broken[] = [];
  #orphans = 0;
  /** Without task columns a begin came while another for the same file had no answer. */
  #mixed = false;

  readonly #known: TraceRevision | null;
  readonly #numbering: Numbering;

  constructor(known: TraceRevision | null) {
    this.#known = known;
    this.#numbering = numberingOf(known?.revision ?? DEFAULT_REVISION);
  }

  read(events: readonly TraceEvent[]): ImportedScenario | ImportError {
    for (const event of events) this.#event(event);
    const answered = this.#items.filter((item) => item.kind === 'step' || isAnswered(item.begin));
    const open = this.#items.length - answered.length;
    if (!answered.some(({ kind }) => kind === 'begin'))
      return refuse(
        'No fuse_iomap_begin here can be used: each needs a fuse_iomap_read_map and a fuse_iomap_write_map, ' +
          'or a fuse_iomap_begin_error, of the same task after it.' +
          (this.#broken.length > 0 ? ` ${unreadable(this.#broken)}` : ''),
        this.#broken[0]?.line ?? events[0]!.line,
      );
    return this.#scenario(answered, open);
  }

  #event(event: TraceEvent): void {
    const key = event.pid === '' ? `ino ${field(event, 'ino') ?? ''}` : event.pid;
    switch (event.name) {
      case 'begin':
        return this.#begin(event, key);
      case 'backing_open': {
        const step = this.#machine.open(event);
        if (step !== null)
          this.#items.push(...step.map((step) => ({ kind: 'step', step, of: null }) as const));
        return;
      }
      case 'bad_data': {
        // Without the task columns only the latest begin can be meant.
        const begin = event.pid === '' ? this.#latest : this.#current.get(key);
        if (begin !== undefined) begin.refusedIn ??= field(event, 'func') ?? 'fuse_iomap_begin';
        return;
      }
      default:
        return this.#answer(event, this.#current.get(key), key);
    }
  }

  #breaks(event: TraceEvent): void {
    this.#broken.push({ line: event.line, word: strangeWord(event) });
  }

  #begin(event: TraceEvent, key: string): void {
    const op = opField(event, this.#numbering);
    const pos = numberField(event, 'pos');
    const count = numberField(event, 'length');
    const inode = this.#machine.inode(event);
    const outside = (value: bigint) => value < 0n || value > 0x7fff_ffff_ffff_ffffn;
    if (op === undefined || pos === undefined || count === undefined || outside(pos) || outside(count)) {
      this.#breaks(event);
      this.#current.delete(key);
      return;
    }
    if (inode === null) return;
    const before = this.#current.get(key);
    this.#mixed ||= event.pid === '' && before !== undefined && !isAnswered(before);
    const begin: Begin = {
      ...{ inode, op, pos, count, line: event.line },
      ...{ read: null, write: null, error: null, refusedIn: null, end: null },
    };
    this.#latest = begin;
    this.#current.set(key, begin);
    this.#items.push({ kind: 'begin', begin });
  }

  #answer(event: TraceEvent, begin: Begin | undefined, key: string): void {
    if (begin === undefined) {
      this.#orphans++;
      return;
    }
    if (event.name === 'read_map' || event.name === 'write_map') {
      const map = mapField(event, this.#numbering);
      if (map === undefined) this.#breaks(event);
      else if (event.name === 'read_map') begin.read ??= map;
      else begin.write ??= map;
    } else if (event.name === 'begin_error') {
      const error = numberField(event, 'err') ?? numberField(event, 'error');
      if (error === undefined || error >= 0n || error < -511n) this.#breaks(event);
      else begin.error = error;
      this.#current.delete(key);
    } else if (event.name === 'end') this.#end(event, begin);
    else if (event.name === 'end_error') {
      const error = numberField(event, 'error') ?? numberField(event, 'err');
      if (begin.end !== null && error !== undefined && error < 0n && error > -512n)
        begin.end['reply'] = { error: errnoText(error) };
    }
  }

  #end(event: TraceEvent, begin: Begin): void {
    const [op, pos, count] = [
      opField(event, this.#numbering),
      numberField(event, 'pos'),
      numberField(event, 'length'),
    ];
    const written = numberField(event, 'written');
    if (op === undefined || pos === undefined || count === undefined || written === undefined) {
      this.#breaks(event);
      return;
    }
    const step: Record<string, JsonValue> = {
      do: 'iomap_end',
      ...(op === begin.op ? {} : { op: opNames(op) }),
      ...(pos === begin.pos ? {} : { pos }),
      count,
      written,
    };
    begin.end = step;
    this.#items.push({ kind: 'step', step, of: begin });
  }

  #scenario(items: readonly Item[], open: number): ImportedScenario | ImportError {
    const begins = items.flatMap((item) => (item.kind === 'begin' ? [item.begin] : []));
    const before = this.#machine.missingOpens(begins);
    const steps: Record<string, JsonValue>[] = [...before];
    const indexOf = new Map<Begin, number>();
    for (const item of items) {
      if (steps.length >= CAPS.steps) break;
      if (item.kind === 'begin') {
        indexOf.set(item.begin, steps.length);
        steps.push(beginStep(item.begin));
      } else if (item.of === null) steps.push(item.step);
      else if (indexOf.has(item.of)) steps.push({ ...item.step, of: BigInt(indexOf.get(item.of)!) });
    }
    const known = this.#known;
    const document = {
      ...{ format: 1n, title: 'From a trace' },
      ...(known === null ? {} : { kernel: { revision: known.revision } }),
      ...this.#machine.document(begins),
      steps,
    };
    const text = printScenario(document);
    const { scenario, problems } = parseDocument(text);
    if (scenario === null) return refuse(`The trace does not make a scenario: ${problems[0]?.message ?? ''}`);
    const unknown = sayUnknown(this.#machine, {
      open,
      orphans: this.#orphans,
      mixed: this.#mixed,
      broken: this.#broken,
      cut: items.length + before.length > steps.length,
      errors: begins.some(({ error }) => error !== null),
    });
    return { ok: true, text, unknown: known === null ? unknown : [known.why, ...unknown] };
  }
}

function isAnswered({ read, write, error }: Begin): boolean {
  return error !== null || (read !== null && write !== null);
}

function beginStep({
  inode,
  op,
  pos,
  count,
  read,
  write,
  error,
  refusedIn,
}: Begin): Record<string, JsonValue> {
  const reply: JsonValue = error !== null ? { error: errnoText(error) } : replyValue(read!, write);
  return {
    ...{ do: 'iomap_begin', inode, op: opNames(op), pos, count, reply },
    ...(error !== null ? { expect: { ret: errnoText(error) } } : {}),
    ...(refusedIn === null ? {} : { expect: { ret: '-EFSCORRUPTED' } }),
  };
}
